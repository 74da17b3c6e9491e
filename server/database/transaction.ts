import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import type { App } from '../app.ts'

// By the transaction.
const waiting = new WeakMap<App['db'], (() => void)[]>()

/** Runs `work` in one transaction: the present one when there is one, else a new one. */
export async function inTransaction<T>(app: App, work: (app: App) => Promise<T>): Promise<T> {
  if (app.db.isTransaction) return work(app)
  const acts: (() => void)[] = []
  const result = await app.db.transaction().execute((db) => {
    waiting.set(db, acts)
    return work({ ...app, db })
  })
  for (const act of acts) act()
  return result
}

/** Once what was written is there for all to see. It may also have been taken back to a savepoint: `act` is only a hint to look. */
export function afterCommit(app: App, act: () => void): void {
  if (app.db.isTransaction) waiting.get(app.db)?.push(act)
  else act()
}

const attempts = 5

/** Like `inTransaction`, and once more from its start when others stood in the way: a deadlock, or a conflict of serialization. */
export async function inRetriedTransaction<T>(app: App, work: (app: App) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await (app.db.isTransaction ? inSavepoint(app, work) : inTransaction(app, work))
    } catch (error) {
      if (!isCollision(error) || attempt === attempts) throw error
      app.log.warn({ attempt, reason: (error as Error).message }, 'others changed the same records; trying again')
      await setTimeout(Math.random() * 50 * attempt)
    }
  }
}

const isCollision = (error: unknown) => error instanceof Error && 'code' in error && (error.code === '40001' || error.code === '40P01')

/** What fails is taken back alone, and the locks it took with it. */
async function inSavepoint<T>(app: App, work: (app: App) => Promise<T>): Promise<T> {
  await sql`savepoint before_attempt`.execute(app.db)
  try {
    const result = await work(app)
    await sql`release savepoint before_attempt`.execute(app.db)
    return result
  } catch (error) {
    await sql`rollback to savepoint before_attempt`.execute(app.db)
    throw error
  }
}

/** Waits until no other transaction holds the same `name`; released when this transaction ends. */
export async function takeTurn(app: App, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(app.db)
}
