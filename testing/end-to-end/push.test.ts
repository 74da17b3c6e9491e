import type { Worker } from '@playwright/test'
import { expect, test } from './landed.ts'

/** What is in a service worker, as far as it is needed here. */
type Inside = {
  registration: { showNotification(title: string, options: object): Promise<void> }
  dispatchEvent(event: Event): void
  shown: { title: string; options: { data: object } }[]
  PushEvent: new (type: string, init: { data: string }) => Event
  ExtendableEvent: new (type: string) => Event
}

// A browser without a window shows no notifications of the system, and subscribing needs the push service of the browser's maker.
// So these two ends are played here; what is between them is the worker as it is.
const watch = (worker: Worker) =>
  worker.evaluate(() => {
    const inside = globalThis as unknown as Inside
    inside.shown = []
    inside.registration.showNotification = async (title, options) => void inside.shown.push({ title, options } as Inside['shown'][0])
  })
const push = (worker: Worker, sent: string) =>
  worker.evaluate((data) => {
    const inside = globalThis as unknown as Inside
    inside.dispatchEvent(new inside.PushEvent('push', { data }))
  }, sent)
const shown = (worker: Worker) => worker.evaluate(() => (globalThis as unknown as Inside).shown)
const openFirst = (worker: Worker) =>
  worker.evaluate(() => {
    const inside = globalThis as unknown as Inside
    const notification = { data: inside.shown[0]?.options.data, close: () => {} }
    inside.dispatchEvent(Object.assign(new inside.ExtendableEvent('notificationclick'), { notification }))
  })

test('what comes by push is shown, and opens what it is about in the tab that is there', async ({ page, context, landed }) => {
  const { id: job_id } = await landed.client.jobs.create({ body: { company: 'Northwind', title: 'Engineer' } })
  const { id } = await landed.client.notifications.test({ body: {} })
  await page.goto('/settings')
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('/sw.js')
    await navigator.serviceWorker.ready
  })
  await expect.poll(() => context.serviceWorkers().length).toBe(1)
  const worker = context.serviceWorkers()[0] as Worker
  await watch(worker)
  const message = {
    id,
    type: 'interview_reminder',
    title: 'In 1 hour: <b>Northwind</b>',
    body: 'Engineer',
    url: `/jobs/${job_id}`,
    tag: 'one',
  }
  await push(worker, JSON.stringify(message))
  await push(worker, 'not what Landed sends')
  await expect
    .poll(() => shown(worker))
    .toMatchObject([
      { title: message.title, options: { body: 'Engineer', tag: 'one', renotify: true, requireInteraction: true } },
      { title: 'Landed', options: { body: 'There is something new.', renotify: false } },
    ])

  await openFirst(worker)
  await expect(page).toHaveURL(`/jobs/${job_id}`)
  await expect.poll(async () => (await landed.client.notifications.get({ params: { id } })).read_at).not.toBeNull()

  // Not a site of somebody else's, whatever a message says.
  await watch(worker)
  await push(worker, JSON.stringify({ ...message, url: 'https://example.com/' }))
  await expect.poll(() => shown(worker)).toHaveLength(1)
  await openFirst(worker)
  await push(worker, JSON.stringify(message))
  await expect.poll(() => shown(worker)).toHaveLength(2)
  await expect(page).toHaveURL(`/jobs/${job_id}`)
})
