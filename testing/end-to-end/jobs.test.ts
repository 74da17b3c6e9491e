import type { Page } from '@playwright/test'
import type { Client } from '../../client/client.ts'
import { expect, expectAccessible, test } from './landed.ts'

const row = (page: Page, name: string | RegExp) => page.getByRole('row', { name })
const panel = (page: Page) => page.getByRole('complementary')

async function fill(client: Client) {
  const add = (company: string, title: string, more: object = {}) => client.jobs.create({ body: { company, title, ...more } })
  await add('Northwind Labs', 'Platform Engineer', {
    location: 'Lisbon, Portugal',
    remote_option: 'hybrid',
    salary_min: 62_000,
    salary_max: 74_000,
    salary_currency: 'EUR',
    salary_period: 'year',
    tech_stack: ['TypeScript', 'PostgreSQL'],
    description: 'We build boats.\n\n- One thing\n- <b>Another</b>',
    url: 'https://careers.example.com/jobs/1',
  })
  await add('Halden Systems', 'Data Engineer', {
    remote_option: 'remote',
    salary_min: 80_000,
    salary_currency: 'EUR',
    salary_period: 'year',
  })
  await add('Kestrel Mobility', 'Product Designer', { remote_option: 'remote' })
}

test('adds a job and its application in one go, even when it is sent twice', async ({ page, landed }) => {
  await page.goto('/jobs')
  await expect(page.getByRole('heading', { name: 'No jobs yet' })).toBeVisible()
  await page.keyboard.press('n')
  await page.keyboard.press('j')
  const form = page.getByRole('dialog', { name: 'Add a job' })
  await expect(form.getByLabel('Company')).toBeFocused()
  await form.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(form.getByText('must not be empty')).toHaveCount(2)

  await form.getByLabel('Company').fill('Northwind Labs')
  await form.getByLabel('Title').fill('Platform Engineer')
  await form.getByLabel('Pay from').fill('90000')
  await form.getByLabel('Pay up to').fill('70000')
  await form.getByText('Applied', { exact: true }).click()
  await expect(form.getByLabel('Applied on')).toHaveValue(/^\d{4}-\d{2}-\d{2}$/)
  await form.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(form.getByLabel('Pay from')).toHaveAccessibleDescription(/must not be more than/)
  await form.getByLabel('Pay from').fill('60000')
  await form.getByLabel('Title').focus()
  await page.keyboard.press('Control+Enter')
  await page.keyboard.press('Control+Enter')

  await expect(panel(page).getByText('Applied', { exact: true })).toBeVisible()
  await expect(page).toHaveURL(/\/jobs\/[0-9a-f-]{36}$/)
  await expect(page.getByText('1 job', { exact: true })).toBeVisible()
  const jobs = await landed.client.jobs.list()
  const applications = await landed.client.applications.list()
  expect(jobs.items).toMatchObject([{ company: 'Northwind Labs', salary_min: 60_000, application_status: 'applied' }])
  expect(applications.items).toMatchObject([{ status: 'applied', job: { title: 'Platform Engineer' } }])
})

