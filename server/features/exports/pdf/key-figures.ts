import type { ApplicationFigures, JobFigures, Rate } from '../../analytics/figures.ts'
import type { Figure } from './document.ts'
import { count, type Words } from './words.ts'

const none = '–'

export function applicationFigures(figures: ApplicationFigures, words: Words): Figure[] {
  const active = words.number(figures.active)
  const { median, n, still_open } = figures.days_to_response
  return [
    {
      label: 'Applications sent',
      value: words.number(figures.applied),
      detail: figures.total === figures.applied ? `${active} open` : `of ${words.number(figures.total)}; ${active} open`,
    },
    rate('Answered', figures.response_rate, words),
    rate('Came to an interview', figures.interview_rate, words),
    rate('Came to an offer', figures.offer_rate, words),
    {
      label: 'Until an answer',
      value: median === null ? none : count(median, 'day'),
      detail: median === null ? `${words.number(still_open)} waiting` : `median of ${count(n, 'answer')}`,
    },
  ]
}

const rate = (label: string, { value, numerator, denominator }: Rate, words: Words): Figure => ({
  label,
  value: value === null ? none : words.percent(value),
  detail: value === null ? 'nothing sent yet' : `${words.number(numerator)} of ${words.number(denominator)}`,
})

export function jobFigures({ total, open, applied, remote }: JobFigures, words: Words): Figure[] {
  const share = (n: number) => (total === 0 ? '' : `${words.percent(n / total)} of all`)
  return [
    { label: 'Jobs', value: words.number(total), detail: 'in this selection' },
    { label: 'Open', value: words.number(open), detail: share(open) },
    { label: 'Applied to', value: words.number(applied), detail: share(applied) },
    { label: 'Remote', value: words.number(remote), detail: share(remote) },
  ]
}
