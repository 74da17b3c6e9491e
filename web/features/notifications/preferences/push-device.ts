import { client } from '../../../api/client.ts'
import { findOwnSubscription, pushWorker } from '../../../api/own-push.ts'

/** This browser as one that push goes to. */

export type PushSupport = 'possible' | 'insecure' | 'unsupported' | 'denied'

export function pushSupport(): PushSupport {
  if (!window.isSecureContext) return 'insecure'
  if (!('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window)) return 'unsupported'
  return Notification.permission === 'denied' ? 'denied' : 'possible'
}

export const whyNotHere: Record<Exclude<PushSupport, 'possible'>, string> = {
  insecure: 'Browsers take push only from a page by https://, or from this machine itself.',
  unsupported: 'This browser has no push. On an iPhone, add Landed to the home screen first.',
  denied: 'This browser was told not to show notifications of Landed. Its own settings for this page can allow them again.',
}

/** The endpoint under which the server knows this browser; null: it does not. Asks for nothing. */
export const findOwnEndpoint = async (): Promise<string | null> => (await findOwnSubscription())?.endpoint ?? null

/** Asks for the permission, which browsers grant only right after a press. */
export async function subscribeHere(): Promise<void> {
  if ((await Notification.requestPermission()) !== 'granted') throw new Error('The browser was not allowed to show notifications.')
  await navigator.serviceWorker.register(pushWorker)
  const { pushManager } = await navigator.serviceWorker.ready
  const { public_key } = await client.notifications.pushKey()
  const subscription = await subscribe(pushManager, public_key)
  const { endpoint, keys } = subscription.toJSON()
  const { p256dh, auth } = keys ?? {}
  if (!endpoint || !p256dh || !auth) throw new Error('The browser gave no address for push.')
  await client.notifications.addPushSubscription({ body: { endpoint, keys: { p256dh, auth } } })
}

/**
 * Always a new one: what is there may be of another account, whose notifications would be shown here, or made for another server's key.
 */
async function subscribe(manager: PushManager, applicationServerKey: string): Promise<PushSubscription> {
  await (await manager.getSubscription())?.unsubscribe()
  return manager.subscribe({ userVisibleOnly: true, applicationServerKey })
}
