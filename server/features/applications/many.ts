/** Applications by the thousand: added from a query, changed and put back in a few statements. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Application } from '../../../contract/applications.ts'
import type { Tables } from '../../database/tables.ts'
import type { HistoryEvent, Standing } from './history.ts'

type Db = Kysely<Tables>

type Own = Pick<Application, 'follow_up_on' | 'reminders_muted' | 'notes' | 'contacts'>

const own = sql.raw('job_id, follow_up_on, reminders_muted, notes, contacts')
const standing = sql.raw('status, status_since, applied_on, response_on, offer_on, last_event_at')

/**
 * `rows` gives `id`, the columns of an application, `events` and `interviews` (both JSON), `created_at`, `updated_at`,
 * `deleted_at` and `deleted_with_job`. Their version is 1.
 */
export async function addApplications(db: Db, userId: string, rows: RawBuilder<unknown>): Promise<void> {
  await sql`
    with given as materialized (${rows}), added as (
      insert into applications (user_id, id, ${own}, ${standing}, created_at, updated_at, deleted_at, deleted_with_job)
      select ${userId}::uuid, id, ${own}, ${standing}, created_at, updated_at, deleted_at, deleted_with_job from given
    ), told as (
      insert into application_events (user_id, application_id, id, type, to_status, occurred_at, occurred_on, recorded_at, note)
      select ${userId}::uuid, given.id, event.* from given, jsonb_to_recordset(given.events)
        as event (id uuid, type text, to_status text, occurred_at timestamptz, occurred_on date, recorded_at timestamptz, note text)
    )
    insert into interviews (user_id, application_id, id, round, kind, starts_at, duration_minutes, place, interviewers, status, feedback)
    select ${userId}::uuid, given.id, interview.* from given, jsonb_to_recordset(given.interviews) as interview
      (id uuid, round int, kind text, starts_at timestamptz, duration_minutes int, place text, interviewers text[], status text, feedback jsonb)`.execute(
    db,
  )
}

/** Oldest first, by application. */
export async function findEventsOf(db: Db, userId: string, ids: readonly string[]): Promise<Map<string, HistoryEvent[]>> {
  const { rows } = await sql<HistoryEvent & { application_id: string }>`
    select application_id, id, type, to_status, occurred_at, occurred_on, recorded_at, note from application_events
    where user_id = ${userId} and application_id = any(${ids}::uuid[]) order by occurred_at, recorded_at, id`.execute(db)
  const events = new Map<string, HistoryEvent[]>()
  for (const { application_id, ...event } of rows) {
    const known = events.get(application_id)
    if (known) known.push(event)
    else events.set(application_id, [event])
  }
  return events
}

export type ApplicationChange = Own & { id: string; standing: Standing; before: readonly HistoryEvent[]; after: readonly HistoryEvent[] }

/** What they were told before is kept among the superseded events. Versions rise. */
export async function changeApplications(db: Db, userId: string, changes: readonly ApplicationChange[], now: string): Promise<void> {
  const superseded = changes.flatMap(({ id, before, after }) =>
    before
      .filter((event) => !after.some((kept) => JSON.stringify(kept) === JSON.stringify(event)))
      .map((was) => ({ id: uuidv7(), application_id: id, event_id: was.id, was })),
  )
  await sql`
    insert into superseded_events (user_id, id, application_id, event_id, superseded_at, was)
    select ${userId}::uuid, id, application_id, event_id, ${now}::timestamptz, was
    from json_to_recordset(${JSON.stringify(superseded)}::json) as given (id uuid, application_id uuid, event_id uuid, was jsonb)`.execute(
    db,
  )
  await setStates(
    db,
    userId,
    changes.map(({ after, before: _, ...change }) => ({ ...change, events: after })),
    now,
  )
}

export type ApplicationState = Own & { id: string; standing: Standing; events: readonly HistoryEvent[] }

/** Makes applications and their events exactly this. Versions rise. */
export async function setStates(db: Db, userId: string, states: readonly ApplicationState[], now: string): Promise<void> {
  const rows = states.map(({ standing, events: _, ...state }) => ({ ...state, ...standing }))
  const events = states.flatMap(({ id, events }) => events.map((event) => ({ ...event, application_id: id })))
  const ids = states.map(({ id }) => id)
  await sql`
    delete from application_events where user_id = ${userId} and application_id = any(${ids}::uuid[])
      and not id = any(${events.map(({ id }) => id)}::uuid[])`.execute(db)
  await sql`
    insert into application_events (user_id, application_id, id, type, to_status, occurred_at, occurred_on, recorded_at, note)
    select ${userId}::uuid, given.* from json_to_recordset(${JSON.stringify(events)}::json) as given
      (application_id uuid, id uuid, type text, to_status text, occurred_at timestamptz, occurred_on date, recorded_at timestamptz, note text)
    on conflict (user_id, id) do update set type = excluded.type, to_status = excluded.to_status, occurred_at = excluded.occurred_at,
      occurred_on = excluded.occurred_on, recorded_at = excluded.recorded_at, note = excluded.note`.execute(db)
  await sql`
    update applications set follow_up_on = given.follow_up_on, reminders_muted = given.reminders_muted, notes = given.notes,
      contacts = given.contacts, status = given.status, status_since = given.status_since, applied_on = given.applied_on,
      response_on = given.response_on, offer_on = given.offer_on, last_event_at = given.last_event_at, updated_at = ${now}, version = version + 1
    from json_to_recordset(${JSON.stringify(rows)}::json) as given (id uuid, follow_up_on date, reminders_muted boolean, notes text,
      contacts jsonb, status text, status_since date, applied_on date, response_on date, offer_on date, last_event_at timestamptz)
    where applications.user_id = ${userId} and applications.id = given.id`.execute(db)
}

/** Really: their events and interviews go with them. `ids` is a query of one column. */
export async function removeApplications(db: Db, userId: string, ids: RawBuilder<unknown>): Promise<void> {
  await sql`delete from applications where user_id = ${userId} and id in (${ids})`.execute(db)
}

/** Forgets what events said before they were changed at `instant`: that change is taken back. */
export async function forgetSuperseded(db: Db, userId: string, ids: readonly string[], instant: string): Promise<void> {
  await sql`
    delete from superseded_events where user_id = ${userId} and application_id = any(${ids}::uuid[]) and superseded_at = ${instant}`.execute(
    db,
  )
}
