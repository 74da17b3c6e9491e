import type { App } from '../../../app.ts'
import { forEverybody } from '../../../database/row-security.ts'
import { makeBell } from './bell.ts'
import { deleteEndedBefore, findNextAttempt } from './queries.ts'
import { type SentBy, sendDue, sentBy } from './send-due.ts'

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
  const each = sentBy.map((way) => startSendingBy(app, way))
  const stopCleaning = startCleaning(app)
  senders.set(app.pool, () => {
    for (const { wake } of each) wake()
  })
  return async () => {
    senders.delete(app.pool)
    await Promise.all([stopCleaning(), ...each.map(({ stop }) => stop())])
  }
}

function startSendingBy(app: App, way: SentBy) {
  let timer: NodeJS.Timeout
  let isStopped = false
  let isWanted = false
  let sending: Promise<void> | null = null
  const bell = makeBell()
  const send = async () => {
    do {
      isWanted = false
      await sendDue(app, { ways: [way], bell, isStopped: () => isStopped })
    } while (isWanted && !isStopped)
    const next = await findNextAttempt(app.db, way)
    const left = next === null ? looksEveryMs : Date.parse(next) - app.now().getTime()
    return Math.min(looksEveryMs, Math.max(left, 50))
  }
  const wake = () => {
    isWanted = true
    bell.ring()
    if (isStopped || sending) return
    clearTimeout(timer)
    // Something slow keeps nobody from looking.
    const ringing = setInterval(bell.ring, looksEveryMs).unref()
    // Whoever woke it.
    sending = forEverybody(send)
      .catch((error: unknown) => {
        if (!isStopped) app.log.error({ err: error }, 'what is to be sent could not be looked for; trying again')
        return looksEveryMs
      })
      .then((ms) => {
        clearInterval(ringing)
        sending = null
        // What came after the last look, and before this.
        if (!isStopped) timer = setTimeout(wake, isWanted ? 0 : ms).unref()
      })
  }
  timer = setTimeout(wake, firstLookAfterMs).unref()
  const stop = async () => {
    isStopped = true
    clearTimeout(timer)
    await sending
  }
  return { wake, stop }
}

/** What was sent can be looked up for a month. */
function startCleaning(app: App): () => Promise<void> {
  let cleaning = Promise.resolve()
  const clean = async () => {
    const before = new Date(app.now().getTime() - keptForMs).toISOString()
    await forEverybody(() => deleteEndedBefore(app.db, before)).catch((error: unknown) =>
      app.log.error({ err: error }, 'what was sent long ago could not be deleted; trying again later'),
    )
  }
  const look = () => {
    cleaning = clean()
  }
  const first = setTimeout(look, firstLookAfterMs).unref()
  const timer = setInterval(look, cleansEveryMs).unref()
  return async () => {
    clearTimeout(first)
    clearInterval(timer)
    await cleaning
  }
}
