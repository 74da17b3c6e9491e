import { sql } from 'kysely'
import type { App } from '../../app.ts'
import { version } from '../../version.ts'

/** Asks each dependency a trivial question and says how long the answer took, in milliseconds. */
export async function checkReadiness(app: App) {
  const started = performance.now()
  const database = await sql`select 1`.execute(app.db).then(
    () => ({ status: 'ok' as const, latency_ms: Math.round((performance.now() - started) * 100) / 100 }),
    (error: unknown) => {
      app.log.warn({ err: error }, 'the database does not answer')
      return { status: 'failing' as const, latency_ms: null }
    },
  )
  const status = app.lifecycle.stopping ? ('stopping' as const) : database.status
  return { status, version, dependencies: { database } }
}
