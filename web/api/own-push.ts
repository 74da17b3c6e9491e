/** The push subscription of this browser, which is the same for everybody who signs in here. */

export const pushWorker = '/sw.js'

/** Null: there is none. Asks for nothing. */
export async function findOwnSubscription(): Promise<PushSubscription | null> {
  if (!('serviceWorker' in navigator)) return null
  const registration = await navigator.serviceWorker.getRegistration(pushWorker)
  return (await registration?.pushManager?.getSubscription()) ?? null
}

/** The server removes it as soon as the push service says that it is no more. */
export async function unsubscribeHere(): Promise<void> {
  await (await findOwnSubscription())?.unsubscribe()
}
