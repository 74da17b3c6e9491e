/**
 * Holds jobs against a profile that has changed. A few at once, in the transaction of the change; then all of them once more in the
 * background, part by part: a job that was being written at that moment may still have been held against the profile before.
 */
import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import type { App } from '../../app.ts'
import { asUser, forEverybody } from '../../database/row-security.ts'
import { afterCommit, inRetriedTransaction, inTransaction } from '../../database/transaction.ts'
import type { User } from '../../http/who-is-asking.ts'
import { claimScoring, deleteMark, findStale, hasMoreJobsThan, isQuiet, markStale, scoreNext } from './queries.ts'

const atOnce = 2_000
const inBackground = 1_000
const lookEveryMs = 30_000
const lookAgainMs = 300

// By the pool, which every copy of an App shares.
const lookers = new WeakMap<App['pool'], () => void>()

/** The profile is another now. In its transaction. */
export async function scoreJobs(app: App, user: User): Promise<void> {
  if (!(await hasMoreJobsThan(app.db, user.id, atOnce))) {
    await inRetriedTransaction(app, async (app) => {
      await scoreNext(app.db, user.id, null, atOnce)
    })
  }
  scoreSoon(app)
}

/** Jobs came with scores of their own, as from a backup. In their transaction. */
export async function keepScores(app: App, user: User): Promise<void> {
  await sql`set local landed.keep_match_scores = 'on'`.execute(app.db)
  await markStale(app.db, user.id)
  scoreSoon(app)
}

const scoreSoon = (app: App) => afterCommit(app, () => lookers.get(app.pool)?.())

/** Does what changes leave to do, those of a process that is no more too. */
export async function startScoring(app: App): Promise<() => Promise<void>> {
  let isStopping = false
  let timer: NodeJS.Timeout
  let looking = Promise.resolve()
  const lookIn = (ms: number) => {
    clearTimeout(timer)
    if (!isStopping) timer = setTimeout(look, ms).unref()
  }
  const look = () => {
    clearTimeout(timer)
    looking = looking
      .then(() => scoreStale(app, () => isStopping))
      .catch((error: unknown) => {
        app.log.error({ err: error }, 'jobs could not be held against a profile; trying again')
        return true
      })
      .then((isDone) => lookIn(isDone ? lookEveryMs : lookAgainMs))
  }
  lookers.set(app.pool, look)
  lookIn(lookEveryMs)
  return async () => {
    isStopping = true
    lookers.delete(app.pool)
    clearTimeout(timer)
    await looking
  }
}

/** False when somebody has yet to be waited for. */
async function scoreStale(app: App, isStopping: () => boolean): Promise<boolean> {
  let isDone = true
  for (const stale of await forEverybody(() => findStale(app.db))) {
    if (isStopping()) return true
    const user = { id: stale.user_id }
    await asUser(user, async () => {
      // In a transaction that ends at once, so that nobody waits for it.
      if (!(await inTransaction(app, (app) => isQuiet(app.db, user.id)))) isDone = false
      else if (await scoreAll(app, user, isStopping)) await deleteMark(app.db, stale)
    })
  }
  return isDone
}

/** False when it was not, or not to its end. */
function scoreAll(app: App, user: User, isStopping: () => boolean): Promise<boolean> {
  return inTransaction(app, async (holding) => {
    await sql`set local idle_in_transaction_session_timeout = 0`.execute(holding.db)
    if (!(await claimScoring(holding.db, user.id))) return false
    for (let after: string | null = null; ; await setImmediate()) {
      if (isStopping()) return false
      const from: string | null = after
      after = await inRetriedTransaction(app, (app) => scoreNext(app.db, user.id, from, inBackground))
      if (after === null) return true
    }
  })
}
