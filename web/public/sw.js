/**
 * The service worker: shows what comes by push, and opens what it is about. It keeps no files and answers no requests, so an update of
 * Landed is never held up by it. Registered as `/sw.js` when somebody switches push on.
 *
 * A message is JSON: { id, type, title, body, url, tag, created_at }. `url` is a path of this app; what has the `tag` of something that is
 * still shown takes its place.
 */
/// <reference lib="webworker" />

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('push', (event) => event.waitUntil(show(read(event.data))))
self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(Promise.all([open(event.notification.data.url), markRead(event.notification.data.id)]))
})
self.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(subscribeAgain(event)))

/** Browsers take push away from those who show nothing, so whatever comes is shown. */
function read(data) {
  const plain = { title: 'Landed', body: 'There is something new.', url: '/inbox' }
  try {
    return { ...plain, ...data?.json() }
  } catch {
    return plain
  }
}

async function show({ id, type, title, body, url, tag, created_at }) {
  await self.registration.showNotification(title, {
    body,
    tag: tag ?? id,
    // A second reminder of the same interview is heard again.
    renotify: (tag ?? id) !== undefined,
    requireInteraction: type === 'interview_reminder',
    timestamp: created_at ? Date.parse(created_at) : Date.now(),
    icon: '/icon-192.png',
    data: { id, url },
  })
}

/** In the tab that is there, if there is one. */
async function open(url) {
  // Never to another site, whatever a message says.
  const target = new URL(url ?? '/', self.location.origin)
  if (target.origin !== self.location.origin) return
  const tabs = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const tab = tabs.find((one) => one.url === target.href) ?? tabs[0]
  if (!tab) {
    await self.clients.openWindow(target.href)
    return
  }
  // The app goes there by itself, without loading anew.
  tab.postMessage({ type: 'open', url: target.pathname + target.search + target.hash })
  await tab.focus()
}

/** Whoever opens it has read it. That the tab tells of it, and that it could not be told, are nothing to wait for. */
async function markRead(id) {
  if (!id) return
  await fetch(`/api/v1/notifications/${encodeURIComponent(id)}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ read: true }),
  }).catch(() => {})
}

/** The browser has new keys, or lost its old ones. */
async function subscribeAgain(event) {
  const { public_key } = await fetch('/api/v1/notifications/push-key').then((answer) => answer.json())
  const subscription =
    event.newSubscription ?? (await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: public_key }))
  await fetch('/api/v1/notifications/push-subscriptions', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(subscription),
  })
}
