import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { startEmbedded } from './embedded/embedded.ts'
import { GuardedPool, makePersonRole } from './row-security.ts'
import type { Tables } from './tables.ts'
import { type OnStatement, timedClient } from './timed-client.ts'

export type OpenDatabase = {
  db: Kysely<Tables>
  pool: pg.Pool
  /** For what takes as long as its reader: apart, so that slow downloads cannot take the connections of everything else. */
  streams: pg.Pool
  close(): Promise<void>
}

/** A row is the answer: instants arrive as ISO text with milliseconds, days as they are, counts as numbers. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === pg.types.builtins.TIMESTAMPTZ) return instantText
    if (oid === pg.types.builtins.DATE) return String
    if (oid === pg.types.builtins.INT8 || oid === pg.types.builtins.NUMERIC) return Number
    return pg.types.getTypeParser(oid, format as 'text')
  }) as typeof pg.types.getTypeParser,
}

// '2026-11-22 08:00:00.12+00' (the session's zone is UTC) to '2026-11-22T08:00:00.120Z'
function instantText(text: string): string {
  if (!text.endsWith('+00')) return new Date(text).toISOString()
  const fraction = text.slice(20, -3)
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction.padEnd(3, '0')}Z`
}

/** Opens the database that `config` names: any PostgreSQL from 15 on, or the embedded one. */
export async function openDatabase(
  config: Config,
  log: Logger,
  more: { fsync?: boolean | undefined; onStatement?: OnStatement | undefined } = {},
): Promise<OpenDatabase> {
  const embedded =
    config.databaseUrl === null
      ? await startEmbedded({ dataDir: config.dataDir, log, ...(more.fsync === undefined ? {} : { fsync: more.fsync }) })
      : null
  if (embedded && config.rowSecurity)
    await makePersonRole({ ...embedded.connection, user: 'postgres', database: 'postgres' }, embedded.connection.user)
  let closing = false
  // Only the reason: the driver hangs the whole client, address and all, on its errors.
  const lost = (what: string) => (error: Error) => {
    if (!closing) log.warn({ reason: error.message }, what)
  }
  const openPool = (max: number, statementTimeout: string) => {
    const pool = new (config.rowSecurity ? GuardedPool : pg.Pool)({
      ...(more.onStatement ? { Client: timedClient(more.onStatement) } : {}),
      ...(embedded?.connection ?? { connectionString: config.databaseUrl as string }),
      max,
      connectionTimeoutMillis: 10_000,
      idleTimeoutMillis: 60_000,
      application_name: 'landed',
      // Sent with the connection, so no query is spent on it; a pooler that refuses it must be told to ignore it.
      options: `-c timezone=UTC -c datestyle=ISO -c statement_timeout=${statementTimeout} -c lock_timeout=15s -c idle_in_transaction_session_timeout=60s`,
      types,
    })
    pool.on('error', lost('an idle database connection was lost; the pool opens another'))
    // A client that is checked out when its server goes away emits too, and an unheard error ends the process.
    pool.on('connect', (client) => client.on('error', lost('a database connection was lost')))
    return pool
  }
  const pool = openPool(10, '60s')
  const streams = openPool(4, '0')

  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  const close = async () => {
    closing = true
    await Promise.all([db.destroy(), streams.end()])
    await embedded?.stop()
  }
  try {
    const { rows } = await pool.query<{ version: number }>(`select current_setting('server_version_num')::int as version`)
    const version = rows[0]?.version ?? 0
    if (version < 150_000) throw new Error(`DATABASE_URL leads to PostgreSQL ${Math.floor(version / 10_000)}. Landed needs 15 or newer.`)
  } catch (error) {
    await close()
    throw error
  }
  return { db, pool, streams, close }
}
