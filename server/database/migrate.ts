import { readdir, readFile } from 'node:fs/promises'
import type pg from 'pg'
import type { Logger } from 'pino'

const folder = new URL('../../migrations/', import.meta.url)

/** Every version of the schema in its order; the last one is the code's. */
export const migrationNames = async () => (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()

export const readMigration = (name: string) => readFile(new URL(name, folder), 'utf8')

/**
 * Brings the database to the code's version: plain SQL files, forward only, in one transaction under one lock,
 * so of several processes that start together one migrates and the others find it done.
 * Throws when the database is newer than the code.
 */
export async function migrate(pool: pg.Pool, log: Pick<Logger, 'info'>): Promise<void> {
  const files = await migrationNames()
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(`set local statement_timeout = 0`)
    await client.query(`set local lock_timeout = 0`)
    await client.query(`select pg_advisory_xact_lock(hashtextextended('landed migrations', 0))`)
    await client.query(`create table if not exists migrations (name text primary key, applied_at timestamptz(3) not null default now())`)
    const { rows } = await client.query<{ name: string }>('select name from migrations order by name')
    const done = new Set(rows.map((row) => row.name))
    const unknown = rows.filter((row) => !files.includes(row.name))
    if (unknown.length > 0) {
      throw new Error(
        `This database was used by a newer Landed (it has ${unknown.map((row) => row.name).join(', ')}). Start that version again, or restore a backup into an empty data folder.`,
      )
    }
    for (const name of files) {
      if (done.has(name)) continue
      await client.query(await readMigration(name))
      await client.query('insert into migrations (name) values ($1)', [name])
      log.info({ migration: name }, 'migrated the database')
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}
