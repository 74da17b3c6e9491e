import type { Page } from '@playwright/test'
import type { Client } from '../../client/client.ts'
import { expect, expectAccessible, test } from './landed.ts'

const row = (page: Page, name: string | RegExp) => page.getByRole('row', { name })
const box = (page: Page) => page.getByRole('combobox', { name: 'Search jobs' })
const chip = (page: Page, text: string) => page.getByRole('group', { name: 'Filters' }).getByText(text)
const total = (page: Page, text: string) => page.getByText(text, { exact: true })

async function fill(client: Client) {
  const add = (company: string, title: string, more: object = {}) => client.jobs.create({ body: { company, title, ...more } })
  await add('Northwind Labs', 'Platform Engineer', { remote_option: 'hybrid', tech_stack: ['Kubernetes'], salary_min: 90_000 })
  await add('Halden Systems', 'Data Engineer', {
    remote_option: 'remote',
    description: `${'Boring. '.repeat(60)}You join the platform team. <b>x</b>`,
  })
  const quill = await add('Quillwork', 'Archivist', { remote_option: 'remote', status: 'closed' })
  await client.applications.create({ body: { job_id: quill.id, status: 'applied', notes: 'Spoke with Ana about the depot.' } })
}

test('one line of words and filters: chips, box and address say the same, and what is wrong is pointed at', async ({ page, landed }) => {
  await fill(landed.client)
  await page.goto('/jobs')
  await expect(total(page, '3 jobs')).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type('remote:remote,hybrid status:opn salary:>80000 platf')
  await expect(chip(page, ': Remote, Hybrid')).toBeVisible()
  await expect(chip(page, ': from 80000')).toBeVisible()
  await expect(box(page)).toHaveValue('status:opn platf')
  await expect(page).toHaveURL(/\?(?=.*remote_option=remote&remote_option=hybrid)(?=.*salary_min=80000)(?=.*q=platf$)/)
  await expect(box(page)).toHaveAccessibleDescription('opn is none of open, closed, archived.')
  await expectAccessible(page)

  // Enter stays at what is wrong; the remedy is one key away.
  await page.keyboard.press('Enter')
  await expect(box(page)).toBeFocused()
  await page.getByRole('option', { name: 'open' }).click()
  await page.keyboard.press('Enter')
  await expect(box(page)).toHaveValue(/^platf ?$/)
  await expect(chip(page, ': Open')).toBeVisible()
  await expect(total(page, '2 jobs')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Platform Engineer' })).toBeFocused()

  // What was found, in the title and where only the description has it; a posting's markup stays text.
  await expect(row(page, /Platform Engineer/).locator('mark')).toHaveText('Platform')
  await expect(row(page, /Data Engineer/)).toContainText('You join the platform team. <b>x</b>')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('complementary').locator('mark')).toHaveText('platform')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(box(page)).toBeFocused()

  // The last filter comes back as text, to be changed; the way back goes through the address.
  await page.keyboard.press('Home')
  await page.keyboard.press('Backspace')
  await expect(box(page)).toHaveValue(/^salary:>=80000 platf ?$/)
  await expect(chip(page, ': from 80000')).toBeHidden()
  await page.goBack()
  await expect(chip(page, ': from 80000')).toBeVisible()
})

test('suggestions by keys, a mistyped word, and what keeps everything away', async ({ page, landed }) => {
  await fill(landed.client)
  await page.goto('/jobs')
  await expect(total(page, '3 jobs')).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type('comp')
  await expect(page.getByRole('option', { name: 'company: filter' })).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(box(page)).toHaveValue('company:')
  await page.keyboard.type('north')
  await expect(page.getByRole('option', { name: /Northwind Labs/ })).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(box(page)).toHaveValue('')
  await expect(chip(page, ': Northwind Labs')).toBeVisible()
  await expect(total(page, '1 job')).toBeVisible()

  await page.keyboard.type('plattform')
  await expect(page.getByRole('heading', { name: 'Nothing matches “plattform”' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Without “plattform” · 1 job' })).toBeVisible()
  await expect(page.getByRole('button', { name: /Did you mean platform\?/ })).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await expect(row(page, /Platform Engineer/)).toBeVisible()
  await expect(box(page)).toHaveValue('platform')

  // The palette finds by the same words, and begins a filter.
  await page.keyboard.press('Control+k')
  await page.keyboard.type('halden')
  await expect(page.getByRole('option', { name: /Data Engineer/ })).toBeVisible()
  await page.getByRole('option', { name: 'Halden Systems company' }).click()
  await expect(page).toHaveURL(/\/jobs\?company=Halden\+Systems$/)

  await page.goto('/applications?q=depot')
  await expect(page.getByText('with Ana about the depot.')).toBeVisible()
  await expect(page.locator('mark')).toHaveText('depot')
})

test('a view is saved, changed, put back, pinned and shared; dark and on a phone', async ({ page, landed }) => {
  await fill(landed.client)
  await page.goto('/jobs')
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('menuitem', { name: 'Open, not applied for yet' }).click()
  await expect(total(page, '2 jobs')).toBeVisible()
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('menuitem', { name: 'Save this as a view' }).click()
  await expect(page.getByRole('menu')).toBeHidden()
  await page.getByLabel('Name').fill('To apply for')
  await page.getByRole('switch', { name: 'Tell me when a new job comes in' }).press('Space')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  const pinned = page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'To apply for' })
  await expect(pinned).toHaveAttribute('aria-current', 'page')
  const [saved] = (await landed.client.views.list({ query: {} })).items
  expect(saved).toMatchObject({
    name: 'To apply for',
    kind: 'jobs',
    query: { status: ['open'], has_application: false },
    alert: true,
    pinned: true,
  })

  await page.getByRole('button', { name: 'Remove filter Posting' }).click()
  await expect(page.getByText('Changed', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Reset' }).click()
  await expect(page.getByText('Changed', { exact: true })).toBeHidden()
  await expect(chip(page, ': Open')).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type('platform')
  await page.getByRole('button', { name: 'Update' }).click()
  await expect(page.getByText('Changed', { exact: true })).toBeHidden()

  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`/views/${saved?.id}`)
  await expect(total(page, '2 jobs')).toBeVisible()
  await expect(box(page)).toHaveValue('platform')
  await expectAccessible(page)
  for (const path of ['/jobs', '/applications', '/applications?view=table', '/inbox', '/data', '/trash']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(390)
  }
  await page.goto(`/views/${saved?.id}`)
  await page.getByRole('button', { name: 'More' }).click()
  await expect(page.getByRole('dialog', { name: 'More' }).getByRole('link', { name: 'To apply for' })).toBeVisible()
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: /^Views/ }).click()
  await page.getByRole('menuitem', { name: 'Rename, order, pin, delete' }).click()
  await expect(page.getByRole('menu')).toBeHidden()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Delete To apply for' }).click()
  await expect(page.getByText('None is left.')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(async () => (await landed.client.views.list({ query: {} })).items.map(({ name }) => name)).toEqual(['To apply for'])
})
