import { beforeEach, expect, test } from 'vitest'
import { useTestApp } from '../../../testing/test-app.ts'

/** What makes a notification, each cause through its own endpoint. */

const t = useTestApp()

beforeEach(() => t.app.pool.query('delete from notifications'))

const told = async () => (await t.client.notifications.list({ query: { sort: 'seq' } })).items
async function makeApplication() {
  const job = await t.client.jobs.create({ body: { company: 'Northwind Labs', title: 'Engineer' } })
  const application = await t.client.applications.create({ body: { job_id: job.id } })
  return { job, application, id: application.id }
}
const inTheWebApp = () => ({ origin: t.url })

test('a status that changes is told, by whatever way it changed; one that stays is not', async () => {
  const { id, job } = await makeApplication()
  expect(await told()).toEqual([])
  await t.client.applications.update({ params: { id }, body: { status: 'applied' } })
  await t.client.applications.update({ params: { id }, body: { status: 'applied' } })
  await t.client.applications.addEvent({ params: { id }, body: { to_status: 'screening' } })
  expect(await told()).toMatchObject([
    {
      type: 'application_status_changed',
      title: 'Northwind Labs: now applied',
      data: { from_status: 'interested', to_status: 'applied' },
      job_id: job.id,
      application_id: id,
      read_at: null,
    },
    { type: 'application_status_changed', data: { from_status: 'applied', to_status: 'screening' } },
  ])
})

test('other changes of an application are told as such, an interview among them', async () => {
  const { id } = await makeApplication()
  await t.client.applications.update({ params: { id }, body: { notes: 'Ana works there' } })
  await t.client.applications.update({ params: { id }, body: { notes: 'Ana works there' } })
  const interview = await t.client.applications.addInterview({ params: { id }, body: { starts_at: '2990-01-01T08:00:00.000Z' } })
  const feedback = { rating: 4 }
  await t.client.applications.updateInterview({ params: { id, interview_id: interview.id }, body: { feedback } })
  expect((await told()).map(({ type }) => type)).toEqual(['application_updated', 'application_updated', 'application_updated'])
})

test('what somebody does in the web app asks for no attention', async () => {
  const { id } = await makeApplication()
  const patch = (body: object) => t.send('PATCH', `/api/v1/applications/${id}`, { body, headers: inTheWebApp() })
  expect((await patch({ notes: 'Ana works there' })).status).toBe(200)
  expect((await patch({ status: 'applied' })).status).toBe(200)
  expect(await told()).toMatchObject([{ type: 'application_status_changed', read_at: expect.any(String) }])
})

test('a posting that closes is told while an application is open', async () => {
  const { job, application } = await makeApplication()
  const other = await t.client.jobs.create({ body: { company: 'Nobody', title: 'Applied here' } })
  await t.client.jobs.update({ params: { id: other.id }, body: { status: 'closed' } })
  await t.client.jobs.update({ params: { id: job.id }, body: { notes: 'x' } })
  await t.client.jobs.update({ params: { id: job.id }, body: { status: 'closed' } })
  expect(await told()).toMatchObject([
    { type: 'job_status_changed', data: { status: 'closed' }, job_id: job.id, application_id: application.id },
  ])
})

test('an import is one summary, a preview none, and the same import again another', async () => {
  const file = new Blob([`company,title\n${Array.from({ length: 30 }, (_, n) => `Company ${n},Engineer`).join('\n')}\n`])
  await t.client.imports.create({ file, filename: 'jobs.csv', body: { dry_run: true } })
  await t.client.imports.create({ file, filename: 'jobs.csv' })
  await t.client.imports.create({ file, filename: 'jobs.csv' })
  expect(await told()).toMatchObject([
    { type: 'import_finished', title: 'Import finished: jobs.csv', data: { created: 30, skipped: 0 } },
    { type: 'import_finished', data: { created: 0, skipped: 30 } },
  ])
})

test('an import behind the scenes is told when it is done', async () => {
  const file = new Blob([`company,title\n${Array.from({ length: 2_500 }, (_, n) => `Big ${n},Engineer`).join('\n')}\n`])
  await t.client.imports.create({ file, filename: 'many.csv' })
  await expect.poll(told, { timeout: 30_000 }).toMatchObject([{ type: 'import_finished', data: { created: 2_500, status: 'completed' } }])
}, 40_000)

test('a change of many is one summary, whatever it changed', async () => {
  const made = [await makeApplication(), await makeApplication(), await makeApplication()]
  const ids = made.map(({ id }) => id)
  await t.client.bulk.updateApplications({ body: { ids, changes: { status: 'rejected' } } })
  expect(await told()).toMatchObject([{ type: 'bulk_finished', title: '3 applications changed', data: { succeeded: 3, failed: 0 } }])
})

test('a request that is sent twice with its key is told once', async () => {
  const before = await t.client.notifications.list()
  const idempotencyKey = crypto.randomUUID()
  await t.client.notifications.test({ body: {}, idempotencyKey })
  await t.client.notifications.test({ body: {}, idempotencyKey })
  expect((await told()).length).toBe(before.items.length + 1)
})

test('a change that is refused is not told', async () => {
  const { id } = await makeApplication()
  const answer = await t.send('PATCH', `/api/v1/applications/${id}`, {
    body: { status: 'applied', applied_on: '2026-01-02', response_on: '2026-01-01' },
    headers: { 'idempotency-key': 'refused' },
  })
  expect(answer.status).toBe(422)
  expect(await told()).toEqual([])
})

test('really deleting a job deletes what was told of it', async () => {
  const { id, job } = await makeApplication()
  await t.client.applications.update({ params: { id }, body: { status: 'applied' } })
  await t.client.jobs.delete({ params: { id: job.id }, query: { permanent: true } })
  expect(await told()).toEqual([])
})