test('search, filters and sort live in the address and come back', async ({ page, landed }) => {
  await fill(landed.client)
  await page.goto('/jobs')
  await expect(page.getByText('3 jobs', { exact: true })).toBeVisible()
  await expect(page.getByRole('table', { name: 'Jobs' })).toHaveAttribute('aria-rowcount', '4')

  await page.getByRole('columnheader', { name: 'Company' }).getByRole('button').click()
  await expect(page.getByRole('columnheader', { name: 'Company' })).toHaveAttribute('aria-sort', 'ascending')
  await expect(page.getByRole('row').nth(1)).toContainText('Halden')

  await page.getByRole('button', { name: 'Remote', exact: true }).click()
  await page.getByRole('checkbox', { name: 'Remote' }).check()
  await page.keyboard.press('Escape')
  await expect(page.getByText('2 jobs', { exact: true })).toBeVisible()

  await page.keyboard.press('/')
  await page.keyboard.type('desi')
  await expect(page.getByText('1 job', { exact: true })).toBeVisible()
  await expect(page).toHaveURL(/sort=company&remote_option=remote&q=desi$/)

  await page.reload()
  await expect(page.getByRole('combobox', { name: 'Search jobs' })).toHaveValue('desi')
  await expect(row(page, /Product Designer/)).toBeVisible()
  await expect(page.getByText('1 job', { exact: true })).toBeVisible()

  await page.goBack()
  await expect(page.getByText('2 jobs', { exact: true })).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'Search jobs' })).toHaveValue('')
  await page.goForward()
  await page.getByRole('combobox', { name: 'Search jobs' }).fill('nothing like it')
  await expect(page.getByRole('heading', { name: /Nothing matches/ })).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).last().click()
  await expect(page.getByText('3 jobs', { exact: true })).toBeVisible()
})

test('edits in place: a bad value says so at its field, a change from elsewhere is not lost', async ({ page, landed }) => {
  await fill(landed.client)
  const { items } = await landed.client.jobs.list({ query: { q: 'platform' } })
  const id = items[0]?.id ?? ''
  await page.goto(`/jobs/${id}`)
  const from = panel(page).getByLabel('Pay from')
  await expect(panel(page).getByText('<b>Another</b>')).toBeVisible()

  await from.fill('99000')
  await from.press('Enter')
  await expect(from).toHaveAccessibleDescription(/Not saved: .*must not be more than/)
  await expect(row(page, /Platform Engineer/)).toContainText('62–74k')
  await from.press('Escape')
  await expect(from).toHaveValue('62,000')

  // Another field was changed elsewhere: both changes stay.
  await landed.client.jobs.update({ params: { id }, body: { location: 'Porto' } })
  await from.fill('65000')
  await from.press('Enter')
  await expect(panel(page).getByLabel('Place')).toHaveValue('Porto')
  expect(await landed.client.jobs.get({ params: { id } })).toMatchObject({ location: 'Porto', salary_min: 65_000 })

  // The same field: a person chooses.
  await landed.client.jobs.update({ params: { id }, body: { location: 'Faro' } })
  await panel(page).getByLabel('Place').fill('Braga')
  await panel(page).getByLabel('Place').press('Enter')
  const dispute = panel(page).getByRole('alert', { name: /changed elsewhere/ })
  await expect(dispute.getByRole('row', { name: 'Place Faro Braga' })).toBeVisible()
  await dispute.getByRole('button', { name: 'Take mine' }).click()
  await expect(dispute).toBeHidden()
  await expect(panel(page).getByLabel('Place')).toHaveValue('Braga')
  await expect.poll(async () => (await landed.client.jobs.get({ params: { id } })).location).toBe('Braga')
})

