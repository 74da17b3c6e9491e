import type { App } from '../../../app.ts'
import { forEverybody } from '../../../database/row-security.ts'
import { deleteEndedBefore, findNextAttempt } from './queries.ts'
import { sendDue } from './send-due.ts'

// Other processes write down what is to be sent as well.
const looksEveryMs = 10_000
const firstLookAfterMs = 3_000
const keptForMs = 30 * 24 * 60 * 60_000
const cleansEveryMs = 6 * 60 * 60_000

// By the pool, which every copy of an App shares.
const senders = new WeakMap<App['pool'], () => void>()

/** There may be something to send now. */
export const wakeSender = (app: App) => senders.get(app.pool)?.()

/** Sends what is due: when something was written down, when a next attempt has come, and for what other processes leave. */
export function startSending(app: App): () => Promise<void> {
  if (!app.config.reminders) return async () => {}
  let timer: NodeJS.Timeout
  let isStopped = false
  let isWanted = false
  let sending: Promise<void> | null = null
  let cleanedAt = 0
  const send = async () => {
    do {
      isWanted = false
      await sendDue(app, () => isStopped)
    } while (isWanted && !isStopped)
    if (Date.now() - cleanedAt > cleansEveryMs) {
      cleanedAt = Date.now()
      await deleteEndedBefore(app.db, new Date(app.now().getTime() - keptForMs).toISOString())
    }
    const next = await findNextAttempt(app.db)
    const until = next === null ? looksEveryMs : Date.parse(next) - app.now().getTime()
    return Math.min(looksEveryMs, Math.max(until, 50))
  }
  const wake = () => {
    isWanted = true
    if (isStopped || sending) return
    clearTimeout(timer)
    // Whoever woke it.
    sending = forEverybody(send)
      .catch((error: unknown) => {
        if (!isStopped) app.log.error({ err: error }, 'what is to be sent could not be looked for; trying again')
        return looksEveryMs
      })
      .then((ms) => {
        sending = null
        // What came after the last look, and before this.
        if (!isStopped) timer = setTimeout(wake, isWanted ? 0 : ms).unref()
      })
  }
  senders.set(app.pool, wake)
  timer = setTimeout(wake, firstLookAfterMs).unref()
  return async () => {
    isStopped = true
    senders.delete(app.pool)
    clearTimeout(timer)
    await sending
  }
}
