/**
 * Imports that are too long for one request: they run on in this process, one at a time for each person, from a copy of
 * the file in DATA_DIR/imports. The process holds an advisory lock as long as it has any, so everybody can tell when it died.
 */
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import type pg from 'pg'
import { v7 as uuidv7 } from 'uuid'
import type { App } from '../../app.ts'
import { freshenStatistics } from '../../database/statistics.ts'
import { inTransaction } from '../../database/transaction.ts'
import type { Upload } from '../../http/uploads.ts'
import type { User } from '../../http/who-is-asking.ts'
import { completeImport, type Order } from './carry-out.ts'
import { findImport, insertImport, type NewImport, setImport } from './queries.ts'

/** A handler gets an App whose `db` may be a transaction; what runs on after it needs the one that was started. */
type Runner = {
  app: App
  owner: string
  lock: Promise<pg.PoolClient> | null
  /** The end of the last import of each person. */
  waiting: Map<string, Promise<void>>
  underWay: Set<string>
  isStopping: boolean
}

// By the pool, which every copy of an App shares.
const runners = new WeakMap<App['pool'], Runner>()

const folderOf = (app: App) => join(app.config.dataDir, 'imports')
const progressEveryMs = 500
const commitWithinMs = 30_000

/** The tables that an import may fill. */
export const writtenTables = ['jobs', 'applications', 'application_events', 'interviews', 'import_rows', 'import_before_images'] as const

class Stopped extends Error {}

/** Called once the server is made. What a process before it left unfinished is marked as failed. */
export async function startImports(app: App): Promise<() => Promise<void>> {
  const runner: Runner = { app, owner: uuidv7(), lock: null, waiting: new Map(), underWay: new Set(), isStopping: false }
  runners.set(app.pool, runner)
  await failInterrupted(app)
  await removeLeftFiles(app)
  return async () => {
    runner.isStopping = true
    await Promise.all(runner.waiting.values())
  }
}

/** Whether an import of this person is under way here already: the next one then waits its turn behind the scenes too. */
export const isBusy = (app: App, user: User) => runners.get(app.pool)?.waiting.has(user.id) ?? false

/** Writes the record, keeps the file, and starts once the record is there for all to see. */
export async function runLater(
  app: App,
  user: User,
  record: Omit<NewImport, 'owner'>,
  file: Upload,
  orderFor: (path: string) => Promise<Order>,
): Promise<void> {
  const runner = runners.get(app.pool)
  if (!runner) throw new Error('imports were not started on this server')
  await holdLock(runner, record.id)
  const path = join(folderOf(app), record.id)
  await mkdir(folderOf(app), { recursive: true, mode: 0o700 })
  await rename(file.path, path)
  try {
    await insertImport(app.db, user.id, { ...record, owner: runner.owner })
  } catch (error) {
    await rm(path, { force: true })
    await releaseLock(runner, record.id)
    throw error
  }
  const before = runner.waiting.get(user.id) ?? Promise.resolve()
  const turn = before
    .then(() => run(runner, user, record.id, () => orderFor(path)))
    .catch((error: unknown) => app.log.error({ err: error, import_id: record.id }, 'an import could not be ended properly'))
    .then(async () => {
      if (runner.waiting.get(user.id) === turn) runner.waiting.delete(user.id)
      await rm(path, { force: true })
      await releaseLock(runner, record.id)
    })
  runner.waiting.set(user.id, turn)
}

async function run(runner: Runner, user: User, id: string, orderFor: () => Promise<Order>): Promise<void> {
  const { app } = runner
  if (!(await isCommitted(app, user, id))) return
  const started = performance.now()
  let told = 0
  const onProgress = async (processed: number) => {
    if (runner.isStopping) throw new Stopped()
    if (processed === 0 || performance.now() - told < progressEveryMs) return
    told = performance.now()
    await setImport(app.db, user.id, id, { processed })
  }
  try {
    if (runner.isStopping) throw new Stopped()
    await setImport(app.db, user.id, id, { status: 'running' })
    const order = await orderFor()
    await freshenStatistics(app, writtenTables)
    await inTransaction(app, (inside) => completeImport(inside, user, order, started, onProgress))
    await freshenStatistics(app, writtenTables)
  } catch (error) {
    if (!(error instanceof Stopped)) app.log.error({ err: error, import_id: id }, 'an import failed')
    const problem =
      error instanceof Stopped
        ? interrupted
        : {
            code: 'internal_error',
            message: 'Something went wrong here, and nothing was imported. Try again; the server log has the cause.',
          }
    await setImport(app.db, user.id, id, {
      status: 'failed',
      processed: 0,
      problem,
      finished_at: app.now().toISOString(),
      duration_ms: Math.round(performance.now() - started),
    })
  }
}

const interrupted = { code: 'interrupted', message: 'Landed was stopped while this ran. Nothing was imported; send the file again.' }

// A request with an Idempotency-Key commits the record with its answer, a moment after it was written.
async function isCommitted(app: App, user: User, id: string): Promise<boolean> {
  for (const until = Date.now() + commitWithinMs; Date.now() < until; await setTimeout(20)) {
    if (await findImport(app.db, user.id, id)) return true
  }
  return false
}

/** Marks as failed what belongs to a process that is no more: nobody holds its lock. */
export async function failInterrupted(app: App): Promise<void> {
  const { rows } = await sql<{ owner: string }>`
    select distinct owner from imports where status in ('queued', 'running') and owner is not null`.execute(app.db)
  const runner = runners.get(app.pool)
  for (const { owner } of rows) {
    if (owner === runner?.owner && runner.underWay.size > 0) continue
    await inTransaction(app, async (app) => {
      const lock = await sql<{ free: boolean }>`select pg_try_advisory_xact_lock(${lockName(owner)}) as free`.execute(app.db)
      if (!lock.rows[0]?.free) return
      await sql`
        update imports set status = 'failed', processed = 0, problem = ${JSON.stringify(interrupted)}, finished_at = ${app.now().toISOString()}
        where owner = ${owner} and status in ('queued', 'running')`.execute(app.db)
    })
  }
}

const lockName = (owner: string) => sql`hashtextextended(${`import owner ${owner}`}, 0)`

/** In a transaction of its own, which a pooler keeps on one connection; taken by the first import, given back after the last. */
async function holdLock(runner: Runner, id: string): Promise<void> {
  runner.underWay.add(id)
  runner.lock ??= (async () => {
    const client = await runner.app.pool.connect()
    try {
      await client.query('begin')
      await client.query('set local idle_in_transaction_session_timeout = 0')
      await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`import owner ${runner.owner}`])
      return client
    } catch (error) {
      client.release(true)
      throw error
    }
  })()
  try {
    await runner.lock
  } catch (error) {
    runner.underWay.delete(id)
    runner.lock = null
    throw error
  }
}

async function releaseLock(runner: Runner, id: string): Promise<void> {
  runner.underWay.delete(id)
  if (runner.underWay.size > 0 || !runner.lock) return
  const lock = runner.lock
  runner.lock = null
  const client = await lock
  await client.query('rollback').then(
    () => client.release(),
    () => client.release(true),
  )
}

async function removeLeftFiles(app: App): Promise<void> {
  const names = await readdir(folderOf(app)).catch(() => [] as string[])
  for (const name of names) {
    const { rows } = await sql`select 1 from imports where id::text = ${name} and status in ('queued', 'running')`.execute(app.db)
    if (rows.length === 0) await rm(join(folderOf(app), name), { force: true })
  }
}
