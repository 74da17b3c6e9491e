import type { Page } from '@playwright/test'
import type { Client } from '../../client/client.ts'
import { expect, expectAccessible, type Landed, test } from './landed.ts'

async function apply(client: Client, company: string, more: object = {}) {
  const job = await client.jobs.create({ body: { company, title: 'Platform Engineer' } })
  return client.applications.create({ body: { job_id: job.id, status: 'applied', ...more } })
}
/** As another program: what the web app itself does calls nobody. */
const changeElsewhere = ({ client }: Landed, id: string, notes: string) => client.applications.update({ params: { id }, body: { notes } })
const row = (page: Page, text: string) => page.getByRole('listitem').filter({ has: page.getByRole('link', { name: text }) })
const bell = (page: Page, words: string) => page.getByRole('region', { name: 'Search and state' }).getByRole('link', { name: words })
const fromNow = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()

test('two tabs in step, live, and across a restart of the server with nothing lost', async ({ page, landed, context }) => {
  // Starts the server twice, and waits for reminders.
  test.slow()
  const { client } = landed
  // No hour for reminders yet.
  await client.settings.update({ body: { timezone: 'UTC', reminder_hour: 23 } })
  const northwind = await apply(client, 'Northwind Labs')
  const halden = await apply(client, 'Halden Systems')
  await page.goto('/inbox')
  await expect(page.getByRole('heading', { name: 'Nothing happened yet' })).toBeVisible()
  await expect(page.getByText('Connected', { exact: true })).toBeAttached()
  const other = await context.newPage()
  await other.goto(`/applications/${northwind.id}`)
  await expect(bell(other, 'Inbox, nothing unread')).toBeVisible()

  // Where nothing is there is nothing to push; then what comes waits behind a pill.
  await client.applications.update({ params: { id: northwind.id }, body: { status: 'screening' } })
  await expect(row(page, 'Northwind Labs: now in screening')).toBeVisible()
  await expect(bell(other, 'Inbox, 1 unread')).toBeVisible()
  await expect(other).toHaveTitle('(1) Northwind Labs, Platform Engineer · Landed')
  await expect(other.getByRole('button', { name: 'Status: Screening. Change' })).toBeVisible()
  await changeElsewhere(landed, halden.id, 'They called.')
  await page.getByRole('button', { name: '1 new' }).click()
  await expect(row(page, 'Halden Systems: application updated')).toBeVisible()
  await expect(bell(other, 'Inbox, 2 unread')).toBeVisible()

  // Read here is read there.
  await row(page, 'Halden Systems').getByRole('button', { name: 'Mark as read' }).click()
  await expect(bell(other, 'Inbox, 1 unread')).toBeVisible()
  // And what is done here is told to nobody here.
  await expect(page.getByRole('region', { name: 'News' })).toBeHidden()

  // An interview soon, and a follow-up whose hour comes with another time zone; then the server stops and starts.
  await client.applications.addInterview({ params: { id: northwind.id }, body: { starts_at: fromNow(40) } })
  await client.applications.update({ params: { id: halden.id }, body: { follow_up_on: '2026-01-05' } })
  await client.settings.update({ body: { timezone: new Date().getUTCHours() >= 10 ? 'Pacific/Kiritimati' : 'UTC', reminder_hour: 0 } })
  await landed.restart()
  const news = other.getByRole('region', { name: 'News' })
  await expect(news).toContainText(/Interview in \d+ minutes: Northwind Labs/, { timeout: 90_000 })
  await expect(news).toContainText('Follow up with Halden Systems')
  const { unread } = await client.notifications.unreadCount()
  await expect(bell(other, `Inbox, ${unread} unread`)).toBeVisible()
  await expect(bell(page, `Inbox, ${unread} unread`)).toBeVisible()
  await other.getByRole('button', { name: 'Dismiss' }).click()
  await expect(news).toBeHidden()

  // What is to be done about it is done in its row, and undone.
  await page.getByRole('button', { name: /^\d+ new$/ }).click()
  await row(page, 'Follow up with Halden Systems').getByRole('button', { name: 'Followed up' }).click()
  const followUpOf = async () => (await client.applications.get({ params: { id: halden.id } })).follow_up_on
  await expect.poll(followUpOf).toBeNull()
  await page.keyboard.press('u')
  await expect.poll(followUpOf).toBe('2026-01-05')
  await row(page, 'Interview in').getByRole('link').click()
  await expect(page).toHaveURL(new RegExp(`/applications/${northwind.id}$`))
  await expect(bell(other, `Inbox, ${unread - 1} unread`)).toBeVisible()
})

