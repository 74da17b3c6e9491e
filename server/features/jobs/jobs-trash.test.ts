import { expect, test } from 'vitest'
import { useTestApp } from '../../../testing/test-app.ts'

const t = useTestApp()

const create = (company = 'Northwind') => t.client.jobs.create({ body: { company, title: 'Engineer' } })
const apply = (job_id: string, more: object = {}) => t.client.applications.create({ body: { job_id, ...more } })
const status = async (method: string, path: string) => (await t.send(method, `/api/v1${path}`)).status
const listed = async (deleted?: 'only' | 'include') =>
  (await t.client.jobs.list({ query: { limit: 200, ...(deleted ? { deleted } : {}) } })).items.map((job) => job.id)

test('a deleted job is gone but for those who ask for the deleted ones', async () => {
  const job = await create()
  expect(await status('DELETE', `/jobs/${job.id}`)).toBe(204)
  expect(await status('GET', `/jobs/${job.id}`)).toBe(404)
  expect(await status('PATCH', `/jobs/${job.id}`)).toBe(400)
  expect((await t.send('PATCH', `/api/v1/jobs/${job.id}`, { body: { notes: 'x' } })).status).toBe(404)
  expect(await status('DELETE', `/jobs/${job.id}`)).toBe(404)
  expect((await t.send('POST', '/api/v1/applications', { body: { job_id: job.id } })).status).toBe(404)

  for (const deleted of ['only', 'include'] as const) {
    const found = await t.client.jobs.get({ params: { id: job.id }, query: { deleted } })
    expect(found).toEqual({ ...job, version: 2, updated_at: found.updated_at, deleted_at: found.updated_at })
    expect(await listed(deleted)).toContain(job.id)
  }
  expect(await listed()).not.toContain(job.id)
})

test('a live job is there with deleted=include, and not with deleted=only', async () => {
  const job = await create()
  expect(await status('GET', `/jobs/${job.id}?deleted=include`)).toBe(200)
  expect(await status('GET', `/jobs/${job.id}?deleted=only`)).toBe(404)
  expect(await listed('only')).not.toContain(job.id)
  expect(await listed('include')).toContain(job.id)
})

test('a job takes its applications along, and its restore brings back those and not the ones deleted before', async () => {
  const job = await create()
  const before = await apply(job.id, { status: 'rejected' })
  await t.client.applications.delete({ params: { id: before.id } })
  const closed = await apply(job.id, { status: 'withdrawn' })
  const open = await apply(job.id, { status: 'applied' })

  await t.client.jobs.delete({ params: { id: job.id } })
  for (const { id } of [before, closed, open]) expect(await status('GET', `/applications/${id}`)).toBe(404)
  expect((await t.client.applications.list({ query: { job_id: [job.id] } })).items).toEqual([])
  expect((await t.client.applications.list({ query: { job_id: [job.id], deleted: 'only' } })).total.value).toBe(3)
  // One by one they stay where their job is.
  expect(await status('POST', `/applications/${open.id}/restore`)).toBe(409)

  const restored = await t.client.jobs.restore({ params: { id: job.id } })
  expect(restored).toMatchObject({ deleted_at: null, version: 3, application_status: 'applied' })
  expect((await t.client.applications.list({ query: { job_id: [job.id] } })).items.map(({ id }) => id).toSorted()).toEqual(
    [closed.id, open.id].toSorted(),
  )
  expect(await t.client.applications.get({ params: { id: open.id } })).toMatchObject({ status: 'applied', deleted_at: null })
  expect(await status('GET', `/applications/${before.id}?deleted=only`)).toBe(200)
  expect((await t.client.applications.restore({ params: { id: before.id } })).status).toBe('rejected')
})

test('what came back with its job and is then deleted alone does not come back with it again', async () => {
  const job = await create()
  const application = await apply(job.id)
  await t.client.jobs.delete({ params: { id: job.id } })
  await t.client.jobs.restore({ params: { id: job.id } })
  await t.client.applications.delete({ params: { id: application.id } })
  await t.client.jobs.delete({ params: { id: job.id } })
  await t.client.jobs.restore({ params: { id: job.id } })
  expect(await status('GET', `/applications/${application.id}`)).toBe(404)
})

test('restoring a live job answers it unchanged; what never was or is really gone is 404', async () => {
  const job = await create()
  expect(await t.client.jobs.restore({ params: { id: job.id } })).toEqual(job)
  await t.client.jobs.delete({ params: { id: job.id }, query: { permanent: true } })
  expect(await status('POST', `/jobs/${job.id}/restore`)).toBe(404)
  expect(await status('POST', '/jobs/019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e/restore')).toBe(404)
})

test('permanent=true leaves nothing behind, from the list and from the trash', async () => {
  for (const first of ['live', 'trashed']) {
    const job = await create()
    const application = await apply(job.id, { status: 'applied', interviews: [{ starts_at: '2026-11-22T08:00:00Z' }] })
    await t.client.applications.addEvent({ params: { id: application.id }, body: { note: 'secret' } })
    const [event] = (await t.client.applications.listEvents({ params: { id: application.id } })).items
    await t.client.applications.updateEvent({ params: { id: application.id, event_id: event?.id ?? '' }, body: { note: 'changed' } })
    if (first === 'trashed') await t.client.jobs.delete({ params: { id: job.id } })

    expect(await status('DELETE', `/jobs/${job.id}?permanent=true`)).toBe(204)
    expect(await status('DELETE', `/jobs/${job.id}?permanent=true`)).toBe(404)
    expect(await status('GET', `/jobs/${job.id}?deleted=include`)).toBe(404)
    expect(await status('GET', `/applications/${application.id}?deleted=include`)).toBe(404)
  }
  for (const table of ['applications', 'application_events', 'superseded_events', 'interviews'] as const) {
    const rows = await t.app.db.selectFrom(table).selectAll().execute()
    expect(JSON.stringify(rows)).not.toMatch(/secret|2026-11-22T08/)
  }
})

test('permanent=false is the trash; a permanent that is neither is refused and nothing happens', async () => {
  const job = await create()
  expect(await status('DELETE', `/jobs/${job.id}?permanent=yes`)).toBe(400)
  expect(await status('GET', `/jobs/${job.id}`)).toBe(200)
  expect(await status('DELETE', `/jobs/${job.id}?permanent=false`)).toBe(204)
  expect(await status('GET', `/jobs/${job.id}?deleted=only`)).toBe(200)
})

test('deleting a job while its applications change: nobody waits in a circle', async () => {
  for (let round = 0; round < 15; round++) {
    const job = await create()
    const application = await apply(job.id)
    const answers = await Promise.all([
      t.send('PATCH', `/api/v1/applications/${application.id}`, { body: { status: 'interview' } }),
      t.send('DELETE', `/api/v1/jobs/${job.id}`),
      t.send('POST', `/api/v1/applications/${application.id}/events`, { body: { note: 'x' } }),
      t.send('POST', `/api/v1/jobs/${job.id}/restore`),
      t.send('DELETE', `/api/v1/applications/${application.id}`),
      t.send('POST', `/api/v1/applications/${application.id}/restore`),
      t.send('POST', '/api/v1/applications', { body: { job_id: job.id, status: 'rejected' } }),
    ])
    expect(answers.map((answer) => answer.status).filter((status) => ![200, 201, 204, 404, 409].includes(status))).toEqual([])
  }
})
