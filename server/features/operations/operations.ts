import { sql } from 'kysely'
import type { App } from '../../app.ts'
import { version } from '../../version.ts'

/** Asks each dependency a trivial question and says how long the answer took, in milliseconds. */
export async function checkReadiness(app: App) {
  const [database, redis] = await Promise.all([
    check(app, 'the database', async () => {
      const began = performance.now()
      await sql`select 1`.execute(app.db)
      return performance.now() - began
    }),
    app.config.redisUrl === null ? null : check(app, 'Redis', async () => app.cache.ping()),
  ])
  const status = app.lifecycle.stopping ? ('stopping' as const) : database.status
  // Without Redis everything is answered all the same.
  return { status, version, dependencies: { database, ...(redis ? { redis } : {}) } }
}

async function check(app: App, what: string, ask: () => Promise<number | null>) {
  try {
    const took = await ask()
    return { status: 'ok' as const, latency_ms: took === null ? null : Math.round(took * 100) / 100 }
  } catch (error) {
    app.log.warn({ err: error }, `${what} does not answer`)
    return { status: 'failing' as const, latency_ms: null }
  }
}
