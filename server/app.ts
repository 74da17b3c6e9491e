import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { readAuthSecret } from './auth-secret.ts'
import { type Cache, openCache } from './cache/cache.ts'
import type { Config } from './config.ts'
import { ensureLocalUser } from './database/local-user.ts'
import { migrate } from './database/migrate.ts'
import { type OpenDatabase, openDatabase } from './database/open.ts'
import { openTablesToPersons } from './database/row-security.ts'
import type { Tables } from './database/tables.ts'
import { type Limits, openLimits } from './limits/limits.ts'
import { type FanOut, openFanOut } from './live/fan-out.ts'
import { createLive, type Live } from './live/live.ts'
import { createLog } from './log.ts'
import { type Mailer, openMailer } from './mail/mailer.ts'
import { createMetrics, type Metrics } from './observability/metrics.ts'
import { watchStatements } from './observability/statements.ts'
import type { Tracing } from './observability/tracing.ts'

/** What a function that acts needs. It knows no feature. */
export type App = {
  readonly config: Config
  /** Inside `inTransaction` this is the transaction. */
  readonly db: Kysely<Tables>
  /** The pool beneath `db`, for COPY, which Kysely does not speak. */
  readonly pool: OpenDatabase['pool']
  /** A few connections for long downloads: see streamCopy. */
  readonly streams: OpenDatabase['streams']
  /** Answers that stay the same until something of the user's changes; see http/cached.ts. */
  readonly cache: Cache
  /** How often things were done, where that has an end. */
  readonly limits: Limits
  readonly log: Logger
  readonly now: () => Date
  /** What cookies and links are signed with. Empty with AUTH=off, which has neither. */
  readonly authSecret: string
  /** null: no mail server is set. */
  readonly mailer: Mailer | null
  /** Who is connected, and listens. */
  readonly live: Live
  readonly metrics: Metrics
  /** null: no collector is set. */
  readonly tracing: Tracing | null
  /** The one person of AUTH=off. */
  readonly localUser: { id: string }
  /** `stopping`: the process was told to stop, ready answers 503. `url`: where it listens, once it does. */
  readonly lifecycle: { stopping: boolean; url: string | null }
}

export type OpenApp = App & AsyncDisposable

export type Overrides = { now?: () => Date; log?: Logger; fsync?: boolean }

/** Opens everything in order; `await using` (or its asyncDispose) closes it in reverse. */
export async function createApp(config: Config, overrides: Overrides = {}): Promise<OpenApp> {
  const log = overrides.log ?? createLog(config.logLevel)
  const now = overrides.now ?? (() => new Date())
  let localUser: App['localUser']
  let cache: Cache
  let limits: Limits
  let fanOut: FanOut
  let authSecret = ''
  let mailer: Mailer | null
  const metrics = createMetrics()
  // Loaded where it is used: it would be a third of every start.
  const tracing = config.otlpEndpoint
    ? (await import('./observability/tracing.ts')).openTracing(config.otlpEndpoint, config.serviceName)
    : null
  const onStatement = watchStatements(metrics, tracing, log)
  const database = await openDatabase(config, log, { fsync: overrides.fsync, onStatement })
  try {
    await migrate(database.pool, log)
    if (config.rowSecurity) await openTablesToPersons(database.pool)
    localUser = await ensureLocalUser(database.db, now())
    if (config.auth === 'on') authSecret = await readAuthSecret(config)
    mailer = await openMailer(config)
    cache = await openCache(database.pool, { redisUrl: config.redisUrl, log, now })
    limits = await openLimits({ redisUrl: config.redisUrl, log, now })
    fanOut = await openFanOut(config.redisUrl, log)
  } catch (error) {
    await database.close()
    await tracing?.close()
    throw error
  }
  return {
    config,
    db: database.db,
    pool: database.pool,
    streams: database.streams,
    cache,
    limits,
    log,
    now,
    authSecret,
    mailer,
    live: createLive(fanOut),
    metrics,
    tracing,
    localUser,
    lifecycle: { stopping: false, url: null },
    [Symbol.asyncDispose]: async () => {
      mailer?.close()
      await Promise.all([limits.close(), cache.close(), fanOut.close()])
      await database.close()
      await tracing?.close()
    },
  }
}
