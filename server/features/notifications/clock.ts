import type { App } from '../../app.ts'
import { forEverybody } from '../../database/row-security.ts'
import { findNextSnoozeEnd } from './due-queries.ts'
import { remind } from './reminders.ts'

// A start has better things to do.
const firstLookAfterMs = 3_000
const looksEveryMs = 30_000

/** Looks for what is due, by one timer: twice a minute, and when something that was put away comes back. */
export function startReminding(app: App): () => Promise<void> {
  if (!app.config.reminders) return async () => {}
  let timer: NodeJS.Timeout
  let isStopped = false
  let looking = Promise.resolve()
  const look = async () => {
    await remind(app)
    const end = await forEverybody(() => findNextSnoozeEnd(app.db))
    const until = end === null ? looksEveryMs : Date.parse(end) - app.now().getTime()
    return Math.min(looksEveryMs, Math.max(until, 50))
  }
  const lookIn = (ms: number) => {
    if (isStopped) return
    timer = setTimeout(() => {
      looking = look()
        .catch((error: unknown) => {
          if (!isStopped) app.log.error({ err: error }, 'reminders could not be told; trying again')
          return looksEveryMs
        })
        .then(lookIn)
    }, ms).unref()
  }
  lookIn(firstLookAfterMs)
  return async () => {
    isStopped = true
    clearTimeout(timer)
    await looking
  }
}
