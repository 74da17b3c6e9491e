import type { Activity, ApplicationFigures, Named } from '../../analytics/figures.ts'
import type { Chart } from './document.ts'
import { cut } from './text.ts'
import type { Words } from './words.ts'

/** None or one of each, so that there is no chart of nothing. */
export function activityChart(what: string, { interval, points }: Activity, words: Words): Chart[] {
  if (points.length < 2) return []
  const label = { week: words.shortDay, month: words.month, year: words.year }[interval]
  const bars = points.map(({ start, value }) => ({ label: label(start), value }))
  const most = points.reduce((a, b) => (b.value > a.value ? b : a))
  const alt = `${what} in each ${interval} from ${words.longDay(points[0]!.start)} on: ${bars.map(({ value }) => value).join(', ')}. Most, ${most.value}, in the ${interval} of ${words.longDay(most.start)}.`
  return [{ kind: 'activity', isWide: true, title: `${what} each ${interval}`, alt, bars }]
}

export function funnelChart(figures: ApplicationFigures, words: Words): Chart[] {
  if (figures.applied === 0) return []
  const { response_rate, interview_rate, offer_rate, acceptance_rate } = figures
  const reached = [
    { status: 'screening', label: 'Answered', ...response_rate },
    { status: 'interview', label: 'Interview', ...interview_rate },
    { status: 'offer', label: 'Offer', ...offer_rate },
    { status: 'accepted', label: 'Accepted', ...acceptance_rate },
  ] as const
  const steps = [
    { status: 'applied' as const, label: 'Applied', value: figures.applied, figure: words.number(figures.applied) },
    ...reached.map(({ status, label, numerator, value }) => ({
      status,
      label,
      value: numerator,
      figure: `${words.number(numerator)} · ${words.percent(value ?? 0)}`,
    })),
  ]
  return [
    {
      kind: 'funnel',
      isWide: false,
      title: 'How far they came',
      alt: steps.map(({ label, figure }) => `${label}: ${figure}`).join('; '),
      steps,
    },
  ]
}

/** What is named by how many jobs. */
export function rankingChart(title: string, named: readonly Named[], words: Words): Chart[] {
  if (named.length === 0) return []
  const shares = named.map(({ name, jobs }) => ({ label: cut(name, 40), value: jobs, figure: words.number(jobs) }))
  return [{ kind: 'demand', isWide: false, title, alt: shares.map(({ label, figure }) => `${label}: ${figure}`).join('; '), shares }]
}

/** The narrow ones side by side; one that has no neighbour takes the place of two. */
export function besideEachOther(charts: readonly Chart[]): Chart[] {
  const narrow = charts.filter(({ isWide }) => !isWide)
  return charts.map((chart) => (narrow.length % 2 === 1 && chart === narrow.at(-1) ? { ...chart, isWide: true } : chart))
}
