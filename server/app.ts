import type { Kysely } from 'kysely'
import { type Logger, type LoggerOptions, pino } from 'pino'
import pretty from 'pino-pretty'
import type { Config } from './config.ts'
import { ensureLocalUser } from './database/local-user.ts'
import { migrate } from './database/migrate.ts'
import { type OpenDatabase, openDatabase } from './database/open.ts'
import type { Tables } from './database/tables.ts'
import { createLive, type Live } from './live/live.ts'

/** What a function that acts needs. It knows no feature. */
export type App = {
  readonly config: Config
  /** Inside `inTransaction` this is the transaction. */
  readonly db: Kysely<Tables>
  /** The pool beneath `db`, for COPY, which Kysely does not speak. */
  readonly pool: OpenDatabase['pool']
  /** A few connections for long downloads: see streamCopy. */
  readonly streams: OpenDatabase['streams']
  readonly log: Logger
  readonly now: () => Date
  /** Who is connected, and listens. */
  readonly live: Live
  /** The one person of AUTH=off. */
  readonly localUser: { id: string }
  /** True once the process was told to stop: ready answers 503. */
  readonly lifecycle: { stopping: boolean }
}

export type OpenApp = App & AsyncDisposable

export type Overrides = { now?: () => Date; log?: Logger; fsync?: boolean }

/** Opens everything in order; `await using` (or its asyncDispose) closes it in reverse. */
export async function createApp(config: Config, overrides: Overrides = {}): Promise<OpenApp> {
  const log = overrides.log ?? createLog(config)
  const now = overrides.now ?? (() => new Date())
  let localUser: App['localUser']
  const database = await openDatabase(config, log, { fsync: overrides.fsync })
  try {
    await migrate(database.pool, log)
    localUser = await ensureLocalUser(database.db, now())
  } catch (error) {
    await database.close()
    throw error
  }
  return {
    config,
    db: database.db,
    pool: database.pool,
    streams: database.streams,
    log,
    now,
    live: createLive(),
    localUser,
    lifecycle: { stopping: false },
    [Symbol.asyncDispose]: () => database.close(),
  }
}

/** JSON lines for machines; readable ones where a person looks on. */
function createLog(config: Config): Logger {
  const options: LoggerOptions = {
    level: config.logLevel,
    // Belt and braces: nothing should log these, but a library's error object may carry them.
    redact: {
      paths: ['*.password', '*.authorization', '*.cookie', 'headers.authorization', 'headers.cookie', '*.connectionString'],
      censor: '[redacted]',
    },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    base: null,
  }
  return process.stdout.isTTY ? pino(options, pretty({ sync: true, translateTime: 'SYS:HH:MM:ss', singleLine: true })) : pino(options)
}
