import { sql } from 'kysely'
import type { App } from '../app.ts'

/** Runs `work` in one transaction: the present one when there is one, else a new one. */
export function inTransaction<T>(app: App, work: (app: App) => Promise<T>): Promise<T> {
  return app.db.isTransaction ? work(app) : app.db.transaction().execute((db) => work({ ...app, db }))
}

/** Waits until no other transaction holds the same `name`; released when this transaction ends. */
export async function takeTurn(app: App, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(app.db)
}
