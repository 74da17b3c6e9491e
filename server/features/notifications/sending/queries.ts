import { type Kysely, sql } from 'kysely'
import { openStatuses } from '../../../../contract/applications.ts'
import type { Channel, Delivery, DeliveryListQuery } from '../../../../contract/channels.ts'
import type { NotificationType } from '../../../../contract/notifications.ts'
import { allOf, countUpTo, keysetPage } from '../../../database/keyset.ts'
import type { Tables } from '../../../database/tables.ts'
import type { Message } from '../table.ts'

type Db = Kysely<Tables>

export type Waiting = {
  user_id: string
  id: string
  notification_id: string
  /** Whether there is a notification in the app as well. */
  is_in_app: boolean
  channel: Exclude<Channel, 'in_app'>
  subscription_id: string | null
  type: NotificationType
  message: Message
  topic: string | null
  attempts: number
  is_quiet: boolean
  pointless_at: string | null
  created_at: string
}

const columns = sql.raw(
  'd.user_id, d.id, d.notification_id, d.is_in_app, d.channel, d.subscription_id, d.type, d.message, d.topic, d.attempts, d.is_quiet, d.pointless_at, d.created_at',
)

export type NewDelivery = Omit<Waiting, 'user_id' | 'attempts'> & { next_attempt_at: string }

export async function insertDeliveries(db: Db, userId: string, deliveries: readonly NewDelivery[]): Promise<void> {
  const rows = deliveries.map(({ message, ...row }) => ({ user_id: userId, ...row, message: JSON.stringify(message) }))
  await db.insertInto('deliveries').values(rows).execute()
}

/** What is newer says it. */
export async function supersedePending(db: Db, userId: string, topic: string, now: string): Promise<void> {
  await sql`
    update deliveries set status = 'superseded', next_attempt_at = null, finished_at = ${now}, last_error = 'Something newer was told instead.'
    where user_id = ${userId} and topic = ${topic} and status = 'pending'`.execute(db)
}

/** Takes what is due, so that no other process does until `leaseUntil`: by then it was sent, or its process is no more. */
export async function claimDeliveries(
  db: Db,
  channel: Waiting['channel'],
  now: string,
  leaseUntil: string,
  limit: number,
): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    update deliveries d set attempts = d.attempts + 1, next_attempt_at = ${leaseUntil}
    from (
      select user_id, id from deliveries where status = 'pending' and channel = ${channel} and next_attempt_at <= ${now}
      order by next_attempt_at limit ${limit} for update skip locked
    ) as due
    where d.user_id = due.user_id and d.id = due.id returning ${columns}`.execute(db)
  return rows
}

export async function findNextAttempt(db: Db, channel: Waiting['channel']): Promise<string | null> {
  const { rows } = await sql<{ at: string | null }>`
    select min(next_attempt_at) as at from deliveries where status = 'pending' and channel = ${channel}`.execute(db)
  return rows[0]?.at ?? null
}

type Ended = { status: 'sent' | 'failed' | 'dropped' | 'superseded'; goesTo: string | null; reason: string | null }

export async function endDelivery(db: Db, { user_id, id }: Waiting, { status, goesTo, reason }: Ended, now: string): Promise<void> {
  await sql`
    update deliveries set status = ${status}, next_attempt_at = null, is_quiet = false, finished_at = ${now},
      goes_to = coalesce(${goesTo}, goes_to), last_error = ${reason}
    where user_id = ${user_id} and id = ${id}`.execute(db)
}

type Postponed = { at: string; isQuiet: boolean; goesTo: string | null; reason: string | null; attempts: number }

/** Not what was superseded meanwhile. */
export async function postponeDelivery(
  db: Db,
  { user_id, id }: Waiting,
  { at, isQuiet, goesTo, reason, attempts }: Postponed,
): Promise<void> {
  await sql`
    update deliveries set next_attempt_at = ${at}, is_quiet = ${isQuiet}, attempts = ${attempts},
      goes_to = coalesce(${goesTo}, goes_to), last_error = coalesce(${reason}, last_error)
    where user_id = ${user_id} and id = ${id} and status = 'pending'`.execute(db)
}

export async function deleteEndedBefore(db: Db, before: string): Promise<void> {
  await sql`delete from deliveries where finished_at < ${before}`.execute(db)
}

const shown = [
  'id',
  'notification_id',
  'channel',
  'goes_to',
  'status',
  'attempts',
  'next_attempt_at',
  'last_error',
  'created_at',
  'finished_at',
] as const satisfies (keyof Delivery)[]

export async function listDeliveries(db: Db, userId: string, { limit, cursor, sort, ...filter }: DeliveryListQuery) {
  const from = sql`deliveries`
  const where = allOf([
    sql`user_id = ${userId}`,
    ...(filter.notification_id ? [sql`notification_id = ${filter.notification_id}`] : []),
    ...(filter.channel ? [sql`channel = ${filter.channel}`] : []),
    ...(filter.status ? [sql`status = ${filter.status}`] : []),
  ])
  const page = await keysetPage<Delivery>(db, {
    columns: sql.join(shown.map((name) => sql.ref(name))),
    from,
    where,
    id: sql`id`,
    sort: { expression: sql`created_at`, type: 'timestamptz', nullable: false, descending: sort.startsWith('-') },
    limit,
    cursor,
    boundTo: [userId, 'deliveries', filter, sort],
  })
  return { ...page, total: await countUpTo(db, from, where) }
}

/** Who it is for, as far as it decides whether and where something is sent. */
export async function findRecipient(db: Db, userId: string) {
  return db.selectFrom('users').select(['email', 'email_verified', 'disabled_at']).where('id', '=', userId).executeTakeFirst()
}

/** Whether an interview is still to come as it was told: not over, moved, cancelled, muted, closed or in the trash. */
export async function isInterviewAsTold(db: Db, userId: string, id: unknown, startsAt: unknown, now: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from interviews i join applications a on a.user_id = i.user_id and a.id = i.application_id
    where i.user_id = ${userId} and i.id = ${id}::uuid and i.starts_at = ${startsAt}::timestamptz and i.status = 'scheduled'
      and i.starts_at + make_interval(mins => coalesce(i.duration_minutes, 60)) > ${now}
      and a.deleted_at is null and not a.reminders_muted and a.status = any(${[...openStatuses]}::text[])`.execute(db)
  return rows.length > 0
}

export type ChannelFigures = {
  channel: Channel
  waiting: number
  last_sent_at: string | null
  last_failed_at: string | null
  last_error: string | null
}

/** `address`: failures at another one say nothing of this. */
export async function countByChannel(db: Db, userId: string, address: string | null): Promise<ChannelFigures[]> {
  const { rows } = await sql<ChannelFigures>`
    select channel, count(*) filter (where status = 'pending') as waiting,
      max(finished_at) filter (where status = 'sent') as last_sent_at,
      max(finished_at) filter (where status = 'failed') as last_failed_at,
      (array_agg(last_error order by finished_at desc nulls first, next_attempt_at desc)
        filter (where last_error is not null and status in ('pending', 'failed')))[1] as last_error
    from deliveries
    where user_id = ${userId} and (channel <> 'email' or goes_to is null or goes_to = ${address}::text)
    group by channel`.execute(db)
  return rows
}
