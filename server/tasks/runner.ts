/**
 * Work that outlives the request it came with: it runs on in this process, one piece at a time for each person and kind.
 * The process holds an advisory lock as long as it has any, so everybody can tell when it died.
 */
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import type pg from 'pg'
import { v7 as uuidv7 } from 'uuid'
import type { App } from '../app.ts'
import { inTransaction } from '../database/transaction.ts'

export type Runner = {
  /** A handler gets an App whose `db` may be a transaction; what runs on after it needs the one that was started. */
  app: App
  /** The name of this process's lock, kept with what it has under way. */
  owner: string
  lock: Promise<pg.PoolClient> | null
  /** The end of the last piece of each person and kind. */
  waiting: Map<string, Promise<void>>
  underWay: Set<string>
  isStopping: boolean
}

// By the pool, which every copy of an App shares.
const runners = new WeakMap<App['pool'], Runner>()
const commitWithinMs = 30_000

/** The one of this server; made once, with the App that the server was made with. */
export function startRunner(app: App): Runner {
  const runner = runners.get(app.pool) ?? {
    app,
    owner: uuidv7(),
    lock: null,
    waiting: new Map(),
    underWay: new Set(),
    isStopping: false,
  }
  runners.set(app.pool, runner)
  return runner
}

export function runnerOf(app: App): Runner {
  const runner = runners.get(app.pool)
  if (!runner) throw new Error('background work was not started on this server')
  return runner
}

/** Asks all work to end at its next step, and waits for it. */
export async function stopRunner(runner: Runner): Promise<void> {
  runner.isStopping = true
  await Promise.all(runner.waiting.values())
}

/** Starts `work` when what `turn` names is done with what came before. The lock must be held for `id`; it is released after. */
export function runInTurn(runner: Runner, turn: string, id: string, work: () => Promise<void>): void {
  const before = runner.waiting.get(turn) ?? Promise.resolve()
  const present = before
    .then(work)
    .catch((error: unknown) => runner.app.log.error({ err: error, id }, 'background work could not be ended properly'))
    .then(async () => {
      if (runner.waiting.get(turn) === present) runner.waiting.delete(turn)
      await releaseLock(runner, id)
    })
  runner.waiting.set(turn, present)
}

/** A request with an Idempotency-Key commits its record with its answer, a moment after it was written. */
export async function untilCommitted<T>(find: () => Promise<T | undefined>): Promise<T | undefined> {
  for (const until = Date.now() + commitWithinMs; Date.now() < until; await setTimeout(20)) {
    const found = await find()
    if (found) return found
  }
  return undefined
}

/** Runs `work` for each of these processes that is no more, in a transaction in which nobody else does. */
export async function forDeadOwners(app: App, owners: readonly string[], work: (app: App, owner: string) => Promise<void>): Promise<void> {
  const runner = runners.get(app.pool)
  for (const owner of owners) {
    if (owner === runner?.owner && runner.underWay.size > 0) continue
    await inTransaction(app, async (app) => {
      const lock = await sql<{ free: boolean }>`
        select pg_try_advisory_xact_lock(hashtextextended(${lockName(owner)}, 0)) as free`.execute(app.db)
      if (lock.rows[0]?.free) await work(app, owner)
    })
  }
}

const lockName = (owner: string) => `background owner ${owner}`

/** In a transaction of its own, which a pooler keeps on one connection; taken for the first piece of work, given back after the last. */
export async function holdLock(runner: Runner, id: string): Promise<void> {
  runner.underWay.add(id)
  runner.lock ??= (async () => {
    const client = await runner.app.pool.connect()
    try {
      await client.query('begin')
      await client.query('set local idle_in_transaction_session_timeout = 0')
      await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [lockName(runner.owner)])
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

export async function releaseLock(runner: Runner, id: string): Promise<void> {
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
