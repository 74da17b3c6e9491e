import { type Kysely, sql } from 'kysely'
import type { Token, TokenListQuery } from '../../../contract/tokens.ts'
import { countUpTo, keysetPage } from '../../database/keyset.ts'
import type { Tables } from '../../database/tables.ts'

type Db = Kysely<Tables>

const columns = ['id', 'name', 'scopes', 'prefix', 'expires_at', 'last_used_at', 'created_at'] as const satisfies (keyof Token)[]

export async function listTokens(db: Db, userId: string, { limit, cursor, sort }: TokenListQuery) {
  const from = sql`tokens`
  const where = sql`user_id = ${userId}`
  const page = await keysetPage<Token>(db, {
    columns: sql.join(columns.map((name) => sql.ref(name))),
    from,
    where,
    id: sql`id`,
    sort: { expression: sql`created_at`, type: 'timestamptz', nullable: false, descending: sort.startsWith('-') },
    limit,
    cursor,
    boundTo: [userId, 'tokens', sort],
  })
  return { ...page, total: await countUpTo(db, from, where) }
}

export async function countTokens(db: Db, userId: string): Promise<number> {
  return (await countUpTo(db, sql`tokens`, sql`user_id = ${userId}`)).value
}

export function insertToken(db: Db, userId: string, token: Omit<Token, 'last_used_at'> & { hash: Buffer }): Promise<Token> {
  return db
    .insertInto('tokens')
    .values({ user_id: userId, ...token })
    .returning(columns)
    .executeTakeFirstOrThrow()
}

export async function deleteToken(db: Db, userId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('tokens').where('user_id', '=', userId).where('id', '=', id).executeTakeFirst()
  return numDeletedRows > 0n
}
