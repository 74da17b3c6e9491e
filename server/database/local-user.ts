import type { Kysely } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Tables } from './tables.ts'

/** The one user of AUTH=off: made at the first start, found at every other. */
export async function ensureLocalUser(db: Kysely<Tables>, now: Date): Promise<{ id: string }> {
  await db
    .insertInto('users')
    .values({ id: uuidv7(), email: null, is_local: true, created_at: now.toISOString() })
    .onConflict((conflict) => conflict.column('is_local').where('is_local', '=', true).doNothing())
    .execute()
  return db.selectFrom('users').select('id').where('is_local', '=', true).executeTakeFirstOrThrow()
}
