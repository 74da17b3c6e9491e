/** What is due to be told. It is asked of the records as they are now, so whatever moved, cancelled or restored them is heeded. */
import { type Kysely, sql } from 'kysely'
import { openStatuses } from '../../../contract/applications.ts'
import { defaultPreferences, type Notification } from '../../../contract/notifications.ts'
import { defaultSettings } from '../../../contract/settings.ts'
import type { Tables } from '../../database/tables.ts'

type Db = Kysely<Tables>

/** The instant of the look before; null: there was none. */
export async function exchangeLook(db: Db, now: string): Promise<string | null> {
  const { rows } = await sql<{ before: string | null }>`
    with before as (select looked_at from reminder_looks), looked as (
      insert into reminder_looks (looked_at) values (${now}) on conflict (is_only) do update set looked_at = excluded.looked_at)
    select (select looked_at from before) as before`.execute(db)
  return rows[0]?.before ?? null
}

export type DueInterview = {
  user_id: string
  id: string
  application_id: string
  job_id: string
  starts_at: string
  round: number
  kind: string
  place: string | null
  duration_minutes: number | null
  company: string
  title: string
  /** Of the reminders that are due, the one nearest to the interview. */
  minutes_before: number
}

const standardMinutes = JSON.stringify(defaultPreferences.interview_reminder_minutes)
const cause = sql`'interview ' || i.id || ' ' || extract(epoch from i.starts_at)::bigint || ' ' || nearest.minutes`

/** Interviews that are not over and have a reminder that was not told. `only`: that one, held as it is until the transaction ends. */
export async function findDueInterviews(
  db: Db,
  now: string,
  only?: { user_id: string; id: string },
): Promise<(DueInterview & { cause: string })[]> {
  const { rows } = await sql<DueInterview & { cause: string }>`
    select i.user_id, i.id, i.application_id, a.job_id, i.starts_at, i.round, i.kind, i.place, i.duration_minutes, j.company, j.title,
      nearest.minutes as minutes_before, ${cause} as cause
    from interviews i
    join applications a on a.user_id = i.user_id and a.id = i.application_id
    join jobs j on j.user_id = a.user_id and j.id = a.job_id
    left join notification_preferences p on p.user_id = i.user_id
    cross join lateral (
      select min(said::int) as minutes
      from jsonb_array_elements_text(coalesce(p.preferences -> 'interview_reminder_minutes', ${standardMinutes}::jsonb)) as said
      where i.starts_at - make_interval(mins => said::int) <= ${now}
    ) as nearest
    where i.status = 'scheduled' and i.starts_at <= ${now}::timestamptz + interval '14 days' and i.starts_at > ${now}::timestamptz - interval '2 days'
      and i.starts_at + make_interval(mins => coalesce(i.duration_minutes, 60)) > ${now}
      and nearest.minutes is not null
      and a.deleted_at is null and not a.reminders_muted and a.status = any(${[...openStatuses]}::text[])
      and not exists (select 1 from notification_causes c where c.user_id = i.user_id and c.cause = ${cause})
      ${only ? sql`and i.user_id = ${only.user_id} and i.id = ${only.id} for key share of j, a` : sql``}`.execute(db)
  return rows
}

export async function findZonesAndHours(db: Db): Promise<{ timezone: string; hour: number }[]> {
  const { rows } = await sql<{ timezone: string; hour: number }>`
    select distinct coalesce(timezone, ${defaultSettings.timezone}) as timezone, coalesce(reminder_hour, ${defaultSettings.reminder_hour}::int) as hour
    from users left join settings on settings.user_id = users.id`.execute(db)
  return rows
}

export type DueDay = { user_id: string; day: string }

/** Whose reminders of the day are to be told. `days`: what day it is where the hour has come. */
export async function findDueDays(db: Db, days: readonly { timezone: string; hour: number; day: string }[]): Promise<DueDay[]> {
  const { rows } = await sql<DueDay>`
    select users.id as user_id, due.day
    from json_to_recordset(${JSON.stringify(days)}::json) as due (timezone text, hour int, day date)
    join (users left join settings on settings.user_id = users.id)
      on coalesce(settings.timezone, ${defaultSettings.timezone}) = due.timezone
      and coalesce(settings.reminder_hour, ${defaultSettings.reminder_hour}::int) = due.hour
    left join reminder_days told on told.user_id = users.id
    where told.day is null or told.day < due.day`.execute(db)
  return rows
}

