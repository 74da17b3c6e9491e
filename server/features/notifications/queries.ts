import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Notification, NotificationFilter, NotificationSort } from '../../../contract/notifications.ts'
import { addDays, startOfDay } from '../../calendar.ts'
import { allOf, countUpTo, keysetPage, type SortKey } from '../../database/keyset.ts'
import type { Tables } from '../../database/tables.ts'

type Db = Kysely<Tables>

const columns = [
  'id',
  'seq',
  'type',
  'title',
  'body',
  'data',
  'job_id',
  'application_id',
  'read_at',
  'snoozed_until',
  'created_at',
] as const satisfies (keyof Notification)[]
const columnsInList = sql.raw(columns.join(', '))

/** The where-clause of a filter, the owner always in it. */
export function notificationsWhere(
  userId: string,
  filter: NotificationFilter,
  { timezone, now }: { timezone: string; now: string },
): RawBuilder<unknown> {
  const conditions = [sql`user_id = ${userId}`]
  const add = (condition: RawBuilder<unknown>) => conditions.push(condition)
  if (filter.snoozed === undefined) add(sql`(snoozed_until is null or snoozed_until <= ${now})`)
  if (filter.snoozed === 'only') add(sql`snoozed_until > ${now}`)
  if (filter.read !== undefined) add(filter.read ? sql`read_at is not null` : sql`read_at is null`)
  if (filter.type) add(sql`type = any(${filter.type}::text[])`)
  if (filter.from) add(sql`created_at >= ${startOfDay(filter.from, timezone)}`)
  if (filter.to) add(sql`created_at < ${startOfDay(addDays(filter.to, 1), timezone)}`)
  if (filter.after_seq !== undefined) add(sql`seq > ${filter.after_seq}`)
  return allOf(conditions)
}

export async function listNotifications(
  db: Db,
  where: RawBuilder<unknown>,
  options: { sort: NotificationSort; limit: number; cursor: string | undefined; boundTo: unknown },
) {
  const from = sql`notifications`
  const [page, total] = await Promise.all([
    keysetPage<Notification>(db, { columns: columnsInList, from, where, id: sql`id`, ...options, sort: sortKey(options.sort) }),
    countUpTo(db, from, where),
  ])
  return { ...page, total }
}

function sortKey(sort: NotificationSort): SortKey {
  const descending = sort.startsWith('-')
  return sort.endsWith('seq')
    ? { expression: sql`seq`, type: 'int', nullable: false, descending }
    : { expression: sql`created_at`, type: 'timestamptz', nullable: false, descending }
}

export function findNotification(db: Db, userId: string, id: string): Promise<Notification | undefined> {
  return db.selectFrom('notifications').select(columns).where('user_id', '=', userId).where('id', '=', id).executeTakeFirst()
}

export type AskedAfter = { user_id: string; seq: number; limit: number }

/** For each of the questions those with a greater number, in their order. */
export async function findAfter(db: Db, asked: readonly AskedAfter[]): Promise<Notification[][]> {
  const { rows } = await sql<Notification & { place: number }>`
    select asked.place, missed.*
    from unnest(${asked.map(({ user_id }) => user_id)}::uuid[], ${asked.map(({ seq }) => seq)}::int[], ${asked.map(({ limit }) => limit)}::int[])
      with ordinality as asked (of_user, after_seq, at_most, place)
    cross join lateral (
      select ${columnsInList} from notifications where user_id = of_user and seq > after_seq order by seq limit at_most
    ) as missed
    order by asked.place, missed.seq`.execute(db)
  const found: Notification[][] = asked.map(() => [])
  for (const { place, ...notification } of rows) found[place - 1]?.push(notification)
  return found
}

type Seen = { user_id: string; seq: number }

/** Of these people, those who have been given a greater number, with it. */
export async function findAhead(db: Db, seen: readonly Seen[]): Promise<Seen[]> {
  const { rows } = await sql<Seen>`
    select user_id, last_seq as seq from notification_counters
    join unnest(${seen.map(({ user_id }) => user_id)}::uuid[], ${seen.map(({ seq }) => seq)}::int[]) as seen (user_id, seq) using (user_id)
    where last_seq > seen.seq`.execute(db)
  return rows
}

