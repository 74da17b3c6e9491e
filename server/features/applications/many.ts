/** Applications by the thousand: added from a query, changed and put back in a few statements. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { type Application, openStatuses } from '../../../contract/applications.ts'
import type { Tables } from '../../database/tables.ts'
import type { HistoryEvent, Standing } from './history.ts'

type Db = Kysely<Tables>

export type Own = Pick<Application, 'follow_up_on' | 'reminders_muted' | 'notes' | 'contacts'>

/** What an application says of itself, and what its events say of it; by column, with PostgreSQL's name of the type. */
export const ownColumnTypes = {
  follow_up_on: 'date',
  reminders_muted: 'boolean',
  notes: 'text',
  contacts: 'jsonb',
} as const satisfies Record<keyof Own, string>
export const standingColumnTypes = {
  status: 'text',
  status_since: 'date',
  applied_on: 'date',
  response_on: 'date',
  offer_on: 'date',
  last_event_at: 'timestamptz',
} as const satisfies Record<keyof Standing, string>
const stateTypes = Object.entries({ ...ownColumnTypes, ...standingColumnTypes })
const stateNames = sql.raw(stateTypes.map(([name]) => name).join(', '))

/**
 * `rows` gives `id`, `job_id`, the columns of an application, `events` and `interviews` (both JSON), `created_at`, `updated_at`,
 * `deleted_at` and `deleted_with_job`, and those of `more`. Their version is 1, unless it is among those.
 */
