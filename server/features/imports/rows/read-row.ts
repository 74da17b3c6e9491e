/** A row of a file as what is to be stored: every cell read and checked, every complaint with what would be right. */
import { hash } from 'node:crypto'
import type { ImportKind, ImportProblem } from '../../../../contract/imports.ts'
import type { JobInput } from '../../../../contract/jobs.ts'
import type { Clock, HistoryEvent, Standing } from '../../applications/history.ts'
import type { Plan } from '../mapping/plan.ts'
import { cellText, type TableRow } from '../reading/table.ts'
import { type ForeignRow, readForeignRow } from './foreign-row.ts'
import { readOwnRow } from './own-row.ts'
import { type Notebook, shown } from './problems.ts'

/** null: the row does not say. */
export type JobDraft = { [Name in keyof JobInput]: JobInput[Name] | null } & {
  created_at: string | null
  updated_at: string | null
  deleted_at: string | null
}

export type ApplicationDraft = {
  standing: Standing
  events: HistoryEvent[]
  /** What the row itself says, for an application that is here already. */
  wanted: {
    status: string | null
    status_since: string | null
    applied_on: string | null
    response_on: string | null
    offer_on: string | null
  }
  follow_up_on: string | null
  reminders_muted: boolean | null
  notes: string | null
  contacts: unknown[]
  interviews: unknown[]
  created_at: string | null
  updated_at: string | null
  deleted_at: string | null
}

export type ReadRow = {
  row: number
  fingerprint: string
  source_key: string | null
  /** The record's own id, from our export. */
  given_id: string | null
  /** The job an application names by its id. */
  job_ref: string | null
  job: JobDraft
  application: ApplicationDraft | null
  warnings: ImportProblem[]
}

export type RefusedRow = { row: number; errors: ImportProblem[]; cells: string }

export type RowReader = (row: TableRow) => ReadRow | RefusedRow

export function rowReader(plan: Plan, clock: Clock, damaged: boolean): RowReader {
  return (tableRow) => {
    const book: Notebook = { row: tableRow.row, errors: [], warnings: [], kept: [] }
    lookAtShape(plan, tableRow, damaged, book)
    const read =
      book.errors.length > 0 ? null : plan.own ? readOwnRow(plan, tableRow, clock, book) : readForeignRow(plan, tableRow, clock, book)
    if (!read || book.errors.length > 0) {
      return { row: tableRow.row, errors: book.errors.slice(0, 20), cells: JSON.stringify(tableRow.cells.map(cellText)) }
    }
    return { ...read, row: tableRow.row, fingerprint: fingerprintOf(plan.kind, read), warnings: book.warnings.slice(0, 20) }
  }
}

function lookAtShape(plan: Plan, { row, cells, flaw, short }: TableRow, damaged: boolean, book: Notebook): void {
  const whole = (code: string, message: string): ImportProblem => ({ row, column: null, value: null, code, message })
  if (flaw === 'stray_quote')
    book.errors.push(
      whole('stray_quote', 'has a quote (") in the middle of a cell; put the whole cell in quotes and write the quote in it twice'),
    )
  if (flaw === 'long_row')
    book.errors.push(
      whole(
        'long_row',
        `has ${cells.length} cells where the header has ${plan.columns.length}; put a cell that holds the separator in quotes`,
      ),
    )
  if (short) book.warnings.push(whole('short_row', 'has fewer cells than the header; the missing ones were taken as empty'))
  if (!damaged) return
  for (const { at, name, target } of plan.columns) {
    const text = target ? cellText(cells[at]) : ''
    if (text.includes('\ufffd'))
      book.errors.push({
        row,
        column: name,
        value: shown(text),
        code: 'unreadable_character',
        message: 'holds a character that cannot be read; save the file as UTF-8, or type the word again',
      })
  }
}

/** The same for rows that say the same, however their file spells it. */
function fingerprintOf(kind: ImportKind, { job, application, given_id, job_ref, source_key }: ForeignRow): string {
  const said: unknown[] = [kind, given_id, job_ref, source_key]
  const add = (record: object) => {
    for (const name in record) {
      const value = (record as Record<string, unknown>)[name]
      if (value !== null && name !== 'standing' && name !== 'events') said.push(name, value)
    }
  }
  add(job)
  if (application) add(application)
  return hash('sha256', JSON.stringify(said)).slice(0, 32)
}
