import { paperColours } from '../../../../charts/look.ts'
import type { Contact } from '../../../../contract/applications.ts'
import type { ExportKind } from '../../../../contract/exports.ts'
import type { ApplicationStatus, Job } from '../../../../contract/jobs.ts'
import type { Cell, Column, Table } from './document.ts'
import type { Row } from './rows.ts'
import { breakable, cut } from './text.ts'
import { inWords, type Words } from './words.ts'

type Saying = (value: never, words: Words, wordLength: number) => Cell
type Known = Column & { say: Saying }

const lineCut = 160
const textCut = 280

const fitted = (text: string, most: number, wordLength: number) => breakable(cut(text, most), wordLength)

const column = (label: string, width: Column['width'], say: Saying, align: Column['align'] = 'left'): Known => ({
  label,
  width,
  align,
  say,
})
const line = (label: string, width: number) => column(label, width, (text: string, _, length) => fitted(text, lineCut, length))
const prose = (label: string) => column(label, 4, (text: string, _, length) => fitted(text, textCut, length))
const word = (label: string) => column(label, 'auto', inWords)
const day = (label: string) => column(label, 'auto', (value: string, words) => words.day(value))
const moment = (label: string) => column(label, 'auto', (value: string, words) => words.moment(value))
const figure = (label: string) => column(label, 'auto', (value: number, words) => words.number(value), 'right')
const id = (label: string) => column(label, 2, (value: string, _, length) => breakable(value, length))
const entries = (label: string) => column(label, 3, (values: string[], _, length) => fitted(values.join(', '), textCut, length))
const status = (label: string) => column(label, 'auto', (value: ApplicationStatus) => ({ status: statusOf(value) }))

export const statusOf = (status: ApplicationStatus) => ({ word: inWords(status), ...paperColours.status[status] })

export const contactInWords = ({ name, role, email, phone, url }: Contact): string =>
  [name, role, email ?? phone ?? (name ? null : url)].filter(Boolean).join(', ')

const both: Record<string, Known> = {
  id: id('Id'),
  company: line('Company', 3),
  title: line('Role', 4),
  notes: prose('Notes'),
  version: figure('Version'),
  created_at: moment('Added'),
  updated_at: moment('Changed'),
  deleted_at: moment('Deleted'),
}

export const columns: Record<ExportKind, Record<string, Known>> = {
  jobs: {
    ...both,
    location: line('Place', 3),
    remote_option: word('Remote'),
    job_type: word('Type'),
    description: prose('Description'),
    requirements: prose('Requirements'),
    responsibilities: prose('Responsibilities'),
    salary_min: figure('Pay from'),
    salary_max: figure('Pay to'),
    salary_currency: column('Currency', 'auto', (code: string) => code),
    salary_period: word('Paid by the'),
    tech_stack: entries('Skills'),
    tags: entries('Tags'),
    url: column('Link', 3, (url: string, _, length) => ({ text: fitted(url, lineCut, length), link: url })),
    source: line('Source', 2),
    status: word('Status'),
    priority: figure('Priority'),
    posted_on: day('Posted'),
    deadline_on: day('Deadline'),
    match_score: figure('Match'),
    application_status: status('Application'),
  },
  applications: {
    ...both,
    job_id: id('Job'),
    status: status('Status'),
    status_since: day('Since'),
    applied_on: day('Applied'),
    response_on: day('Answered'),
    offer_on: day('Offer'),
    interview_at: moment('Next interview'),
    follow_up_on: day('Follow-up'),
    reminders_muted: column('Reminders', 'auto', (muted: boolean) => (muted ? 'off' : 'on')),
    contacts: column('Contacts', 3, (contacts: Contact[], _, length) => fitted(contacts.map(contactInWords).join('; '), textCut, length)),
    interview_feedback: column('Interviews', 3, (interviews: Row['interviews'], words) =>
      interviews.map(({ kind, starts_at, status }) => `${inWords(kind)} ${words.day(words.dayOfInstant(starts_at))}, ${status}`).join('; '),
    ),
    history: column('History', 5, (history: Row['history'], words) => historyInWords(history, words)),
  },
}

/** `Applied 3 Nov · Screening 9 Nov · Rejected 20 Nov`. The interest it began with goes without saying once more is there. */
export function historyInWords(history: Row['history'], words: Words): string {
  const told = history.filter(([status], at) => status !== history[at - 1]?.[0])
  const steps = told[0]?.[0] === 'interested' && told.length > 1 ? told.slice(1) : told
  return words.steps(steps.map(([status, day]) => ({ word: inWords(status), day })))
}

/** Each field in a column of its own. */
export function tableOf(kind: ExportKind, names: readonly string[], rows: readonly Row[], words: Words): Table {
  const chosen = names.map((name) => [name, columns[kind][name]!] as const)
  // The more columns, the narrower they are.
  const wordLength = names.length > 4 ? 15 : 20
  return {
    columns: chosen.map(([, { say: _, ...column }]) => column),
    rows: rows.map((row) =>
      chosen.map(([name, { say }]) => {
        const value = row[name]
        return value === null || value === undefined ? '' : say(value as never, words, wordLength)
      }),
    ),
  }
}

/** `€60,000–75,000 a year`; empty when nothing is known. */
export function payInWords(job: Pick<Job, 'salary_min' | 'salary_max' | 'salary_currency' | 'salary_period'>, words: Words): string {
  const { salary_min, salary_max, salary_currency, salary_period } = job
  const ends = [...new Set([salary_min, salary_max])].filter((amount) => amount !== null)
  if (ends.length === 0) return ''
  const which = salary_min === null ? 'up to ' : salary_max === null ? 'from ' : ''
  const how = salary_period ? ` ${salary_period === 'hour' ? 'an' : 'a'} ${salary_period}` : ''
  return `${which}${words.money(ends, salary_currency)}${how}`
}
