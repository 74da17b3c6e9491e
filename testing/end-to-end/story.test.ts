import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, expectAccessible, test } from './landed.ts'

const mySearch = fileURLToPath(new URL('../fixtures/my-search.csv', import.meta.url))

test('a newcomer brings a messy spreadsheet, moves an application, restarts, and leaves with everything', async ({ page, landed }) => {
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'Your search starts here' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Bring a spreadsheet' }).click()

  // Dropped: what it is, what each column is taken for, what would happen.
  await page.locator('input[type=file]').setInputFiles(mySearch)
  await expect(page.getByRole('heading', { name: 'my-search.csv' })).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'Employer is' })).toHaveValue('Company')
  await page.getByRole('combobox', { name: 'Thoughts is' }).click()
  await page.getByRole('option', { name: 'Notes', exact: true }).click()
  await expectAccessible(page)

  // A word that nobody knows is asked about, never taken for something.
  await page.getByRole('combobox', { name: '“Still thinking” means' }).click()
  await page.getByRole('option', { name: 'Interested' }).click()
  await expect(page.getByText('Of 5 rows: 3 new, 2 left out.')).toBeVisible()
  const staysOut = page.getByRole('region', { name: 'These rows stay out' })
  await expect(staysOut.getByRole('cell', { name: '32.13.2026', exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Import 3 rows' }).click()

  // The result: what went in, and what stayed out with its reason.
  await expect(page.getByRole('heading', { name: 'my-search.csv is in' })).toBeVisible()
  await expect(page.getByText('Of 5 rows: 3 new, 2 left out.')).toBeVisible()
  const [failed] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '2 rows with reasons' }).click()])
  expect(await readFile(await failed.path(), 'utf8')).toContain('32.13.2026')
  await expectAccessible(page)

  // On the board, and moved by hand.
  await page.getByRole('link', { name: 'See your applications' }).click()
  const column = (name: string) => page.getByRole('region', { name, exact: true })
  await expect(column('Screening').getByRole('link', { name: 'Halden Systems' })).toBeVisible()
  await column('Applied').getByRole('link', { name: 'Northwind Labs' }).dragTo(column('Interview'))
  await expect(column('Interview').getByRole('link', { name: 'Northwind Labs' })).toBeVisible()
  await expect.poll(async () => (await landed.client.applications.list({ query: { status: ['interview'] } })).items.length).toBe(1)

  // Everything is there after a restart, in the table and in the file one leaves with.
  await landed.restart()
  await page.goto('/jobs')
  await expect(page.getByText('3 jobs')).toBeVisible()
  await page.goto('/data')
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Jobs as CSV' }).click()])
  expect(file.suggestedFilename()).toMatch(/^landed-jobs-\d{4}-\d\d-\d\d\.csv$/)
  expect(await readFile(await file.path(), 'utf8')).toContain('Oficina Norte')

  // And the import can be taken back, but for what was changed since.
  await page.getByRole('button', { name: 'Undo the import of my-search.csv' }).click()
  await expect(page.getByText('taken back')).toBeVisible()
  const left = await landed.client.applications.list({})
  expect(left.items.map((application) => application.job.company)).toEqual(['Northwind Labs'])
})

test('Today says what to do, and one key does it and takes it back', async ({ page, landed }) => {
  const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
  const job = await landed.client.jobs.create({ body: { company: 'Northwind Labs', title: 'Platform Engineer' } })
  const { id } = await landed.client.applications.create({ body: { job_id: job.id, applied_on: day(-9), follow_up_on: day(-1) } })
  const followUp = async () => (await landed.client.applications.get({ params: { id } })).follow_up_on
  await page.goto('/')
  const due = page.getByRole('region', { name: /^Follow up/ })
  await expect(due.getByRole('link', { name: /Northwind Labs/ })).toBeVisible()
  await expectAccessible(page)

  await page.keyboard.press('j')
  await expect(due.getByRole('link', { name: /Northwind Labs/ })).toBeFocused()
  await page.keyboard.press('l')
  await expect(due).toBeHidden()
  await expect.poll(followUp).toBeNull()
  await page.keyboard.press('u')
  await expect(due.getByRole('link', { name: /Northwind Labs/ })).toBeVisible()
  await expect.poll(followUp).toBe(day(-1))

  await page.emulateMedia({ colorScheme: 'dark' })
  await expectAccessible(page)
})

test('the palette finds a record, the help lists the keys, settings keep', async ({ page, landed }) => {
  await landed.client.jobs.create({ body: { company: 'Quillstone', title: 'Senior Frontend Engineer' } })
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'Today' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('quill')
  await page.getByRole('option', { name: /Senior Frontend Engineer/ }).click()
  await expect(page).toHaveURL(/\/jobs\//)

  await page.goto('/settings')
  await expect(page.getByRole('combobox', { name: 'Theme' })).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toContainText('Applications')
  await page.keyboard.press('Escape')
  await page.getByRole('combobox', { name: 'Theme' }).click()
  await page.getByRole('option', { name: 'Dark' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await expect.poll(async () => (await landed.client.settings.get()).theme).toBe('dark')
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await expectAccessible(page)
})
