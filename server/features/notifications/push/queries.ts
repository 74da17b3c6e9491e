import { type Kysely, sql } from 'kysely'
import type { PushSubscription } from '../../../../contract/channels.ts'
import { countUpTo, keysetPage } from '../../../database/keyset.ts'
import type { Tables } from '../../../database/tables.ts'
import type { PushSubscriptionsTable } from '../table.ts'

type Db = Kysely<Tables>

const columns = ['id', 'endpoint', 'device', 'created_at', 'last_ok_at'] as const satisfies (keyof PushSubscription)[]

export async function listSubscriptions(
  db: Db,
  userId: string,
  { limit, cursor, sort }: { limit: number; cursor?: string | undefined; sort: string },
) {
  const from = sql`push_subscriptions`
  const where = sql`user_id = ${userId}`
  const page = await keysetPage<PushSubscription>(db, {
    columns: sql.join(columns.map((name) => sql.ref(name))),
    from,
    where,
    id: sql`id`,
    sort: { expression: sql`created_at`, type: 'timestamptz', nullable: false, descending: sort.startsWith('-') },
    limit,
    cursor,
    boundTo: [userId, 'push subscriptions', sort],
  })
  return { ...page, total: await countUpTo(db, from, where) }
}

export async function countSubscriptions(db: Db, userId: string): Promise<number> {
  return (await countUpTo(db, sql`push_subscriptions`, sql`user_id = ${userId}`)).value
}

export async function findSubscriptionIds(db: Db, userId: string): Promise<string[]> {
  const rows = await db.selectFrom('push_subscriptions').select('id').where('user_id', '=', userId).orderBy('id').execute()
  return rows.map(({ id }) => id)
}

export type Subscription = Pick<PushSubscriptionsTable, 'endpoint' | 'p256dh' | 'auth' | 'device'>

export function findSubscription(db: Db, userId: string, id: string): Promise<Subscription | undefined> {
  return db
    .selectFrom('push_subscriptions')
    .select(['endpoint', 'p256dh', 'auth', 'device'])
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export function insertSubscription(
  db: Db,
  userId: string,
  subscription: Subscription & { id: string; created_at: string },
): Promise<PushSubscription> {
  return db
    .insertInto('push_subscriptions')
    .values({ user_id: userId, ...subscription })
    .returning(columns)
    .executeTakeFirstOrThrow()
}

/** New keys for a browser that is known by its endpoint. */
export function renewSubscription(db: Db, userId: string, { endpoint, ...keys }: Subscription): Promise<PushSubscription | undefined> {
  return db
    .updateTable('push_subscriptions')
    .set(keys)
    .where('user_id', '=', userId)
    .where('endpoint', '=', endpoint)
    .returning(columns)
    .executeTakeFirst()
}

export async function setSubscriptionOk(db: Db, userId: string, id: string, now: string): Promise<void> {
  await db.updateTable('push_subscriptions').set({ last_ok_at: now }).where('user_id', '=', userId).where('id', '=', id).execute()
}

export async function deleteSubscription(db: Db, userId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('push_subscriptions').where('user_id', '=', userId).where('id', '=', id).executeTakeFirst()
  return numDeletedRows > 0n
}
