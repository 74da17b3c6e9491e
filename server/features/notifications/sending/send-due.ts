import type { App } from '../../../app.ts'
import { asUser, forEverybody } from '../../../database/row-security.ts'
import { mailConnections } from '../../../mail/mailer.ts'
import { sendByEmail } from '../email/send.ts'
import { sendByPush } from '../push/send.ts'
import { type Bell, makeBell } from './bell.ts'
import { decide } from './decide.ts'
import type { Outcome } from './outcome.ts'
import { claimDeliveries, endDelivery, postponeDelivery, type Waiting } from './queries.ts'

/** So many are taken at once. Of mails no more than there are connections: one that had to wait for another would use up its lease. */
const atOnce = { email: mailConnections, push: 20 }
export const sentBy = ['email', 'push'] as const
export type SentBy = (typeof sentBy)[number]

/** Longer than any attempt takes: whoever has not said what came of it by then is taken for dead. */
const leaseMs = 3 * 60_000
/** After the first attempt, the second and so on. After the last it is given up: 26 hours in all. */
export const retryAfterMinutes = [1, 5, 15, 60, 3 * 60, 6 * 60, 16 * 60]

/**
 * Sends all that is due, each way for itself: a mail server that keeps everybody waiting holds up no push. Safe to call at any time, from
 * any number of processes: each takes what no other has. `bell`: there may be more, while this is at it.
 */
export async function sendDue(
  app: App,
  { ways = sentBy, bell = makeBell(), isStopped = () => false }: { ways?: readonly SentBy[]; bell?: Bell; isStopped?: () => boolean } = {},
): Promise<void> {
  await Promise.all(ways.map((way) => sendDueBy(app, way, bell, isStopped)))
}

async function sendDueBy(app: App, way: SentBy, bell: Bell, isStopped: () => boolean): Promise<void> {
  const underWay = new Set<Promise<void>>()
  let mayBeMore = true
  try {
    while (mayBeMore || underWay.size > 0) {
      // Listened to before looking, so that nothing is missed in between.
      const rung = bell.next().then(() => {
        mayBeMore = true
      })
      const free = atOnce[way] - underWay.size
      if (free > 0 && mayBeMore) {
        mayBeMore = false
        const claimed = isStopped() ? [] : await claim(app, way, free)
        if (claimed.length === free) mayBeMore = true
        for (const one of claimed) {
          const sending = asUser({ id: one.user_id }, () => attempt(app, one)).finally(() => underWay.delete(sending))
          underWay.add(sending)
        }
      }
      // One that is slow holds up its own place only.
      if (underWay.size > 0) await Promise.race(underWay.size < atOnce[way] ? [...underWay, rung] : underWay)
    }
  } finally {
    await Promise.all(underWay)
  }
}

function claim(app: App, way: SentBy, most: number): Promise<Waiting[]> {
  const now = app.now()
  const leaseUntil = new Date(now.getTime() + leaseMs).toISOString()
  return forEverybody(() => claimDeliveries(app.db, way, now.toISOString(), leaseUntil, most))
}

async function attempt(app: App, delivery: Waiting): Promise<void> {
  try {
    const decision = await decide(app, delivery)
    if (decision.kind === 'wait') {
      const { until: at } = decision
      await postponeDelivery(app.db, delivery, { at, isQuiet: true, goesTo: null, reason: null, attempts: delivery.attempts - 1 })
    } else if (decision.kind === 'end') {
      await endDelivery(app.db, delivery, { ...decision, goesTo: null }, app.now().toISOString())
    } else {
      const send = delivery.channel === 'email' ? sendByEmail : sendByPush
      await record(app, delivery, await send(app, delivery, decision))
    }
  } catch (error) {
    app.log.error({ err: error, delivery: delivery.id }, 'a notification could not be sent')
    const outcome = { status: 'retry', goesTo: null, reason: 'Something went wrong inside Landed; its log says what.' } as const
    // If that cannot be written down either, it comes again when its lease is over.
    await record(app, delivery, outcome).catch(() => {})
  }
}

async function record(app: App, delivery: Waiting, outcome: Outcome): Promise<void> {
  const now = app.now()
  const { status, retryAfterMs = 0 } = outcome
  if (status !== 'retry') return endDelivery(app.db, delivery, { ...outcome, status }, now.toISOString())
  const { attempts, pointless_at } = delivery
  const minutes = retryAfterMinutes[attempts - 1]
  if (minutes === undefined) return endDelivery(app.db, delivery, { ...outcome, status: 'failed' }, now.toISOString())
  const at = new Date(now.getTime() + Math.max(minutes * 60_000, retryAfterMs)).toISOString()
  // Looked at once more when it has become pointless, so that it is known to be.
  const soonest = pointless_at !== null && pointless_at < at ? pointless_at : at
  await postponeDelivery(app.db, delivery, { ...outcome, at: soonest, isQuiet: false, attempts })
}
