import { randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { migrationNames, readMigration } from './migrate.ts'
import type { Tables } from './tables.ts'

type Db = Kysely<Tables>

/**
 * Runs `work` where Landed is empty and at the version `newest`: a schema of its own, made by the same migrations, that
 * comes first in the search path and is gone afterwards. Inside of a transaction only. `migrate` brings it to the code's version.
 */
export async function inScratchSchema<T>(db: Db, newest: string, work: (migrate: () => Promise<void>) => Promise<T>): Promise<T> {
  const names = await migrationNames()
  const schema = `landed_scratch_${randomUUID().replaceAll('-', '')}`
  const { rows } = await sql<{ path: string; role: string }>`
    select current_setting('search_path') as path, current_setting('role') as role`.execute(db)
  const { path, role } = rows[0]!
  const setPath = (path: string) => sql`select set_config('search_path', ${path}, true)`.execute(db)
  const setRole = (role: string) => sql`select set_config('role', ${role}, true)`.execute(db)
  const apply = async (some: string[]) => {
    for (const name of some) await sql.raw(await readMigration(name)).execute(db)
  }
  // Nobody's rows are there, and only the owner of the database may make it.
  await setRole('none')
  await sql`create schema ${sql.ref(schema)}`.execute(db)
  // The extensions' functions are in public.
  await setPath(`${schema}, public`)
  await apply(names.filter((name) => name <= newest))
  const result = await work(() => apply(names.filter((name) => name > newest)))
  await setPath(path)
  await sql`drop schema ${sql.ref(schema)} cascade`.execute(db)
  await setRole(role)
  return result
}

/** Somebody to own what is put into it. Called the local one: making any other account takes a turn with real ones. */
export async function makeScratchUser(db: Db): Promise<{ id: string }> {
  const { rows } = await sql<{ id: string }>`
    insert into users (id, is_local, created_at) values (gen_random_uuid(), true, now()) returning id`.execute(db)
  return rows[0] as { id: string }
}
