import type { Kysely } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Tables } from './tables.ts'

/** The one user of AUTH=off: made at the first start, found at every other. `id`: of the one that is to be made. */
export async function ensureLocalUser(db: Kysely<Tables>, now: Date, id = uuidv7()): Promise<{ id: string }> {
  await db
    .insertInto('users')
    .values({ id, email: null, is_local: true, created_at: now.toISOString() })
    .onConflict((conflict) => conflict.column('is_local').where('is_local', '=', true).doNothing())
    .execute()
  return db.selectFrom('users').select('id').where('is_local', '=', true).executeTakeFirstOrThrow()
}