export async function addApplications(db: Db, userId: string, rows: RawBuilder<unknown>, more: readonly 'version'[] = []): Promise<void> {
  const columns = sql.raw(['created_at', 'updated_at', 'deleted_at', 'deleted_with_job', ...more].join(', '))
  await sql`
    with given as materialized (${rows}), added as (
      insert into applications (user_id, id, job_id, ${stateNames}, ${columns})
      select ${userId}::uuid, id, job_id, ${stateNames}, ${columns} from given
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

/** What is left out stays as it is. */
export type ApplicationChange = Partial<Own> & {
  id: string
  standing?: Standing
  before?: readonly HistoryEvent[]
  after?: readonly HistoryEvent[]
}

/** What they were told before is kept among the superseded events. Versions rise. `shared` becomes of every one. */
export async function changeApplications(
  db: Db,
  userId: string,
  changes: readonly ApplicationChange[],
  now: string,
  shared: Partial<Own> = {},
): Promise<void> {
  const superseded = changes.flatMap(({ id, before = [], after = [] }) =>
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
    changes.map(({ after, before: _, ...change }) => ({ ...change, ...(after ? { events: after } : {}) })),
    now,
    shared,
  )
}

/** What is left out stays as it is. */
export type ApplicationState = Partial<Own> & { id: string; standing?: Standing; events?: readonly HistoryEvent[] }

/** Makes applications and their events exactly this. Versions rise. */
export async function setStates(
  db: Db,
  userId: string,
  states: readonly ApplicationState[],
  now: string,
  shared: Partial<Own> = {},
): Promise<void> {
  await setEvents(db, userId, states)
  const rows = states.map(({ id, standing, events: _, ...own }) => {
    const said = { ...own, ...standing }
    return { id, said: Object.keys(said), ...said }
  })
  const types = sql.raw(stateTypes.map(([name, type]) => `${name} ${type}`).join(', '))
  const set = sql.join(
    stateTypes.map(([name, type]) => {
      const column = sql.ref(name)
      if (!(name in shared))
        return sql`${column} = case when ${name} = any(given.said) then given.${column} else applications.${column} end`
      const value = shared[name as keyof Own]
      return sql`${column} = ${type === 'jsonb' ? JSON.stringify(value) : value}::${sql.raw(type)}`
    }),
  )
  await sql`
    update applications set ${set}, updated_at = ${now}, version = version + 1
    from json_to_recordset(${JSON.stringify(rows)}::json) as given (id uuid, said text[], ${types})
    where applications.user_id = ${userId} and applications.id = given.id`.execute(db)
}

async function setEvents(db: Db, userId: string, states: readonly ApplicationState[]): Promise<void> {
  const told = states.filter(({ events }) => events)
  if (told.length === 0) return
  const ids = told.map(({ id }) => id)
  const events = told.flatMap(({ id, events = [] }) => events.map((event) => ({ ...event, application_id: id })))
  await sql`
    delete from application_events where user_id = ${userId} and application_id = any(${ids}::uuid[])
      and not id = any(${events.map(({ id }) => id)}::uuid[])`.execute(db)
  await sql`
    insert into application_events (user_id, application_id, id, type, to_status, occurred_at, occurred_on, recorded_at, note)
    select ${userId}::uuid, given.* from json_to_recordset(${JSON.stringify(events)}::json) as given
      (application_id uuid, id uuid, type text, to_status text, occurred_at timestamptz, occurred_on date, recorded_at timestamptz, note text)
    on conflict (user_id, id) do update set type = excluded.type, to_status = excluded.to_status, occurred_at = excluded.occurred_at,
      occurred_on = excluded.occurred_on, recorded_at = excluded.recorded_at, note = excluded.note`.execute(db)
}

/** Into the trash or out of it: `rows` gives `id`, `deleted_at` and `deleted_with_job`. Versions rise. */
export async function setApplicationsDeletedAt(db: Db, userId: string, rows: RawBuilder<unknown>, now: string): Promise<void> {
  await sql`
    update applications set deleted_at = given.deleted_at, deleted_with_job = given.deleted_with_job, updated_at = ${now}, version = version + 1
    from (${rows}) as given where applications.user_id = ${userId} and applications.id = given.id`.execute(db)
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

export type KeptEvent = { id: string; event_id: string; superseded_at: string; was: unknown }

/** Makes what the events of these applications said before exactly this. */
export async function setSuperseded(
  db: Db,
  userId: string,
  kept: readonly { id: string; superseded: readonly KeptEvent[] }[],
): Promise<void> {
  const rows = kept.flatMap(({ id, superseded }) => superseded.map((event) => ({ ...event, application_id: id })))
  await sql`
    delete from superseded_events where user_id = ${userId} and application_id = any(${kept.map(({ id }) => id)}::uuid[])
      and not id = any(${rows.map(({ id }) => id)}::uuid[])`.execute(db)
  await sql`
    insert into superseded_events (user_id, id, application_id, event_id, superseded_at, was)
    select ${userId}::uuid, given.* from json_to_recordset(${JSON.stringify(rows)}::json)
      as given (id uuid, application_id uuid, event_id uuid, superseded_at timestamptz, was jsonb)
    on conflict (user_id, id) do nothing`.execute(db)
}

export type LockedApplication = Pick<Application, 'id' | 'job_id' | 'version' | 'status' | 'deleted_at'> & { deleted_with_job: boolean }

/**
 * Those that are there, trashed ones too. Their jobs must be locked: then nobody else changes them, and in the order of their ids
 * two who want the same never wait for each other.
 */
export async function lockApplications(
  db: Db,
  userId: string,
  by: { ids: readonly string[] } | { jobIds: readonly string[] },
  { lock = true } = {},
): Promise<Map<string, LockedApplication>> {
  const which = 'ids' in by ? sql`id = any(${by.ids}::uuid[])` : sql`job_id = any(${by.jobIds}::uuid[])`
  const { rows } = await sql<LockedApplication>`
    select id, job_id, version, status, deleted_at, deleted_with_job from applications where user_id = ${userId} and ${which}
    order by id ${lock ? sql`for update` : sql``}`.execute(db)
  return new Map(rows.map((application) => [application.id, application]))
}

export async function findJobIdsOf(db: Db, userId: string, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ job_id: string }>`
    select distinct job_id from applications where user_id = ${userId} and id = any(${ids}::uuid[])`.execute(db)
  return rows.map(({ job_id }) => job_id)
}

/** The open application of each of these jobs that has one, by the job. */
export async function findOpenOf(db: Db, userId: string, jobIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; job_id: string }>`
    select id, job_id from applications where user_id = ${userId} and job_id = any(${jobIds}::uuid[])
      and deleted_at is null and status = any(${[...openStatuses]}::text[])`.execute(db)
  return new Map(rows.map(({ id, job_id }) => [job_id, id]))
}