test('by keyboard: read, put away, select, delete, and each of it undone; filters in the address', async ({ page, landed }) => {
  const { client } = landed
  for (const company of ['Northwind Labs', 'Halden Systems', 'Kestrel Mobility'])
    await changeElsewhere(landed, (await apply(client, company)).id, 'x')
  const all = async (query: object) => (await client.notifications.list({ query })).items.map(({ title }) => title.split(':')[0])
  await page.goto('/jobs')
  await expect(page.getByRole('heading', { level: 1, name: 'Jobs' })).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('i')
  await expect(row(page, 'Kestrel Mobility')).toBeVisible()

  await page.keyboard.press('j')
  await expect(row(page, 'Kestrel Mobility').getByRole('link')).toBeFocused()
  await page.keyboard.press('e')
  await expect(row(page, 'Halden Systems').getByRole('link')).toBeFocused()
  await page.keyboard.press('e')
  await expect.poll(() => all({ read: false })).toEqual(['Northwind Labs'])
  await page.keyboard.press('u')
  await expect.poll(() => all({ read: false })).toEqual(['Halden Systems', 'Northwind Labs'])

  // What is read moves below what is not once the list is looked at anew; the filter stands in the address.
  await page.getByText('Unread', { exact: true }).click()
  await expect(page).toHaveURL(/\/inbox\?read=false$/)
  await expect(row(page, 'Kestrel Mobility')).toBeHidden()
  await page.goto('/inbox')
  await expect(page.getByRole('heading', { name: 'Read before' })).toBeVisible()
  await page.keyboard.press('j')
  await expect(row(page, 'Halden Systems').getByRole('link')).toBeFocused()

  await page.keyboard.press('s')
  await page.getByRole('dialog', { name: 'Put away until' }).getByRole('button', { name: 'Tomorrow morning' }).click()
  await expect(row(page, 'Halden Systems')).toBeHidden()
  await page.goto('/inbox?snoozed=only')
  await expect(row(page, 'Halden Systems')).toContainText('until tomorrow')
  await page.keyboard.press('j')
  await page.keyboard.press('e')
  await expect(page.getByRole('heading', { name: 'Nothing is put away' })).toBeVisible()

  await page.goto('/inbox')
  await expect(row(page, 'Halden Systems')).toBeVisible()
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.keyboard.press('Shift+J')
  await expect(page.getByRole('region', { name: 'Selected' })).toContainText('2 selected')
  await page.keyboard.press('#')
  await expect(page.getByRole('region', { name: '2 notifications deleted.' })).toBeVisible()
  await expect(row(page, 'Halden Systems')).toBeHidden()
  await page.keyboard.press('u')
  await expect(row(page, 'Halden Systems')).toBeVisible()
  await expect.poll(() => all({ read: false })).toEqual(['Halden Systems', 'Northwind Labs'])
  await row(page, 'Kestrel Mobility').hover()
  await row(page, 'Kestrel Mobility').getByRole('button', { name: 'Delete' }).click()
  // It goes when nobody can take it back any more.
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await expect.poll(() => all({})).toEqual(['Halden Systems', 'Northwind Labs'])
})

test('what is told, where and when: saved at once, undone, and accessible in light, dark and on a phone', async ({ page, landed }) => {
  // axe reads six whole pages.
  test.slow()
  const { client } = landed
  await changeElsewhere(landed, (await apply(client, 'Northwind Labs')).id, 'x')
  const saved = () => client.notifications.getPreferences()
  await page.goto('/settings')
  await page.getByRole('link', { name: 'Choose what you are told' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Notifications' })).toBeVisible()
  const cell = page.getByRole('checkbox', { name: 'Interview comes up, by e-mail' })
  await expect(cell).toBeDisabled()
  await expect(page.getByText('SMTP_URL')).toBeVisible()
  await page.getByRole('switch', { name: 'E-mail: everything' }).press('Space')
  await expect(cell).toBeEnabled()
  await cell.click()
  await expect.poll(async () => (await saved()).types.interview_reminder.email).toBe(false)
  await page.keyboard.press('u')
  await expect(cell).toBeChecked()
  await expect.poll(async () => (await saved()).types.interview_reminder.email).toBe(true)

  await page.getByText('3 hours', { exact: true }).click()
  await page.getByText('Daily', { exact: true }).click()
  await expect(page.getByText(/next digest: /)).toBeVisible()
  await page.getByRole('switch', { name: 'Send nothing' }).press('Space')
  await page.getByLabel('From', { exact: true }).fill('21:30')
  await page.getByLabel('From', { exact: true }).press('Enter')
  await expect.poll(saved).toMatchObject({
    channels: { email: true },
    interview_reminder_minutes: [1440, 180, 60],
    digest: { frequency: 'daily' },
    quiet_hours: { enabled: true, from: '21:30' },
  })
  await page.getByRole('button', { name: 'Send a test in Landed' }).click()
  await expect(page.getByText('It is in your inbox.')).toBeVisible()
  await page.reload()
  await expect(page.getByRole('checkbox', { name: '3 hours' })).toBeChecked()

  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expectAccessible(page)
    await page.goto('/inbox')
    await expect(row(page, 'Northwind Labs')).toBeVisible()
    await page.keyboard.press('j')
    await expectAccessible(page)
    await page.goto('/settings/notifications')
    await expect(cell).toBeVisible()
  }
  await page.setViewportSize({ width: 390, height: 844 })
  await expectAccessible(page)
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(await overflow()).toBeLessThanOrEqual(0)
  await page
    .getByRole('navigation', { name: 'Pages' })
    .getByRole('link', { name: /^Inbox/ })
    .click()
  await expect(row(page, 'Northwind Labs')).toBeVisible()
  await expectAccessible(page)
  expect(await overflow()).toBeLessThanOrEqual(0)
})
