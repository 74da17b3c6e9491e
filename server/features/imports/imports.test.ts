import { expect, test } from 'vitest'
import { useTestApp } from '../../../testing/test-app.ts'

const t = useTestApp()

const csv = (text: string) => new Blob([text], { type: 'text/csv' })

test('a tracker goes in: applications with their jobs, and again without changing anything', async () => {
  const file = csv('Company,Position,Status,Date Applied\nNorthwind,Engineer,Applied,2026-01-05\nContoso,Designer,Rejected,2026-02-03\n')
  const first = await t.client.imports.create({ file, filename: 'tracker.csv' })
  expect(first).toMatchObject({ kind: 'applications', status: 'completed', total: 2, created: 2, skipped: 0, failed: 0, errors: [] })
  expect(first.status_mapping).toEqual({ Applied: 'applied', Rejected: 'rejected' })

  const { items } = await t.client.applications.list({ query: { sort: 'company' } })
  expect(items).toMatchObject([
    { job: { company: 'Contoso', title: 'Designer' }, status: 'rejected', applied_on: '2026-02-03' },
    { job: { company: 'Northwind', title: 'Engineer' }, status: 'applied', applied_on: '2026-01-05' },
  ])

  const second = await t.client.imports.create({ file, filename: 'tracker.csv' })
  expect(second).toMatchObject({ created: 0, updated: 0, skipped: 2, failed: 0 })
  expect((await t.client.applications.list({ query: { sort: 'company' } })).items).toEqual(items)

  const undone = await t.client.imports.undo({ params: { id: first.id } })
  expect(undone).toMatchObject({ status: 'undone', undo: { removed: 4, restored: 0, left: 0, left_records: [] } })
  expect((await t.client.jobs.list({ query: { deleted: 'include' } })).total.value).toBe(0)
})
