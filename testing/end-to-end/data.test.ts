import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { extractText, getDocumentProxy } from 'unpdf'
import type { Client } from '../../client/client.ts'
import { expect, expectAccessible, test } from './landed.ts'

async function fill(client: Client) {
  const apply = async (company: string, title: string, applied_on: string) => {
    const job = await client.jobs.create({ body: { company, title } })
    await client.applications.create({ body: { job_id: job.id, applied_on } })
  }
  await apply('Northwind Labs', 'Platform Engineer', '2026-11-03')
  await apply('Quillstone', 'Frontend Engineer', '2026-11-12')
  await apply('Oficina Norte', 'Técnica de dados', '2026-10-01')
}

async function exported(page: Page): Promise<{ name: string; bytes: Buffer }> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export', exact: true }).click()])
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) }
}

test('what the list shows becomes a file with the chosen fields, and a proof of search to hand in', async ({ page, landed }) => {
  await fill(landed.client)
  await page.goto('/jobs?q=engineer')
  await page.getByRole('button', { name: 'Export what the filters show' }).click()
  await page.getByRole('menuitem', { name: 'Choose fields' }).click()
  await expect(page.getByText('2 jobs – search: engineer')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('checkbox', { name: 'All 28' }).uncheck()
  await page.getByRole('button', { name: 'Clear' }).click()
  await page.getByRole('checkbox', { name: 'Title', exact: true }).check()
  await page.getByRole('checkbox', { name: 'Id', exact: true }).uncheck()
  const csv = await exported(page)
  expect(csv.name).toMatch(/^landed-jobs-\d{4}-\d\d-\d\d\.csv$/)
  expect(csv.bytes.toString()).toBe('\uFEFFcompany,title\r\nQuillstone,Frontend Engineer\r\nNorthwind Labs,Platform Engineer\r\n')

  await page.goto('/applications')
  await page.getByRole('button', { name: 'Export all applications' }).click()
  await page.getByRole('menuitem', { name: 'Proof of search, to hand in' }).click()
  await page.getByRole('textbox', { name: 'Applied from' }).fill('2026-11-01')
  await page.getByRole('textbox', { name: 'Until, that day included' }).fill('2026-11-12')
  await page.getByRole('heading', { name: 'Export applications' }).click()
  await expectAccessible(page)
  const pdf = await exported(page)
  expect(pdf.name).toMatch(/^landed-applications-\d{4}-\d\d-\d\d\.pdf$/)
  await expect(page.getByText(`${pdf.name} is saved`)).toBeVisible()
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf.bytes)), { mergePages: true })
  expect(text).toContain('Northwind Labs')
  expect(text).toContain('Quillstone')
  expect(text).not.toContain('Oficina Norte')
})

test('everything leaves as one file, and comes back from it', async ({ page, landed }) => {
  await fill(landed.client)
  await page.goto('/data')
  await expect(page.getByText('There is no backup yet.')).toBeVisible()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Everything as ZIP' }).click()])
  expect(file.suggestedFilename()).toMatch(/^landed-backup-\d{4}-\d\d-\d\d\.zip$/)

  const before = await landed.client.jobs.list({})
  const lost = before.items.find((job) => job.company === 'Quillstone')!
  await landed.client.jobs.delete({ params: { id: lost.id }, query: { permanent: true } })
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'landed.zip', mimeType: 'application/zip', buffer: await readFile(await file.path()) })
  await expect(page.getByRole('row', { name: 'Jobs 1 0 2' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Restore', exact: true }).click()
  await expect(page.getByText('The backup is restored.')).toBeVisible()
  expect((await landed.client.jobs.list({})).items).toEqual(before.items)

  await page.getByRole('button', { name: 'Back to Data' }).click()
  await page.getByRole('button', { name: 'Back up now' }).click()
  const kept = page.getByRole('listitem').filter({ hasText: 'Made by you' })
  await expect(kept.getByText('Verified')).toBeVisible()
  await expectAccessible(page)

  await landed.client.jobs.create({ body: { company: 'Halden Systems', title: 'Welder' } })
  await kept.getByRole('button', { name: 'What to do with this backup' }).click()
  await page.getByRole('menuitem', { name: 'Restore' }).click()
  await page.getByRole('radio', { name: 'Put it in the place of everything here' }).check()
  await page.getByRole('button', { name: 'Replace 4 jobs and 3 applications' }).click()
  await expect(page.getByText('What was here before is kept among the backups')).toBeVisible()
  expect((await landed.client.jobs.list({})).items).toEqual(before.items)
  await page.getByRole('button', { name: 'Back to Data' }).click()
  await expect(page.getByText('Before a restore')).toBeVisible()
})

test('a long import can be left and come back to', async ({ page, landed }) => {
  const rows = Array.from({ length: 6_000 }, (_, at) => `Firm ${at},Role ${at % 40},2026-11-${String((at % 20) + 1).padStart(2, '0')}`)
  await page.goto('/data')
  await page.locator('input[type=file]').setInputFiles({
    name: 'years.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`Company,Job Title,Posted\n${rows.join('\n')}\n`),
  })
  await page.getByRole('button', { name: 'Import 6,000 rows' }).click()
  await expect(page.getByRole('heading', { name: 'Importing years.csv' })).toBeVisible()
  await expect(page.getByRole('progressbar', { name: 'Progress of the import' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { name: 'years.csv is in' })).toBeVisible({ timeout: 60_000 })
  expect((await landed.client.jobs.list({ query: { limit: 1 } })).total).toEqual({ value: 6_000, relation: 'exact' })
})
