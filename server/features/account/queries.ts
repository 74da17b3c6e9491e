import { type Kysely, sql } from 'kysely'
import type { Me } from '../../../contract/account.ts'
import type { AccountListQuery, AccountRecord } from '../../../contract/admin.ts'
import { countUpTo, keysetPage } from '../../database/keyset.ts'
import type { Tables } from '../../database/tables.ts'

type Db = Kysely<Tables>

export function findMe(db: Db, userId: string): Promise<Omit<Me, 'auth'> | undefined> {
  return db
    .selectFrom('users')
    .select(['id', 'email', 'email_verified', 'name', 'is_admin', 'created_at'])
    .select(({ exists, selectFrom }) =>
      exists(selectFrom('sign_in_methods').select('id').whereRef('user_id', '=', 'users.id').where('password', 'is not', null))
        .$castTo<boolean>()
        .as('has_password'),
    )
    .where('id', '=', userId)
    .executeTakeFirst()
}

export async function setMe(db: Db, userId: string, changes: { name?: string; updated_at: string }): Promise<void> {
  await db.updateTable('users').set(changes).where('id', '=', userId).execute()
}

/** With everything that hangs on it, and the links that were mailed, which no foreign key knows. */
export async function deleteUser(db: Db, userId: string): Promise<void> {
  const { email } = await db.selectFrom('users').select('email').where('id', '=', userId).executeTakeFirstOrThrow()
  await sql`delete from verifications where value = ${userId} or identifier = ${email} or value like ${`%${userId}%`}`.execute(db)
  await sql`delete from invites where email = ${email}`.execute(db)
  await db.deleteFrom('users').where('id', '=', userId).execute()
}

const columns = [
  'id',
  'email',
  'name',
  'is_admin',
  'email_verified',
  'disabled_at',
  'created_at',
] as const satisfies (keyof AccountRecord)[]

export async function listAccounts(db: Db, { limit, cursor, sort, q }: AccountListQuery) {
  const from = sql`users`
  // As many rows as people: read through, and compared by code point so that % and _ are letters like others.
  const where = q === undefined ? sql`not is_local` : sql`not is_local and strpos(lower(name || ' ' || email), lower(${q.trim()})) > 0`
  const page = await keysetPage<AccountRecord>(db, {
    columns: sql.join(columns.map((name) => sql.ref(name))),
    from,
    where,
    id: sql`id`,
    sort: { expression: sql`created_at`, type: 'timestamptz', nullable: false, descending: sort.startsWith('-') },
    limit,
    cursor,
    boundTo: ['users', sort, q],
  })
  return { ...page, total: await countUpTo(db, from, where) }
}

export const findAccountByEmail = (db: Db, email: string): Promise<{ id: string } | undefined> =>
  db.selectFrom('users').select('id').where('email', '=', email).where('is_local', '=', false).executeTakeFirst()

type Changes = { is_admin?: boolean; disabled_at?: string | null; updated_at: string }

export function setAccount(db: Db, id: string, changes: Changes): Promise<AccountRecord | undefined> {
  return db.updateTable('users').set(changes).where('id', '=', id).where('is_local', '=', false).returning(columns).executeTakeFirst()
}

export async function deleteSessions(db: Db, userId: string): Promise<void> {
  await db.deleteFrom('sessions').where('user_id', '=', userId).execute()
}

/** Accounts that can sign in, and how many of them are admins. */
export async function countAccounts(db: Db): Promise<{ accounts: number; admins: number }> {
  const { rows } = await sql<{ accounts: number; admins: number }>`
    select count(*) as accounts, count(*) filter (where is_admin and disabled_at is null) as admins from users where not is_local`.execute(
    db,
  )
  return rows[0] as { accounts: number; admins: number }
}

export async function isDisabled(db: Db, userId: string): Promise<boolean> {
  const found = await db.selectFrom('users').select('disabled_at').where('id', '=', userId).executeTakeFirst()
  return found?.disabled_at != null
}

export async function hasAccount(db: Db, id: string): Promise<boolean> {
  return (await db.selectFrom('users').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
}
