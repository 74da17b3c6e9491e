import { expect, test } from 'vitest'
import type { ApplicationInput } from '../../../contract/applications.ts'
import { closedStatuses, openStatuses } from '../../../contract/applications.ts'
import type { Problem } from '../../../contract/problems.ts'
import { useTestApp } from '../../../testing/test-app.ts'

const t = useTestApp()

const newJob = () => t.client.jobs.create({ body: { company: 'Northwind', title: 'Engineer' } })
const apply = (job_id: string, more: Partial<ApplicationInput> = {}) => t.client.applications.create({ body: { job_id, ...more } })
const answerOf = async (method: string, path: string, body?: unknown) => {
  const answer = await t.send(method, `/api/v1/applications${path}`, body === undefined ? {} : { body })
  return answer.ok ? answer.status : ((await answer.json()) as Problem).code
}
const openOnes = async (job_id: string) =>
  (await t.client.applications.list({ query: { job_id: [job_id], status: [...openStatuses] } })).total.value

test.each(openStatuses)('while one is open (%s), a second open one is refused and a closed one is not', async (status) => {
  const { id } = await newJob()
  await apply(id, { status })
  for (const second of openStatuses) expect(await answerOf('POST', '', { job_id: id, status: second })).toBe('application_already_open')
  expect(await answerOf('POST', '', { job_id: id, applied_on: '2026-01-01' })).toBe('application_already_open')
  for (const second of closedStatuses) expect(await answerOf('POST', '', { job_id: id, status: second })).toBe(201)
  expect(await openOnes(id)).toBe(1)
})

test.each(closedStatuses)('after one was closed (%s) there may be another', async (status) => {
  const { id } = await newJob()
  await apply(id, { status })
  expect(await answerOf('POST', '', { job_id: id })).toBe(201)
})

test('of many at the same time one is created', async () => {
  for (let round = 0; round < 3; round++) {
    const { id } = await newJob()
    const answers = await Promise.all(Array.from({ length: 8 }, () => answerOf('POST', '', { job_id: id, status: 'applied' })))
    expect(answers.toSorted()).toEqual([201, ...Array.from({ length: 7 }, () => 'application_already_open')])
    expect(await openOnes(id)).toBe(1)
    expect(await t.client.jobs.get({ params: { id } })).toMatchObject({ application_status: 'applied', version: 1 })
  }
})

test('of closed ones reopened at the same time one is open', async () => {
  const { id } = await newJob()
  const closed = await Promise.all(Array.from({ length: 6 }, () => apply(id, { status: 'withdrawn' })))
  const answers = await Promise.all(closed.map((one) => answerOf('PATCH', `/${one.id}`, { status: 'applied' })))
  expect(answers.toSorted()).toEqual([200, ...Array.from({ length: 5 }, () => 'application_already_open')])
  expect(await openOnes(id)).toBe(1)
})

test('every way to reopen a closed one is refused beside an open one, and leaves all as it was', async () => {
  const { id } = await newJob()
  const at = { interviews: [{ starts_at: '2026-01-10T08:00:00.000Z', status: 'held' }] as ApplicationInput['interviews'] }
  const refusedOne = await apply(id, { status: 'rejected', applied_on: '2026-01-01', response_on: '2026-01-05' })
  const silent = await apply(id, { status: 'applied', applied_on: '2026-01-01', ...at })
  await t.client.applications.addEvent({ params: { id: silent.id }, body: { to_status: 'ghosted', occurred_on: '2026-03-01' } })
  const trashed = await apply(id, { status: 'applied' })
  await t.client.applications.delete({ params: { id: trashed.id } })
  await apply(id, { status: 'interview' })

  const eventsOf = async (one: { id: string }) => (await t.client.applications.listEvents({ params: { id: one.id } })).items
  const closing = (await eventsOf(refusedOne)).at(-1)?.id
  const ghosting = (await eventsOf(silent)).at(-1)?.id
  const interview = silent.interviews[0]?.id
  const state = async () =>
    Promise.all([refusedOne, silent].map(async (one) => [await t.client.applications.get({ params: { id: one.id } }), await eventsOf(one)]))
  const before = await state()

  for (const [method, path, body] of [
    ['DELETE', `/${refusedOne.id}/events/${closing}`],
    ['PATCH', `/${refusedOne.id}/events/${closing}`, { to_status: 'interview' }],
    ['PATCH', `/${refusedOne.id}/events/${closing}`, { occurred_on: '2025-12-01' }],
    ['PATCH', `/${refusedOne.id}`, { status: 'applied' }],
    ['PATCH', `/${refusedOne.id}`, { response_on: null }],
    ['POST', `/${refusedOne.id}/events`, { to_status: 'offer' }],
    ['DELETE', `/${silent.id}/events/${ghosting}`],
    ['POST', `/${silent.id}/events`, { note: 'They wrote' }],
    ['POST', `/${silent.id}/interviews`, { starts_at: '2026-12-01T08:00:00Z' }],
    ['PATCH', `/${silent.id}/interviews/${interview}`, { status: 'scheduled' }],
    ['POST', `/${trashed.id}/restore`],
  ] as const) {
    expect(await answerOf(method, path, body), `${method} ${path} ${JSON.stringify(body)}`).toBe('application_already_open')
  }
  expect(await state()).toEqual(before)
  expect(await openOnes(id)).toBe(1)
})

test('an event may change what was, as long as it stays closed', async () => {
  const { id } = await newJob()
  const { id: closed } = await apply(id, { status: 'rejected' })
  await apply(id)
  expect(await answerOf('POST', `/${closed}/events`, { to_status: 'interview', occurred_on: '2026-01-01' })).toBe(201)
  expect(await answerOf('POST', `/${closed}/events`, { note: 'They explained why' })).toBe(201)
  expect(await answerOf('PATCH', `/${closed}`, { status: 'declined' })).toBe(200)
})

test('another job is another matter', async () => {
  const jobs = await Promise.all([newJob(), newJob()])
  for (const job of jobs) expect(await answerOf('POST', '', { job_id: job.id })).toBe(201)
})
