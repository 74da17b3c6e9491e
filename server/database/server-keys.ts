import { type Kysely, sql } from 'kysely'
import { forEverybody } from './row-security.ts'
import type { Tables } from './tables.ts'

/** A secret of this server. Made when it is first asked for; of several processes that ask at once all get the same. */
export function serverKey(db: Kysely<Tables>, name: string, make: () => string): Promise<string> {
  return forEverybody(async () => {
    const kept = await findServerKey(db, name)
    if (kept !== undefined) return kept
    await sql`insert into server_keys (name, value, created_at) values (${name}, ${make()}, now()) on conflict do nothing`.execute(db)
    return (await findServerKey(db, name)) as string
  })
}

async function findServerKey(db: Kysely<Tables>, name: string): Promise<string | undefined> {
  const { rows } = await sql<{ value: string }>`select value from server_keys where name = ${name}`.execute(db)
  return rows[0]?.value
}
