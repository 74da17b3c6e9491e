/** Rows of our own export: cells as they stand, ids and instants kept. */
import { z } from 'zod'
import { ApplicationStatus, Contact, Interview } from '../../../../contract/applications.ts'
import { jsonColumns, unguardCell } from '../../../../contract/csv.ts'
import * as f from '../../../../contract/fields.ts'
import { JobInput } from '../../../../contract/jobs.ts'
import { fieldErrors } from '../../../http/field-errors.ts'
import type { Clock } from '../../applications/history.ts'
import type { Plan } from '../mapping/plan.ts'
import { cellText, type TableRow } from '../reading/table.ts'
import { exactHistory } from './exact-history.ts'
import type { ForeignRow } from './foreign-row.ts'
import { type Notebook, shown } from './problems.ts'
import type { JobDraft } from './read-row.ts'

const stamps = { created_at: f.Instant, updated_at: f.Instant.nullable().default(null), deleted_at: f.Instant.nullable().default(null) }

const JobRow = JobInput.safeExtend({ id: f.Id, ...stamps })

const ApplicationRow = z.strictObject({
  id: f.Id,
  job_id: f.Id,
  company: f.Line.nullable().default(null),
  title: f.Line.nullable().default(null),
  status: ApplicationStatus,
  status_since: f.Day.nullable().default(null),
  applied_on: f.Day.nullable().default(null),
  response_on: f.Day.nullable().default(null),
  offer_on: f.Day.nullable().default(null),
  follow_up_on: f.Day.nullable().default(null),
  reminders_muted: z.boolean().default(false),
  notes: f.OptionalText.default(null),
  interview_feedback: z.array(Interview).max(50).default([]),
  contacts: z.array(Contact).max(100).default([]),
  ...stamps,
})

const numbers: ReadonlySet<string> = new Set(['salary_min', 'salary_max', 'priority'])

export function readOwnRow(plan: Plan, { cells }: TableRow, clock: Clock, book: Notebook): ForeignRow | null {
  const schema = plan.kind === 'jobs' ? JobRow : ApplicationRow
  const values = Object.fromEntries(
    plan.columns
      .filter(({ target }) => target !== null && target in schema.shape)
      .map(
        ({ at, target }) =>
          [target as string, plan.format === 'json' ? cells[at] : valueIn(target as string, cellText(cells[at]))] as const,
      )
      .filter(([, value]) => value !== undefined),
  )
  const parsed = schema.safeParse(values)
  if (!parsed.success) {
    for (const { field, code, message } of fieldErrors(parsed.error.issues, values, { known: [], readOnly: [] })) {
      const column = /^[a-z_]+/.exec(field)?.[0] ?? null
      const at = plan.columns.find((one) => one.target === column)?.at
      book.errors.push({ row: book.row, column, value: at === undefined ? null : shown(cellText(cells[at])), code, message })
    }
    return null
  }
  return plan.kind === 'jobs'
    ? jobRow(parsed.data as z.output<typeof JobRow>)
    : applicationRow(parsed.data as z.output<typeof ApplicationRow>, clock, book)
}

/** CSV is all text. What cannot be read is left for the schema to name. */
function valueIn(column: string, cell: string): unknown {
  if (jsonColumns.has(column)) return cell === '' ? undefined : parseJson(unguardCell(cell))
  if (cell === '') return undefined
  if (numbers.has(column)) return Number.isNaN(Number(cell)) ? cell : Number(cell)
  if (column === 'reminders_muted') return cell === 'true' ? true : cell === 'false' ? false : cell
  return unguardCell(cell)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const jobRow = ({ id, ...job }: z.output<typeof JobRow>): ForeignRow => ({
  source_key: null,
  given_id: id,
  job_ref: null,
  job,
  application: null,
})

function applicationRow(row: z.output<typeof ApplicationRow>, clock: Clock, book: Notebook): ForeignRow | null {
  const { status, status_since, applied_on, response_on, offer_on } = row
  const wanted = { status, status_since, applied_on, response_on, offer_on }
  const history = exactHistory(wanted, clock)
  if (!history) {
    book.errors.push({
      row: book.row,
      column: 'status',
      value: status,
      code: 'contradictory_dates',
      message: 'does not fit applied_on, response_on and offer_on: a stage that was reached needs its day',
    })
    return null
  }
  return {
    source_key: null,
    given_id: row.id,
    job_ref: row.job_id,
    job: { ...nothing, company: row.company, title: row.title },
    application: {
      ...history,
      wanted,
      follow_up_on: row.follow_up_on,
      reminders_muted: row.reminders_muted,
      notes: row.notes,
      contacts: row.contacts,
      interviews: row.interview_feedback,
      created_at: row.created_at,
      updated_at: row.updated_at,
      deleted_at: row.deleted_at,
    },
  }
}

const nothing = Object.fromEntries([...Object.keys(JobInput.shape), ...Object.keys(stamps)].map((name) => [name, null])) as JobDraft