test('a job goes to the trash and comes back; for good only when it is typed', async ({ page, landed }) => {
  await fill(landed.client)
  await page.goto('/jobs')
  await row(page, /Data Engineer/).click()
  await panel(page).getByRole('button', { name: 'More for this job' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(row(page, /Data Engineer/)).toBeHidden()
  await expect(panel(page)).toBeHidden()
  await page.keyboard.press('u')
  await expect(row(page, /Data Engineer/)).toBeVisible()

  await row(page, /Product Designer/).click()
  await page.keyboard.press('Delete')
  await row(page, /Data Engineer/).click()
  await page.keyboard.press('Delete')
  await expect(page.getByText('1 job', { exact: true })).toBeVisible()

  await page.getByRole('link', { name: 'Trash' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'deleted' })).toHaveCount(2)
  await page.keyboard.press('j')
  await page.keyboard.press('r')
  await expect(page.getByText('Data Engineer, Halden Systems')).toBeHidden()
  await page.getByRole('button', { name: 'Delete Product Designer, Kestrel Mobility for good' }).click()
  await expectAccessible(page)
  const sure = page.getByRole('dialog', { name: 'Delete for good' })
  await expect(sure.getByRole('button', { name: 'Delete for good' })).toBeDisabled()
  await sure.getByLabel(/Type/).fill('delete')
  await sure.getByLabel(/Type/).press('Enter')
  await expect(page.getByRole('heading', { name: 'The trash is empty' })).toBeVisible()
  expect((await landed.client.jobs.list({ query: { deleted: 'include' } })).total.value).toBe(2)
})

test('works by keys alone, and shows them; new rows do not push', async ({ page, landed }) => {
  await fill(landed.client)
  await page.goto('/jobs')
  await expect(row(page, /Product Designer/)).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keys' }).getByText('Add a job')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()

  await page.keyboard.press('j')
  await expect(page.getByRole('link', { name: 'Product Designer' })).toBeFocused()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(panel(page).getByRole('heading', { name: 'Data Engineer' })).toBeVisible()
  await page.keyboard.press('j')
  await expect(panel(page).getByRole('heading', { name: 'Platform Engineer' })).toBeVisible()

  await page.keyboard.press('a')
  const apply = page.getByRole('dialog', { name: 'Apply at Northwind Labs' })
  await expect(apply.getByLabel('Applied on')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(panel(page).getByRole('link', { name: 'The application' })).toBeVisible()
  await expect(row(page, /Platform Engineer/)).toContainText('Applied')

  await page.keyboard.press('e')
  await expect(panel(page).getByLabel('Title')).toBeFocused()
  await page.keyboard.type('Lead Engineer')
  await page.keyboard.press('Enter')
  await expect(row(page, /Lead Engineer/)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(panel(page)).toBeHidden()

  // What comes in from elsewhere waits instead of pushing the rows.
  await landed.client.jobs.create({ body: { company: 'Quillwork', title: 'Archivist' } })
  await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')))
  await expect(page.getByRole('button', { name: '1 new' })).toBeVisible()
  await expect(page.getByRole('row').nth(1)).toContainText('Product Designer')
  await page.getByRole('button', { name: '1 new' }).click()
  await expect(page.getByRole('row').nth(1)).toContainText('Archivist')
})

test('on a phone: two lines a row, sheets for a job and for the filters', async ({ page, landed }) => {
  await fill(landed.client)
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/jobs')
  await expect(page.getByRole('list', { name: 'Jobs' }).getByRole('listitem')).toHaveCount(3)
  await page.getByRole('button', { name: 'Filters and sort' }).click()
  await page.getByRole('checkbox', { name: 'Hybrid' }).check()
  await page.getByRole('button', { name: 'Show the jobs' }).click()
  await expect(page.getByText('1 job', { exact: true })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Platform Engineer' }).click()
  await expect(page.getByRole('dialog', { name: 'Platform Engineer' }).getByRole('button', { name: 'Apply' })).toBeVisible()
  await expectAccessible(page)
})

test('nothing that axe finds, empty and full, light and dark', async ({ page, landed }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const inBothSchemes = async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await expectAccessible(page)
    }
  }
  await page.goto('/jobs')
  await expect(page.getByRole('heading', { name: 'No jobs yet' })).toBeVisible()
  await inBothSchemes()
  await fill(landed.client)
  await page.reload()
  await row(page, /Platform Engineer/).click()
  await expect(panel(page).getByRole('button', { name: 'Apply' })).toBeVisible()
  await inBothSchemes()
  await panel(page).getByRole('button', { name: 'Open as a full page' }).click()
  await expect(page.getByRole('heading', { level: 1, name: /Platform Engineer/ })).toBeVisible()
  await inBothSchemes()
  await page.keyboard.press('n')
  await page.keyboard.press('j')
  await expect(page.getByRole('dialog', { name: 'Add a job' })).toBeVisible()
  await inBothSchemes()
})
