/** Rows as people and other programs write them. */

import * as f from '../../../../contract/fields.ts'
import type { ImportTarget } from '../../../../contract/imports.ts'
import { dayOf } from '../../../calendar.ts'
import type { Clock } from '../../applications/history.ts'
import type { Plan } from '../mapping/plan.ts'
import type { TableRow } from '../reading/table.ts'
import { yesOrNo } from '../values/words.ts'
import { applicationHistory, type Stage } from './application-history.ts'
import { type CellReader, cellReader } from './cells.ts'
import { readJobCells } from './job-cells.ts'
import type { Notebook } from './problems.ts'
import type { ApplicationDraft, ReadRow } from './read-row.ts'
import { stageHistoryOf } from './stage-history.ts'

export type ForeignRow = Omit<ReadRow, 'row' | 'fingerprint' | 'warnings'>

export function readForeignRow(plan: Plan, tableRow: TableRow, clock: Clock, book: Notebook): ForeignRow {
  const cells = cellReader(plan, tableRow, clock, book)
  const job = readJobCells(plan, cells, clock, book)
  const jobRef = plan.kind === 'applications' ? cells.text('job_id') : null
  const uuid = jobRef !== null && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(jobRef)
  const sourceId = cells.text('source_id')
  const row: ForeignRow = {
    source_key: sourceId === null ? null : `${plan.preset?.name ?? plan.signature.slice(0, 16)}:${sourceId}`,
    given_id: null,
    job_ref: uuid ? jobRef.toLowerCase() : null,
    job,
    application: null,
  }
  if (plan.kind === 'jobs') {
    requireNames(cells)
    const notes = [...cells.texts('notes'), ...book.kept]
    job.notes = cells.checked('notes', f.OptionalText, notes.join('\n\n') || null)
    return row
  }
  nameTheJob(plan, cells, row, jobRef)
  const kept = book.kept.splice(0)
  job.notes = kept.join('\n\n') || null
  row.application = readApplicationCells(plan, cells, clock, book, job.created_at)
  return row
}

/** By its id, by company and title, or, where no job is to be added, by its address alone. */
function nameTheJob(plan: Plan, cells: CellReader, { job, job_ref }: ForeignRow, jobRef: string | null): void {
  const isUnnamed = job.company === null && job.title === null
  if (job_ref !== null || (isUnnamed && job.url !== null && !plan.createJobs)) return
  if (isUnnamed && jobRef !== null) {
    cells.fail('job_id', 'invalid_id', 'is no id of a job here; use the id from a Landed export, or give company and title', jobRef)
    return
  }
  requireNames(cells)
}

function requireNames(cells: CellReader): void {
  for (const name of ['company', 'title'] as const) if (cells.text(name) === null) cells.fail(name, 'required', 'is required')
}

const stageColumns = [
  ['screening_on', 'screening'],
  ['interview_on', 'interview'],
  ['accepted_on', 'accepted'],
  ['rejected_on', 'rejected'],
  ['withdrawn_on', 'withdrawn'],
] as const satisfies [ImportTarget, Stage['status']][]

function readApplicationCells(
  plan: Plan,
  cells: CellReader,
  clock: Clock,
  book: Notebook,
  savedAt: string | null,
): ApplicationDraft | null {
  const stages: Stage[] = []
  const today = dayOf(clock.now, clock.timezone)
  let reached: Stage['status'] | null = null
  const stageDay = (target: ImportTarget, status: Stage['status']) => {
    const text = cells.text(target)
    // Applied: Yes tells the stage without its day.
    const answer = text === null ? null : yesOrNo(text)
    if (answer !== null && !/\d{4}/.test(text as string)) {
      if (answer) reached = status
      return null
    }
    return cells.day(target)
  }
  const applied_on = stageDay('applied_on', 'applied')
  for (const [target, status] of stageColumns) {
    const day = stageDay(target, status)
    // A day ahead is a plan, not something that happened.
    if (day !== null && day > today) {
      book.kept.push(`${cells.nameOf(target)}: ${cells.text(target)}`)
      cells.warn(target, 'future_date', 'lies ahead, so it was put into the notes')
    } else if (day !== null) stages.push({ status, day })
  }
  const offer_on = stageDay('offer_on', 'offer')
  const response_on = cells.day('response_on')
  stages.push(...stageHistoryOf(plan, cells))
  const wanted = {
    status: (cells.status() as Stage['status'] | null) ?? (reached as Stage['status'] | null),
    status_since: cells.day('status_since'),
    applied_on,
    response_on,
    offer_on,
  }
  const follow_up_on = cells.looseDay('follow_up_on')
  const contacts = contactsOf(plan, cells)
  const answers = plan.includePersonal ? cells.text('answers') : null
  if (book.errors.length > 0) return null
  const history = applicationHistory({ ...wanted, stages, savedAt }, clock, cells)
  if (wanted.status && wanted.status !== 'interested' && !savedAt && history?.undated)
    cells.warn('applied_on', 'no_date', 'is not told, so the day of the import was taken')
  const notes = [...cells.texts('notes'), ...book.kept.splice(0), ...(answers ? [`${cells.nameOf('answers')}: ${answers}`] : [])]
  if (!history) return null
  return {
    standing: history.standing,
    events: history.events,
    wanted: { ...wanted, status: history.said },
    follow_up_on,
    reminders_muted: null,
    notes: cells.checked('notes', f.OptionalText, notes.join('\n\n') || null),
    contacts,
    interviews: [],
    created_at: savedAt,
    updated_at: null,
    deleted_at: null,
  }
}

function contactsOf(plan: Plan, cells: CellReader): unknown[] {
  const contact = {
    name: cells.line('contact_name'),
    role: cells.line('contact_role'),
    email: plan.includePersonal ? cells.line('contact_email') : null,
    phone: plan.includePersonal ? cells.line('contact_phone') : null,
    url: cells.url('contact_url'),
  }
  return (contact.name ?? contact.email ?? contact.phone ?? contact.url) ? [contact] : []
}
