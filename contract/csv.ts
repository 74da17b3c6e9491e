/** Our own CSV: its columns, how a value becomes a cell, and the guard that export and import share. */
import type { Application } from './applications.ts'
import type { Job } from './jobs.ts'

export const jobCsvColumns = [
  'id',
  'company',
  'title',
  'location',
  'remote_option',
  'job_type',
  'description',
  'requirements',
  'responsibilities',
  'salary_min',
  'salary_max',
  'salary_currency',
  'salary_period',
  'tech_stack',
  'tags',
  'url',
  'source',
  'status',
  'priority',
  'notes',
  'posted_on',
  'deadline_on',
  'match_score',
  'application_status',
  'version',
  'created_at',
  'updated_at',
  'deleted_at',
] as const satisfies (keyof Job)[]

/** `company` and `title` are the job's; `interview_feedback` holds the interviews whole. */
export const applicationCsvColumns = [
  'id',
  'job_id',
  'company',
  'title',
  'status',
  'status_since',
  'applied_on',
  'response_on',
  'offer_on',
  'interview_at',
  'follow_up_on',
  'reminders_muted',
  'notes',
  'interview_feedback',
  'contacts',
  'version',
  'created_at',
  'updated_at',
  'deleted_at',
] as const satisfies (keyof Application | 'company' | 'title' | 'interview_feedback')[]

/** Cells that hold a JSON list. */
export const jsonColumns: ReadonlySet<string> = new Set(['tech_stack', 'tags', 'interview_feedback', 'contacts'])

/**
 * Whether a header row is our own: every name known, and those that only we write among them.
 * There cells are taken as they stand: no null words, no trimming, one guard `'` taken off.
 */
export function isOwnHeader(names: readonly string[]): 'jobs' | 'applications' | null {
  const all = (known: readonly string[]) => names.every((name) => known.includes(name))
  const has = (...needed: string[]) => needed.every((name) => names.includes(name))
  if (has('id', 'company', 'title', 'version', 'created_at') && all(jobCsvColumns)) return 'jobs'
  if (has('id', 'job_id', 'status', 'version', 'created_at') && all(applicationCsvColumns)) return 'applications'
  return null
}

/** What a spreadsheet would run or rewrite, and what would read as a guard of ours. PostgreSQL reads this pattern alike. */
export const needsGuard = /^(?:[=+\-@\t\r]|'[=+\-@\t\r'])/

/** Text cells that a spreadsheet would run as a formula get a leading `'`. */
export const guardCell = (text: string): string => (needsGuard.test(text) ? `'${text}` : text)

/** Takes one guard off, so that guard and unguard give back every text. */
export const unguardCell = (cell: string): string => (cell.startsWith("'") && needsGuard.test(cell.slice(1)) ? cell.slice(1) : cell)
