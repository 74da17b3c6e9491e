import type { Locator, Page } from '@playwright/test'
import type { Client } from '../../client/client.ts'
import type { ApplicationStatus } from '../../contract/applications.ts'
import { expect, expectAccessible, test } from './landed.ts'

const column = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const card = (within: Page | Locator, company: string) => within.getByRole('link', { name: company })
const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const dayFromNow = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

async function apply(client: Client, company: string, status: ApplicationStatus, more: object = {}) {
  const job = await client.jobs.create({ body: { company, title: 'Platform Engineer', location: 'Lisbon' } })
  return client.applications.create({ body: { job_id: job.id, status, ...more } })
}
const statusOf = async (client: Client, id: string) => (await client.applications.get({ params: { id } })).status
const toStatuses = async (client: Client, id: string) =>
  (await client.applications.listEvents({ params: { id } })).items.map((event) => event.to_status)

test('a card that is dragged across the board is still there after a restart', async ({ page, landed }) => {
  const northwind = await apply(landed.client, 'Northwind Labs', 'applied')
  await apply(landed.client, 'Halden Systems', 'screening', { follow_up_on: dayFromNow(-1) })
  await page.goto('/applications')
  await expect(card(column(page, 'Screening'), 'Halden Systems')).toBeVisible()
  await expect(column(page, 'Screening').getByText('Follow-up due')).toBeVisible()

  await card(page, 'Northwind Labs').dragTo(column(page, 'Interview'))
  await expect(card(column(page, 'Interview'), 'Northwind Labs')).toBeVisible()
  await expect(card(column(page, 'Applied'), 'Northwind Labs')).toBeHidden()
  await expect.poll(() => statusOf(landed.client, northwind.id)).toBe('interview')

  await landed.restart()
  await page.reload()
  await expect(card(column(page, 'Interview'), 'Northwind Labs')).toBeVisible()

  // Onto a folded column, which then says that it has one more.
  await card(page, 'Northwind Labs').dragTo(page.getByRole('button', { name: /^Rejected/ }))
  await expect(page.getByRole('button', { name: 'Rejected 1' })).toBeVisible()
  await page.getByRole('button', { name: 'Rejected 1' }).click()
  await expect(card(column(page, 'Rejected'), 'Northwind Labs')).toBeVisible()
})

test('the board by keyboard: walk, carry, choose, undo; a refused move comes back with the reason', async ({ page, landed }) => {
  const northwind = await apply(landed.client, 'Northwind Labs', 'interested')
  const halden = await apply(landed.client, 'Halden Systems', 'applied')
  await page.goto('/applications')
  await expect(card(page, 'Northwind Labs')).toBeVisible()
  await page.keyboard.press('j')
  await expect(card(page, 'Northwind Labs')).toBeFocused()
  await page.keyboard.press('l')
  await expect(card(page, 'Halden Systems')).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('a')
  await expect(card(column(page, 'Applied'), 'Northwind Labs')).toBeFocused()
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Shift+ArrowRight')
  await expect(card(column(page, 'Interview'), 'Northwind Labs')).toBeFocused()
  await page.keyboard.press('u')
  await expect(card(column(page, 'Screening'), 'Northwind Labs')).toBeVisible()
  await expect.poll(() => toStatuses(landed.client, northwind.id)).toEqual(['interested', 'applied', 'screening'])

  await card(page, 'Halden Systems').focus()
  await page.keyboard.press('s')
  await page.getByRole('menuitem', { name: 'Rejected' }).press('Enter')
  await expect(page.getByRole('button', { name: 'Rejected 1' })).toBeVisible()
  await expect.poll(() => statusOf(landed.client, halden.id)).toBe('rejected')

  // Its job gets another application, so the first cannot be opened again.
  await landed.client.applications.create({ body: { job_id: halden.job_id, status: 'applied' } })
  await page.goto('/applications?status=rejected')
  await card(page, 'Halden Systems').focus()
  await page.keyboard.press('s')
  await page.getByRole('menuitem', { name: 'Offer' }).click()
  const alert = page.getByRole('alert').filter({ hasText: 'Halden Systems stays in Rejected' })
  await expect(alert).toContainText('This job has an open application already.')
  await expect(card(column(page, 'Rejected'), 'Halden Systems')).toBeVisible()
})

