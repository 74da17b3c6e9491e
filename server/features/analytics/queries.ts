import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../database/tables.ts'

type Db = Kysely<Tables>

const open = sql`('interested', 'applied', 'screening', 'interview', 'offer')`
const responses = sql`('screening', 'interview', 'offer', 'accepted', 'rejected')`

/** Applications with a scheduled interview that is over at `now`, longest ago first. */
export async function findUnloggedIds(db: Db, userId: string, now: string, limit: number): Promise<{ ids: string[]; total: number }> {
  const { rows } = await sql<{ id: string; total: number }>`
    select i.application_id as id, count(*) over () as total
    from interviews i join applications a on a.user_id = i.user_id and a.id = i.application_id
    where i.user_id = ${userId} and i.status = 'scheduled' and a.deleted_at is null and a.status in ${open}
      and i.starts_at + make_interval(mins => coalesce(i.duration_minutes, 60)) <= ${now}::timestamptz
    group by i.application_id order by min(i.starts_at), i.application_id limit ${limit}`.execute(db)
  return { ids: rows.map((row) => row.id), total: rows[0]?.total ?? 0 }
}

/** Sent, open, without a word for so many days, and nothing planned: neither a follow-up nor an interview. */
export async function findSilences(
  db: Db,
  userId: string,
  { now, today, afterDays, limit }: { now: string; today: string; afterDays: number; limit: number },
): Promise<{ items: { id: string; silent_days: number }[]; total: number }> {
  const { rows } = await sql<{ id: string; silent_days: number; total: number }>`
    select a.id, extract(day from ${now}::timestamptz - a.last_event_at)::int as silent_days, count(*) over () as total
    from applications a
    where a.user_id = ${userId} and a.deleted_at is null and a.status in ('applied', 'screening', 'interview')
      and not a.reminders_muted
      and a.last_event_at <= ${now}::timestamptz - make_interval(days => ${afterDays}::int)
      and (a.follow_up_on is null or a.follow_up_on < ${today}::date - ${afterDays}::int)
      and not exists (
        select 1 from interviews i
        where i.user_id = a.user_id and i.application_id = a.id and i.status = 'scheduled' and i.starts_at > ${now}::timestamptz)
    order by a.last_event_at, a.id limit ${limit}`.execute(db)
  return { items: rows.map(({ id, silent_days }) => ({ id, silent_days })), total: rows[0]?.total ?? 0 }
}

/** The next moment at which an interview begins or ends, or a silence is another full day long. */
export async function findNextTurn(db: Db, userId: string, now: string): Promise<string | null> {
  const { rows } = await sql<{ turn: string | null }>`
    with moments as (
      select unnest(array[i.starts_at, i.starts_at + make_interval(mins => coalesce(i.duration_minutes, 60))]) as at
      from interviews i where i.user_id = ${userId} and i.status = 'scheduled'
      union all
      select a.last_event_at + make_interval(days => greatest(0, extract(day from ${now}::timestamptz - a.last_event_at)::int + 1))
      from applications a where a.user_id = ${userId} and a.deleted_at is null and a.status in ('applied', 'screening', 'interview')
    )
    select min(at) as turn from moments where at > ${now}::timestamptz`.execute(db)
  return rows[0]?.turn ?? null
}

/** Open jobs nobody has applied to yet, by deadline; both days inclusive. */
export async function findDeadlines(db: Db, userId: string, { from, to, limit }: { from: string; to: string; limit: number }) {
  const { rows } = await sql<{ id: string; company: string; title: string; deadline_on: string; total: number }>`
    select id, company, title, deadline_on, count(*) over () as total from jobs
    where user_id = ${userId} and deleted_at is null and status = 'open' and deadline_on between ${from}::date and ${to}::date
      and coalesce(application_status, 'interested') = 'interested'
    order by deadline_on, id limit ${limit}`.execute(db)
  return { items: rows.map(({ total: _, ...job }) => job), total: rows[0]?.total ?? 0 }
}

/** Days from applying to the first answer; open ones are not in it. */
export async function getDaysToResponse(db: Db, userId: string): Promise<{ median: number | null; n: number }> {
  const { rows } = await sql<{ median: number | null; n: number }>`
    select percentile_cont(0.5) within group (order by response_on - applied_on) as median, count(*) as n
    from applications where user_id = ${userId} and deleted_at is null and applied_on is not null and response_on is not null`.execute(db)
  return rows[0] ?? { median: null, n: 0 }
}

/** `from` inclusive, `to` exclusive, as days and as the instants they begin at. */
export async function countWeek(db: Db, userId: string, week: { from: string; to: string; startsAt: string; endsAt: string }) {
  const { from, to, startsAt, endsAt } = week
  const { rows } = await sql<{ jobs_added: number; applied: number; responses: number; interviews: number }>`
    select
      (select count(*) from jobs
        where user_id = ${userId} and deleted_at is null and created_at >= ${startsAt}::timestamptz and created_at < ${endsAt}::timestamptz) as jobs_added,
      (select count(*) from applications
        where user_id = ${userId} and deleted_at is null and applied_on >= ${from}::date and applied_on < ${to}::date) as applied,
      (select count(*) from application_events e join applications a on a.user_id = e.user_id and a.id = e.application_id
        where e.user_id = ${userId} and a.deleted_at is null and e.to_status in ${responses}
          and e.occurred_on >= ${from}::date and e.occurred_on < ${to}::date) as responses,
      (select count(*) from interviews i join applications a on a.user_id = i.user_id and a.id = i.application_id
        where i.user_id = ${userId} and a.deleted_at is null and i.status <> 'cancelled'
          and i.starts_at >= ${startsAt}::timestamptz and i.starts_at < ${endsAt}::timestamptz) as interviews`.execute(db)
  return { starts_on: from, ...(rows[0] ?? { jobs_added: 0, applied: 0, responses: 0, interviews: 0 }) }
}

export async function countAppliedOn(db: Db, userId: string, day: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from applications where user_id = ${userId} and deleted_at is null and applied_on = ${day}::date`.execute(db)
  return rows[0]?.n ?? 0
}
