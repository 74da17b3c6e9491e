import { createHash } from 'node:crypto'
import type { App } from '../../../app.ts'
import { fetchOutside, OutsideError } from '../../../outgoing/fetch-outside.ts'
import type { Outcome } from '../sending/outcome.ts'
import { pathOf } from '../sending/path.ts'
import type { Waiting } from '../sending/queries.ts'
import { sayNow } from '../sending/say-now.ts'
import { type VapidKeys, vapidKeys, vapidSubject } from './keys.ts'
import { deleteSubscription, findSubscription, type Subscription, setSubscriptionOk } from './queries.ts'

/** What the service worker gets: web/public/sw.js. */
type Payload = { id: string; type: string; title: string; body: string; url: string; tag: string; created_at: string }

const daySeconds = 24 * 60 * 60
/** Push services take 4,096 bytes, of which the encryption takes about a hundred. */
const longest = { title: 200, body: 1_500 }
const withinMs = 15_000

/** One attempt at one browser. The service worker shows the same notification once, however often it comes. */
export async function sendByPush(app: App, delivery: Waiting): Promise<Outcome> {
  const { user_id, subscription_id } = delivery
  const subscription = await findSubscription(app.db, user_id, subscription_id as string)
  if (!subscription) return { status: 'dropped', goesTo: null, reason: 'This browser takes no more push.' }
  const goesTo = subscription.device
  try {
    const request = await requestFor(subscription, await payloadOf(app, delivery), {
      ...(await vapidKeys(app)),
      subject: vapidSubject(app.config),
      ...urgencyOf(delivery, app.now()),
    })
    const answer = await fetchOutside(app, request.endpoint, { ...request, timeoutMs: withinMs, maxBytes: 64 * 1024 })
    return { goesTo, ...(await readAnswer(app, delivery, answer)) }
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error
    app.log.warn({ err: error, delivery: delivery.id, attempt: delivery.attempts }, 'a push service could not be asked')
    if (error.reason === 'refused') return { status: 'failed', goesTo, reason: `Its push service is not asked: ${error.message}` }
    return { status: 'retry', goesTo, reason: 'Its push service could not be reached.' }
  }
}

async function payloadOf(app: App, delivery: Waiting): Promise<Payload> {
  const { notification_id: id, type, message, topic, created_at } = delivery
  const { title, late } = await sayNow(app, delivery)
  const body = late === null ? message.body : `${late}\n${message.body}`
  return {
    id,
    type,
    title: cutAt(title, longest.title),
    body: cutAt(body, longest.body),
    url: pathOf(type, message),
    tag: topic ?? id,
    created_at,
  }
}

/** At so many bytes of JSON, between two characters. */
function cutAt(text: string, bytes: number): string {
  let left = bytes
  let kept = ''
  for (const character of text) {
    left -= Buffer.byteLength(JSON.stringify(character)) - 2
    if (left < 0) return `${kept}…`
    kept += character
  }
  return text
}

type Urgency = { TTL: number; urgency: 'low' | 'normal' | 'high'; topic?: string }

/** How long a push service keeps it for a browser that is away, whether it may wake a phone, and what it takes the place of there. */
function urgencyOf({ type, topic, pointless_at }: Waiting, now: Date): Urgency {
  const left = pointless_at === null ? 3 * daySeconds : Math.floor((Date.parse(pointless_at) - now.getTime()) / 1000)
  return {
    TTL: Math.max(0, Math.min(left, 7 * daySeconds)),
    urgency: type === 'interview_reminder' || type === 'test' ? 'high' : type === 'digest' ? 'low' : 'normal',
    ...(topic === null ? {} : { topic: createHash('sha256').update(topic).digest('base64url').slice(0, 32) }),
  }
}

async function requestFor(
  { endpoint, p256dh, auth }: Subscription,
  payload: Payload,
  { subject, publicKey, privateKey, ...options }: VapidKeys & Urgency & { subject: string },
) {
  // Loaded where it is needed: a start has better things to do.
  const { default: webPush } = await import('web-push')
  const { method, headers, body } = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, JSON.stringify(payload), {
    vapidDetails: { subject, publicKey, privateKey },
    contentEncoding: 'aes128gcm',
    ...options,
  })
  return { endpoint, method, body, headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])) }
}

async function readAnswer(app: App, { user_id, subscription_id }: Waiting, answer: Response): Promise<Omit<Outcome, 'goesTo'>> {
  const id = subscription_id as string
  if (answer.ok) {
    await setSubscriptionOk(app.db, user_id, id, app.now().toISOString())
    return { status: 'sent', reason: null }
  }
  if (answer.status === 404 || answer.status === 410) {
    await deleteSubscription(app.db, user_id, id)
    return { status: 'dropped', reason: 'This browser takes no more push, so it was removed.' }
  }
  const said = `${answer.status} ${(await answer.text()).replaceAll(/\s+/g, ' ').slice(0, 200)}`.trim()
  if (answer.status === 429 || answer.status >= 500) {
    const retryAfterMs = readRetryAfter(answer.headers.get('retry-after'), app.now())
    return { status: 'retry', reason: `Its push service did not take it yet: ${said}`, retryAfterMs }
  }
  return { status: 'failed', reason: `Its push service refused it for good: ${said}` }
}

const longestWaitMs = daySeconds * 1000

/** Seconds or a date; nothing that can be read: 0. */
function readRetryAfter(text: string | null, now: Date): number {
  if (text === null) return 0
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now.getTime()
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), longestWaitMs) : 0
}
