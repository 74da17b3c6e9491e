import { setTimeout as pause } from 'node:timers/promises'
import type { App } from '../app.ts'
import { AppError } from '../errors.ts'

/** How long somebody who comes now would wait. Beyond it, who comes is told to come again, so that those who are here are served. */
const lookEveryMs = 250
const longestWaitMs = 5_000
const latestTurnMs = 1_000
// One pause of the machine is no load.
const lateInARow = 3

export type Load = { isTooMuch(): boolean; stop(): Promise<void> }

/** Watches how late the event loop is, and how long a connection to the database takes to get: both as anybody here meets them. */
export function watchLoad({ pool, log }: Pick<App, 'pool' | 'log'>): Load {
  const stopping = new AbortController()
  let late = 0
  let askedAt: number | null = null
  let waited = 0
  let wasTooMuch = false

  // Takes its place in the queue like everybody else; whoever stands before it is what it measures.
  const askForConnection = async () => {
    askedAt = performance.now()
    try {
      const client = await pool.connect()
      waited = performance.now() - askedAt
      client.release()
    } catch {
      // Away or not to be had in time: the requests say so themselves.
      waited = 0
    } finally {
      askedAt = null
    }
  }
  const isTooMuch = () => late >= lateInARow || Math.max(waited, askedAt === null ? 0 : performance.now() - askedAt) > longestWaitMs
  const watch = async () => {
    for (;;) {
      const before = performance.now()
      await pause(lookEveryMs, undefined, { ref: false, signal: stopping.signal })
      late = performance.now() - before - lookEveryMs > latestTurnMs ? late + 1 : 0
      if (askedAt === null && pool.waitingCount > 0) void askForConnection()
      else if (askedAt === null) waited = 0
      if (isTooMuch() !== wasTooMuch) {
        wasTooMuch = !wasTooMuch
        log.warn(
          { waiting: pool.waitingCount },
          wasTooMuch ? 'too much at once: who comes now is told to come again' : 'there is room again',
        )
      }
    }
  }
  // It ends by being stopped.
  watch().catch(() => {})
  return { isTooMuch, stop: async () => stopping.abort() }
}

export function refuseOverload(load: Load): void {
  if (load.isTooMuch())
    throw new AppError('overloaded', 'There is more to do than can be done at once. Nothing was done; try again in a moment.')
}