/** Counts what is unread and not put away. */
export async function countUnread(db: Db, userId: string, now: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from notifications
    where user_id = ${userId} and read_at is null and (snoozed_until is null or snoozed_until <= ${now})`.execute(db)
  return rows[0]?.n ?? 0
}

export type Standing = {
  /** The last number that was given out. */
  seq: number
  /** The greatest number of those that are there; 0: there is none. */
  newest: number
  /** As many are unread, these included. */
  unread: number
}

/** For each of these people, in one statement, so that all of it is of the same moment. */
export async function findStandings(db: Db, userIds: readonly string[], now: string): Promise<Standing[]> {
  const { rows } = await sql<Standing>`
    select coalesce((select last_seq from notification_counters where user_id = of_user), 0) as seq,
      coalesce((select max(seq) from notifications where user_id = of_user), 0) as newest,
      (select count(*) from notifications
       where user_id = of_user and read_at is null and (snoozed_until is null or snoozed_until <= ${now})) as unread
    from unnest(${userIds}::uuid[]) with ordinality as asked (of_user, place) order by place`.execute(db)
  return rows
}

/** False: it has been told before. Another transaction that is about to tell it is waited for. */
export async function insertCause(db: Db, userId: string, cause: string, now: string): Promise<boolean> {
  const { rows } = await sql`
    insert into notification_causes (user_id, cause, created_at) values (${userId}, ${cause}, ${now})
    on conflict do nothing returning 1`.execute(db)
  return rows.length > 0
}

/** Takes the next number: from here to the commit everybody else who tells this person something waits. */
export async function insertNotification(
  db: Db,
  userId: string,
  notification: Omit<Notification, 'seq' | 'snoozed_until'>,
): Promise<Notification> {
  const { id, type, title, body, data, job_id, application_id, read_at, created_at } = notification
  const { rows } = await sql<Notification>`
    with counter as (
      insert into notification_counters (user_id, last_seq) values (${userId}, 1)
      on conflict (user_id) do update set last_seq = notification_counters.last_seq + 1
      returning last_seq
    )
    insert into notifications (user_id, id, seq, type, title, body, data, job_id, application_id, read_at, created_at)
    select ${userId}::uuid, ${id}::uuid, last_seq, ${type}, ${title}, ${body}, ${JSON.stringify(data)}::json, ${job_id}::uuid,
      ${application_id}::uuid, ${read_at}::timestamptz, ${created_at}::timestamptz
    from counter returning ${columnsInList}`.execute(db)
  return rows[0] as Notification
}

type Changed = { id: string }

/** Read (an instant) or unread (null); only those it changes. */
export async function setReadAt(db: Db, where: RawBuilder<unknown>, readAt: string | null): Promise<void> {
  const differs = readAt === null ? sql`read_at is not null` : sql`read_at is null`
  await sql`update notifications set read_at = ${readAt} where ${where} and ${differs}`.execute(db)
}

/** Locks them in one order, so that two who mark the same never wait for each other. */
export async function lockNotifications(db: Db, where: RawBuilder<unknown>): Promise<string[]> {
  const { rows } = await sql<Changed>`select id from notifications where ${where} order by id for update`.execute(db)
  return rows.map(({ id }) => id)
}

export async function setNotification(
  db: Db,
  userId: string,
  id: string,
  changes: Partial<Pick<Notification, 'read_at' | 'snoozed_until'>>,
): Promise<void> {
  await db.updateTable('notifications').set(changes).where('user_id', '=', userId).where('id', '=', id).execute()
}

export async function deleteNotifications(db: Db, where: RawBuilder<unknown>): Promise<void> {
  await sql`delete from notifications where ${where}`.execute(db)
}

export const withIds = (userId: string, ids: readonly string[]) => sql`user_id = ${userId} and id = any(${ids}::uuid[])`

export async function findPreferences(db: Db, userId: string): Promise<unknown> {
  const row = await db.selectFrom('notification_preferences').select('preferences').where('user_id', '=', userId).executeTakeFirst()
  return row?.preferences
}

export async function savePreferences(db: Db, userId: string, preferences: unknown, now: string): Promise<void> {
  const row = { preferences: JSON.stringify(preferences), updated_at: now }
  await db
    .insertInto('notification_preferences')
    .values({ user_id: userId, ...row })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(row))
    .execute()
}

/** The day of the last digest of a person; null: there was none that counts. */
export async function setDigestDay(db: Db, userId: string, day: string | null): Promise<void> {
  if (day === null) await sql`delete from digest_days where user_id = ${userId}`.execute(db)
  else
    await sql`
      insert into digest_days (user_id, day) values (${userId}, ${day}::date)
      on conflict (user_id) do update set day = excluded.day`.execute(db)
}