/** False: somebody else tells it, or has. */
export async function claimDay(db: Db, { user_id, day }: DueDay): Promise<boolean> {
  const { rows } = await sql`
    insert into reminder_days (user_id, day) values (${user_id}, ${day})
    on conflict (user_id) do update set day = excluded.day where reminder_days.day < excluded.day returning 1`.execute(db)
  return rows.length > 0
}

export type Due = { cause: string; application_id: string | null; job_id: string; company: string; title: string; since: string }

const isLive = sql`a.deleted_at is null and not a.reminders_muted and a.status = any(${[...openStatuses]}::text[])`
const notTold = (cause: unknown, userId: string) =>
  sql`not exists (select 1 from notification_causes c where c.user_id = ${userId} and c.cause = ${cause})`

export async function findFollowUps(db: Db, { user_id, day }: DueDay): Promise<Due[]> {
  const cause = sql`'follow up ' || a.id || ' ' || a.follow_up_on`
  const { rows } = await sql<Due>`
    select ${cause} as cause, a.id as application_id, a.job_id, j.company, j.title, a.follow_up_on as since
    from applications a join jobs j on j.user_id = a.user_id and j.id = a.job_id
    where a.user_id = ${user_id} and a.follow_up_on <= ${day}::date and ${isLive} and ${notTold(cause, user_id)}
    order by a.follow_up_on, a.id for key share of j, a`.execute(db)
  return rows
}

/** Of jobs that were not applied for yet. */
export async function findDeadlines(db: Db, { user_id, day }: DueDay, daysAhead: number): Promise<Due[]> {
  const cause = sql`'deadline ' || j.id || ' ' || j.deadline_on`
  const { rows } = await sql<Due>`
    select ${cause} as cause, null as application_id, j.id as job_id, j.company, j.title, j.deadline_on as since
    from jobs j
    where j.user_id = ${user_id} and j.deadline_on between ${day}::date and ${day}::date + ${daysAhead}::int
      and j.deleted_at is null and j.status = 'open' and coalesce(j.application_status, 'interested') = 'interested'
      and not exists (select 1 from applications a where a.user_id = j.user_id and a.job_id = j.id and a.deleted_at is null and a.reminders_muted)
      and ${notTold(cause, user_id)}
    order by j.deadline_on, j.id for key share of j`.execute(db)
  return rows
}

/** Nothing happened for so many days, and nothing is planned. */
export async function findSilent(db: Db, { user_id, day }: DueDay, days: number, now: string): Promise<Due[]> {
  const cause = sql`'silent ' || a.id || ' ' || extract(epoch from a.last_event_at)::bigint`
  const { rows } = await sql<Due>`
    select ${cause} as cause, a.id as application_id, a.job_id, j.company, j.title, a.last_event_at::date as since
    from applications a join jobs j on j.user_id = a.user_id and j.id = a.job_id
    where a.user_id = ${user_id} and a.last_event_at <= ${now}::timestamptz - make_interval(days => ${days}::int)
      and a.status in ('applied', 'screening', 'interview') and ${isLive} and coalesce(a.follow_up_on < ${day}::date, true)
      and not exists (
        select 1 from interviews i where i.user_id = a.user_id and i.application_id = a.id and i.status = 'scheduled' and i.starts_at > ${now})
      and ${notTold(cause, user_id)}
    order by a.last_event_at, a.id for key share of j, a`.execute(db)
  return rows
}

/** Who put something away until now. */
export async function findWithEndedSnoozes(db: Db, now: string): Promise<string[]> {
  const { rows } = await sql<{ user_id: string }>`select distinct user_id from notifications where snoozed_until <= ${now}`.execute(db)
  return rows.map(({ user_id }) => user_id)
}

export type Returned = Omit<Notification, 'seq' | 'read_at' | 'snoozed_until' | 'created_at'>

/** Brings back what they put away until now. */
export async function endSnoozes(db: Db, userId: string, now: string): Promise<Returned[]> {
  const { rows } = await sql<Returned>`
    update notifications set snoozed_until = null where user_id = ${userId} and snoozed_until <= ${now}
    returning id, type, title, body, data, job_id, application_id`.execute(db)
  return rows
}

export async function findNextSnoozeEnd(db: Db): Promise<string | null> {
  const { rows } = await sql<{
    at: string | null
  }>`select min(snoozed_until) as at from notifications where snoozed_until is not null`.execute(db)
  return rows[0]?.at ?? null
}
