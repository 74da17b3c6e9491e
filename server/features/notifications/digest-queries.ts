/** Whose digest is due, and what is in it. */
import { type Kysely, sql } from 'kysely'
import { openStatuses } from '../../../contract/applications.ts'
import type { NotificationPreferences } from '../../../contract/notifications.ts'
import { defaultSettings } from '../../../contract/settings.ts'
import type { Tables } from '../../database/tables.ts'

type Db = Kysely<Tables>

export type DigestHours = { timezone: string; digest: NotificationPreferences['digest'] }

const wanted = sql`
  notification_preferences p left join settings s on s.user_id = p.user_id
  where p.preferences -> 'digest' ->> 'frequency' in ('daily', 'weekly')`
const timezone = sql`coalesce(s.timezone, ${defaultSettings.timezone})`

/** Each combination of time zone and choice that somebody has. */
export async function findDigestHours(db: Db): Promise<DigestHours[]> {
  const { rows } =
    await sql<DigestHours>`select distinct ${timezone} as timezone, p.preferences -> 'digest' as digest from ${wanted}`.execute(db)
  return rows
}

export type DueDigest = DigestHours & { user_id: string; day: string }

/** Who had no digest of this day, or of a later one. */
export async function findDueDigests(db: Db, days: readonly (DigestHours & { day: string })[]): Promise<DueDigest[]> {
  const { rows } = await sql<DueDigest>`
    select chosen.user_id, due.timezone, due.digest, due.day
    from json_to_recordset(${JSON.stringify(days)}::json) as due (timezone text, digest jsonb, day date)
    join (select p.user_id, ${timezone} as timezone, p.preferences -> 'digest' as digest from ${wanted}) as chosen
      on chosen.timezone = due.timezone and chosen.digest = due.digest
    left join digest_days made on made.user_id = chosen.user_id
    where made.day is null or made.day < due.day`.execute(db)
  return rows
}

/** The day of the one before. Null: somebody else makes it, or has; or their preferences came from elsewhere, and the next one is the first. */
export async function claimDigest(db: Db, { user_id, day }: DueDigest): Promise<string | null> {
  const { rows } = await sql<{ before: string | null }>`
    with before as (select day from digest_days where user_id = ${user_id})
    insert into digest_days (user_id, day) values (${user_id}, ${day}::date)
    on conflict (user_id) do update set day = excluded.day where digest_days.day < excluded.day
    returning (select day from before) as before`.execute(db)
  return rows[0]?.before ?? null
}

export type Entry = { job_id: string; application_id: string | null; company: string; title: string }
type Found<T> = Promise<(Entry & T & { total: number })[]>
type Span = { userId: string; from: string; until: string; most: number }

const openApplications = sql`a.deleted_at is null and a.status = any(${[...openStatuses]}::text[])`
const theirJob = sql`join jobs j on j.user_id = a.user_id and j.id = a.job_id`

/** Between two instants. */
export async function findComingInterviews(db: Db, { userId, from, until, most }: Span): Found<{ starts_at: string; round: number }> {
  const { rows } = await sql<Entry & { starts_at: string; round: number; total: number }>`
    select a.job_id, a.id as application_id, j.company, j.title, i.starts_at, i.round, count(*) over () as total
    from interviews i join applications a on a.user_id = i.user_id and a.id = i.application_id ${theirJob}
    where i.user_id = ${userId} and i.status = 'scheduled' and i.starts_at >= ${from} and i.starts_at < ${until} and ${openApplications}
    order by i.starts_at, i.id limit ${most}`.execute(db)
  return rows
}

/** Overdue ones too; until a day. */
export async function findComingFollowUps(db: Db, { userId, until, most }: Omit<Span, 'from'>): Found<{ day: string }> {
  const { rows } = await sql<Entry & { day: string; total: number }>`
    select a.job_id, a.id as application_id, j.company, j.title, a.follow_up_on as day, count(*) over () as total
    from applications a ${theirJob}
    where a.user_id = ${userId} and a.follow_up_on <= ${until}::date and not a.reminders_muted and ${openApplications}
    order by a.follow_up_on, a.id limit ${most}`.execute(db)
  return rows
}

/** Between two days, both included, of jobs that were not applied for yet. */
export async function findComingDeadlines(db: Db, { userId, from, until, most }: Span): Found<{ day: string }> {
  const { rows } = await sql<Entry & { day: string; total: number }>`
    select j.id as job_id, null as application_id, j.company, j.title, j.deadline_on as day, count(*) over () as total
    from jobs j
    where j.user_id = ${userId} and j.deadline_on between ${from}::date and ${until}::date and j.deleted_at is null and j.status = 'open'
      and coalesce(j.application_status, 'interested') = 'interested'
    order by j.deadline_on, j.id limit ${most}`.execute(db)
  return rows
}

/** What applications came to since then, the newest first. */
export async function findMoves(db: Db, { userId, from, until, most }: Span): Found<{ status: string; occurred_on: string }> {
  const { rows } = await sql<Entry & { status: string; occurred_on: string; total: number }>`
    select a.job_id, a.id as application_id, j.company, j.title, e.to_status as status, e.occurred_on, count(*) over () as total
    from applications a join application_events e on e.user_id = a.user_id and e.application_id = a.id ${theirJob}
    where a.user_id = ${userId} and a.deleted_at is null and a.updated_at >= ${from}
      and e.to_status is not null and e.recorded_at >= ${from} and e.recorded_at < ${until}
    order by e.occurred_at desc, e.id desc limit ${most}`.execute(db)
  return rows
}

export async function countJobsAdded(db: Db, { userId, from, until }: Omit<Span, 'most'>): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from jobs
    where user_id = ${userId} and deleted_at is null and created_at >= ${from} and created_at < ${until}`.execute(db)
  return rows[0]?.n ?? 0
}