test('the page of one: a back-dated answer, an interview with feedback, a contact, a follow-up, notes', async ({ page, landed }) => {
  // A walk through the whole page: long where the machine is busy.
  test.slow()
  const { id } = await apply(landed.client, 'Northwind Labs', 'applied', { applied_on: dayFromNow(-20) })
  await page.goto(`/applications?open=${id}`)
  await page.getByRole('button', { name: 'Open as a full page' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Platform Engineer' })).toBeFocused()

  await page.getByRole('button', { name: 'Log an answer' }).click()
  await page.getByRole('combobox', { name: 'What happened' }).click()
  await page.getByRole('option', { name: 'Screening' }).click()
  await page.getByRole('textbox', { name: 'Day' }).fill(dayFromNow(-6))
  await page.getByRole('textbox', { name: 'Day' }).press('Tab')
  const follows = page.getByRole('status', { name: 'What would follow' })
  await expect(follows).toContainText('Screening')
  await expect(follows).toContainText('First answer')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('button', { name: 'Status: Screening. Change' })).toBeVisible()
  const answered = await landed.client.applications.get({ params: { id } })
  expect(answered).toMatchObject({ status: 'screening', status_since: dayFromNow(-6), response_on: dayFromNow(-6) })

  const interviews = section(page, 'Interviews')
  await page.keyboard.press('i')
  await interviews.getByLabel('Place or link').fill('https://meet.example.com/abc')
  await expect(interviews.getByLabel('Move the application to Interview')).toBeChecked()
  await interviews.getByRole('button', { name: 'Add interview' }).click()
  await expect(page.getByRole('button', { name: 'Status: Interview. Change' })).toBeVisible()
  await expect(section(page, 'Next step')).toContainText(/Interview (tomorrow|in \d+ hours)/)

  await interviews.getByRole('button', { name: 'More on round 1' }).click()
  await page.getByRole('menuitem', { name: 'Mark as held' }).click()
  await interviews.getByLabel('4, well').check()
  await interviews.getByLabel('Questions they asked').fill('Why a queue?\nHow do you test it?')
  // What is written survives a reload before it is saved.
  await page.reload()
  await interviews.getByRole('button', { name: 'Add feedback' }).click()
  await expect(interviews.getByLabel('Questions they asked')).toHaveValue('Why a queue?\nHow do you test it?')
  await interviews.getByRole('button', { name: 'Save feedback' }).click()
  await expect(interviews.getByText('How do you test it?')).toBeVisible()
  await expect(interviews).toContainText('It went well (4 of 5)')

  const contacts = section(page, 'Contacts')
  await contacts.getByRole('button', { name: 'Add a contact' }).click()
  await contacts.getByLabel('Name').fill('Ana Moreira')
  await contacts.getByLabel('E-mail').fill('ana@northwind.example')
  await contacts.getByRole('button', { name: 'Save contact' }).click()
  await expect(contacts.getByRole('link', { name: 'ana@northwind.example' })).toHaveAttribute('href', 'mailto:ana@northwind.example')

  await page.keyboard.press('f')
  await page.getByRole('dialog', { name: 'Follow up' }).getByRole('button', { name: 'In 3 days' }).click()
  await page.getByRole('textbox', { name: 'Notes', exact: true }).fill('They like boats.')
  await expect(section(page, 'Notes').getByText('Saved', { exact: true })).toBeVisible()
  await expect
    .poll(() => landed.client.applications.get({ params: { id } }))
    .toMatchObject({ follow_up_on: dayFromNow(3), notes: 'They like boats.', contacts: [{ name: 'Ana Moreira' }] })

  // The first answer goes, and so does what followed from it.
  const history = page.getByRole('list', { name: 'History' })
  await history.getByRole('button', { name: 'More on Screening' }).click()
  await page.getByRole('menuitem', { name: 'Remove' }).click()
  await expect(history.getByText('Screening')).toBeHidden()
  await page.keyboard.press('u')
  await expect(history.getByText('Screening')).toBeVisible()
})

test('a new job and its application: what went in is kept, and the retry makes nothing twice', async ({ page, landed }) => {
  await page.goto('/applications')
  await expect(page.getByRole('heading', { name: 'No applications yet' })).toBeVisible()
  await page.keyboard.press('n')
  await page.keyboard.press('a')
  const dialog = page.getByRole('dialog', { name: 'Add an application' })
  await dialog.getByLabel('Which job?').fill('Data Engineer')
  await dialog.getByRole('option', { name: 'A new job: “Data Engineer”' }).click()
  await dialog.getByLabel('Company').fill('Kestrel Mobility')
  // The server gets it, and its answer is lost on the way.
  await page.route('**/api/v1/applications', async (route) => {
    if (route.request().method() !== 'POST') return route.continue()
    await route.fetch()
    await route.abort()
  })
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(dialog.getByText('Data Engineer at Kestrel Mobility is among your jobs.')).toBeVisible()
  await page.unroute('**/api/v1/applications')
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('complementary', { name: 'Kestrel Mobility' })).toBeVisible()
  expect((await landed.client.jobs.list()).total.value).toBe(1)
  expect((await landed.client.applications.list()).total.value).toBe(1)

  // The same job again leads to the application it has.
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await dialog.getByRole('option', { name: /Kestrel Mobility/ }).click()
  await expect(page.getByRole('complementary', { name: 'Kestrel Mobility' })).toBeVisible()
})

test('accessible in light and dark, and on a phone', async ({ page, landed }) => {
  // axe reads six whole pages.
  test.slow()
  const { id } = await apply(landed.client, 'Northwind Labs', 'interview', {
    interviews: [{ starts_at: `${dayFromNow(2)}T10:00:00.000Z`, place: 'https://meet.example.com/abc' }],
    contacts: [{ name: 'Ana Moreira', email: 'ana@northwind.example' }],
  })
  await apply(landed.client, 'Halden Systems', 'applied', { follow_up_on: dayFromNow(0) })
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.goto('/applications')
    await expect(card(page, 'Northwind Labs')).toBeVisible()
    await expectAccessible(page)
    await page.goto(`/applications/${id}`)
    await expect(page.getByRole('list', { name: 'History' })).toBeVisible()
    await page.getByRole('button', { name: 'Add an event or note' }).click()
    await expectAccessible(page)
  }
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.keyboard.press('f')
  await expect(page.getByRole('dialog', { name: 'Follow up' })).toBeVisible()
  await expectAccessible(page)

  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/applications?view=table&sort=company')
  await expect(page.getByRole('row').nth(1)).toContainText('Halden Systems')
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Northwind Labs' }).click()
  await expect(page.getByRole('dialog', { name: 'Northwind Labs' })).toContainText('Interview in 2 days')
  await page.goto('/applications')
  await page.getByRole('button', { name: 'Move Halden Systems, Platform Engineer' }).click()
  await page.getByRole('menuitem', { name: 'Screening' }).click()
  await expect(card(column(page, 'Screening'), 'Halden Systems')).toBeAttached()
  const widths = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth])
  expect(widths[0]).toBeLessThanOrEqual(Number(widths[1]))
})
