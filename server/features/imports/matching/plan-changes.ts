/** What becomes of applications that are here already, when rows bring them up to date. */
import { type Kysely, sql } from 'kysely'
import type { Application, ApplicationStatus } from '../../../../contract/applications.ts'
import type { Tables } from '../../../database/tables.ts'
import { AppError } from '../../../errors.ts'
import { type Clock, type HistoryEvent, isOpen, rewrite, type Standing, standingOf } from '../../applications/history.ts'
import { findEventsOf } from '../../applications/many.ts'
import type { ApplicationDraft } from '../rows/read-row.ts'
import { stageOf } from '../values/statuses.ts'

type Db = Kysely<Tables>

type Own = Pick<Application, 'follow_up_on' | 'reminders_muted' | 'notes' | 'contacts'>

export type Said = ApplicationDraft['wanted'] & {
  follow_up_on: string | null
  reminders_muted: boolean | null
  notes: string | null
  contacts: Application['contacts']
}

export type Change = Own & { standing: Standing; before: HistoryEvent[]; after: HistoryEvent[] }

/**
 * Null when the row says nothing new. A stage never moves backwards, and a status of the past does not undo one of today.
 * Throws validation_failed for dates that contradict what is known.
 */
export function changeBy(said: Said, was: Own & { events: HistoryEvent[] }, clock: Clock, own: boolean): Change | null {
  const before = was.events
  const standing = standingOf(before) as Standing
  const forward = said.status !== null && isForward(standing.status, said.status as ApplicationStatus)
  const after = rewrite(
    before,
    {
      status: forward ? (said.status as ApplicationStatus) : undefined,
      status_since: said.status_since,
      applied_on: said.applied_on ?? undefined,
      response_on: said.response_on ?? undefined,
      offer_on: said.offer_on ?? undefined,
    },
    clock,
  )
  const fields: Own = own
    ? { follow_up_on: said.follow_up_on, reminders_muted: said.reminders_muted ?? false, notes: said.notes, contacts: said.contacts }
    : {
        follow_up_on: said.follow_up_on ?? was.follow_up_on,
        reminders_muted: was.reminders_muted,
        notes: said.notes ?? was.notes,
        contacts: withContacts(was.contacts, said.contacts),
      }
  const isSameHistory = before.length === after.length && after.every((event) => before.includes(event))
  const isSame = (Object.keys(fields) as (keyof Own)[]).every((name) => JSON.stringify(fields[name]) === JSON.stringify(was[name]))
  return isSameHistory && isSame ? null : { ...fields, standing: standingOf(after) as Standing, before, after }
}

const isForward = (from: ApplicationStatus, to: ApplicationStatus) =>
  stageOf(to) > stageOf(from) || (from === 'ghosted' && !isOpen(to) && to !== 'ghosted')

const withContacts = (was: Application['contacts'], said: Application['contacts']) => [
  ...was,
  ...said.filter((one) => !was.some((other) => other.name === one.name && other.email === one.email)),
]

/** Decides every row whose outcome is still `matched`, and keeps its change for the writing. */
export async function planChanges(db: Db, userId: string, clock: Clock, own: boolean, pause: () => Promise<void>): Promise<void> {
  for (;;) {
    const { rows } = await sql<Said & Own & { row: number; application_id: string; was: Own }>`
      select verdicts.row, verdicts.application_id, staged.application_wanted->>'status' as status,
        staged.application_wanted->>'status_since' as status_since, staged.application_wanted->>'applied_on' as applied_on,
        staged.application_wanted->>'response_on' as response_on, staged.application_wanted->>'offer_on' as offer_on,
        staged.application_follow_up_on as follow_up_on, staged.application_reminders_muted as reminders_muted,
        staged.application_notes as notes, staged.application_contacts as contacts,
        json_build_object('follow_up_on', a.follow_up_on, 'reminders_muted', a.reminders_muted, 'notes', a.notes, 'contacts', a.contacts) as was
      from verdicts join staged_rows as staged using (row)
      join applications a on a.user_id = ${userId} and a.id = verdicts.application_id
      where verdicts.outcome = 'matched' order by verdicts.row limit 500`.execute(db)
    if (rows.length === 0) return
    const events = await findEventsOf(
      db,
      userId,
      rows.map((row) => row.application_id),
    )
    const planned = rows.map(({ row, application_id, was, ...said }) => {
      try {
        const change = changeBy(said, { ...was, events: events.get(application_id) ?? [] }, clock, own)
        return { row, application_id, change, outcome: change ? 'updated' : 'skipped', code: change ? null : 'unchanged', problems: null }
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        const problems = (error.fieldErrors ?? []).map(({ field, message }) => ({
          row,
          column: field,
          value: null,
          code: 'dates_out_of_order',
          message,
        }))
        return { row, application_id, change: null, outcome: 'failed', code: null, problems: JSON.stringify(problems) }
      }
    })
    const text = JSON.stringify(planned)
    await sql`
      update verdicts set outcome = planned.outcome, code = planned.code, problems = planned.problems
      from json_to_recordset(${text}::json) as planned (row int, outcome text, code text, problems text) where planned.row = verdicts.row`.execute(
      db,
    )
    await sql`
      insert into staged_changes select row, application_id, change
      from json_to_recordset(${text}::json) as planned (row int, application_id uuid, change json, outcome text) where outcome = 'updated'`.execute(
      db,
    )
    await pause()
  }
}
