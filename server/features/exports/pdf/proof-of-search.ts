import type { ApplicationFilter, ApplicationSort } from '../../../../contract/applications.ts'
import type { App } from '../../../app.ts'
import { addDays, startOfWeek } from '../../../calendar.ts'
import { getApplicationFigures } from '../../analytics/figures.ts'
import type { Cell, Column, Proof } from './document.ts'
import { applicationFilterInWords, periodOf } from './filter-words.ts'
import type { Order } from './report.ts'
import { type Row, readRows } from './rows.ts'
import { nothing, sheetOf } from './sheet.ts'
import { breakable, cut } from './text.ts'
import { count, type Words } from './words.ts'

const names = [
  'applied_on',
  'company',
  'title',
  'status',
  'status_since',
  'interview_at',
  'contacts',
  'source',
  'url',
  'history',
  'interviews',
]

const columns: Column[] = [
  { label: 'Date', width: 'auto', align: 'left' },
  { label: 'Company', width: 10, align: 'left' },
  { label: 'Role', width: 12, align: 'left' },
  { label: 'Contact', width: 14, align: 'left' },
  { label: 'Channel', width: 9, align: 'left' },
  { label: 'Result', width: 11, align: 'left' },
]

/** What was sent, day by day in weeks, with a place to sign: what an office asks for that pays those who look for work. */
export async function proofOfSearch(app: App, order: Order<ApplicationFilter> & { sort: ApplicationSort }): Promise<Proof> {
  const { selection, filter, words, settings, sort } = order
  const rows = await readRows(app.db, 'applications', names, selection)
  const figures = await getApplicationFigures(app, selection)
  const sent = rows.flatMap((row) => {
    const day = daySent(row)
    return day === null ? [] : [{ day, row }]
  })
  const downwards = sort === '-applied_on'
  sent.sort((a, b) => (a.day === b.day ? 0 : a.day < b.day !== downwards ? -1 : 1))
  const days = sent.map(({ day }) => day).toSorted()
  const chosen = applicationFilterInWords(filter, words)
  const asked = periodOf(filter.applied_from, filter.applied_to, words)
  const [first, last] = [filter.applied_from ?? days[0], filter.applied_to ?? days.at(-1)]
  const weeks = [...Map.groupBy(sent, ({ day }) => startOfWeek(day, settings.week_starts_on))]
  const lines = new Map(sent.map(({ day, row }) => [row, lineOf(day, row, words)]))
  // What nobody noted down anywhere needs no column.
  const isKept = columns.map((_, at) => [...lines.values()].some((line) => line[at] !== ''))
  const keep = <T>(cells: readonly T[]) => cells.filter((_, at) => isKept[at])
  return {
    ...sheetOf(order, { title: 'Proof of job search', period: periodOf(first, last, words) ?? '', flipped: false }, chosen),
    layout: 'proof-of-search',
    summary: summaryOf(sent.length, rows.length - sent.length, weeks.length, figures),
    columns: keep(columns),
    weeks: weeks.map(([start, ofWeek]) => {
      const end = addDays(start, 6)
      // The period may begin or end within a week.
      const label = words.range(first && first > start ? first : start, last && last < end ? last : end)
      return { label, count: count(ofWeek.length, 'application'), rows: ofWeek.map(({ row }) => keep(lines.get(row) ?? [])) }
    }),
    statement: 'I made the applications listed above on the days given.',
    empty: nothing('applications', chosen.length > 0 || asked !== null),
  }
}

/** Null for what was only of interest. Who was invited without having applied has the day of the invitation. */
const daySent = ({ applied_on, history }: Row): string | null =>
  (applied_on as string | null) ?? history.find(([status]) => status !== 'interested')?.[1] ?? null

function summaryOf(sent: number, unsent: number, weeks: number, figures: Awaited<ReturnType<typeof getApplicationFigures>>): string[] {
  const { response_rate, interview_rate } = figures
  const answers = `${count(response_rate.numerator, 'was', 'were')} answered, ${interview_rate.numerator} led to an interview`
  return [
    `${count(sent, 'application')} in ${count(weeks, 'week')}: ${answers}.`,
    ...(unsent > 0 ? [`${count(unsent, 'job', 'jobs')} noted down but not applied to yet ${unsent === 1 ? 'is' : 'are'} not listed.`] : []),
  ]
}

const fitted = (text: unknown, most = 90) => (typeof text === 'string' ? breakable(cut(text, most), 13) : '')

function lineOf(day: string, row: Row, words: Words): Cell[] {
  return [
    words.weekday(day),
    { strong: fitted(row['company']), under: '' },
    fitted(row['title']),
    contactOf(row),
    fitted(channelOf(row), 60),
    resultInWords(row, words),
  ]
}

/** The first one that is noted, and how they are reached. */
function contactOf({ contacts }: Row): Cell {
  const [contact] = contacts
  if (!contact) return ''
  const { name, email, phone, url } = contact
  const way = email ?? phone ?? url
  return name === null ? fitted(way) : { plain: fitted(name), under: fitted(way) }
}

/** Where it was found, else the site its posting is on. */
const channelOf = ({ source, url }: Row): string | null => {
  if (typeof source === 'string') return source
  return typeof url === 'string' ? new URL(url).hostname.replace(/^www\./, '') : null
}

function resultInWords(row: Row, words: Words): string {
  const since = words.day(row['status_since'] as string)
  const ahead = row['interview_at'] as string | null
  const held = row.interviews.findLast(({ status }) => status === 'held')
  switch (row['status']) {
    case 'applied':
      return 'No answer yet'
    case 'screening':
      return `Being looked at since ${since}`
    case 'interview':
      if (ahead) return `Interview on ${words.day(words.dayOfInstant(ahead))}`
      return held ? `Interview on ${words.day(words.dayOfInstant(held.starts_at))}, no result yet` : `Invited to an interview on ${since}`
    case 'offer':
      return `Offer on ${since}`
    case 'accepted':
      return `Accepted on ${since}`
    case 'rejected':
      return `Rejected on ${since}`
    case 'declined':
      return `Declined by me on ${since}`
    case 'withdrawn':
      return `Withdrawn by me on ${since}`
    case 'ghosted':
      return 'Never answered'
    default:
      return 'Not sent in the end'
  }
}
