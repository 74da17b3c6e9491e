import { afterEach, expect, test } from 'vitest'
import type { ApplicationEvent, ApplicationInput, EventInput } from '../../../contract/applications.ts'
import type { Problem } from '../../../contract/problems.ts'
import { useTestApp } from '../../../testing/test-app.ts'

const t = useTestApp()
const now = '2026-03-20T10:00:00.000Z'
afterEach(() => t.setNow(null))

const apply = async (more: Partial<ApplicationInput> = {}) => {
  t.setNow(now)
  const { id } = await t.client.jobs.create({ body: { company: 'Northwind', title: 'Engineer' } })
  return t.client.applications.create({ body: { job_id: id, ...more } })
}
const read = (id: string) => t.client.applications.get({ params: { id } })
const list = async (id: string) => (await t.client.applications.listEvents({ params: { id } })).items
const add = (id: string, body: EventInput) => t.client.applications.addEvent({ params: { id }, body })
const correct = (id: string, event_id: string, body: object) => t.client.applications.updateEvent({ params: { id, event_id }, body })
const remove = (id: string, event_id: string) => t.client.applications.deleteEvent({ params: { id, event_id } })
const superseded = async (id: string) =>
  (await t.app.db.selectFrom('superseded_events').selectAll().where('application_id', '=', id).orderBy('id').execute()).map(
    ({ event_id, was }) => ({
      event_id,
      was: was as Omit<ApplicationEvent, 'from_status'>,
    }),
  )

test('what happened now', async () => {
  const { id } = await apply()
  const answer = await t.send('POST', `/api/v1/applications/${id}/events`, { body: { to_status: 'applied', note: 'By e-mail' } })
  const event = (await answer.json()) as ApplicationEvent
  expect(answer.status).toBe(201)
  expect(answer.headers.get('location')).toBe(`/api/v1/applications/${id}/events/${event.id}`)
  expect(event).toMatchObject({
    type: 'status_changed',
    from_status: 'interested',
    to_status: 'applied',
    note: 'By e-mail',
    occurred_on: '2026-03-20',
    recorded_at: now,
  })
  expect(await read(id)).toMatchObject({ status: 'applied', applied_on: '2026-03-20', version: 2 })
  expect((await list(id)).at(-1)).toEqual(event)
})

test('what happened earlier, by the instant or by the bare day', async () => {
  const { id } = await apply({ status: 'applied', applied_on: '2026-03-01' })
  await add(id, { to_status: 'interview', occurred_at: '2026-03-10T23:30:00.000Z' })
  await add(id, { to_status: 'screening', occurred_on: '2026-03-05' })
  expect((await list(id)).map(({ from_status, to_status, occurred_on }) => [from_status, to_status, occurred_on])).toEqual([
    [null, 'applied', '2026-03-01'],
    ['applied', 'screening', '2026-03-05'],
    ['screening', 'interview', '2026-03-10'],
  ])
  expect(await read(id)).toMatchObject({ status: 'interview', response_on: '2026-03-05', status_since: '2026-03-10' })
})

test('one that is back-dated behind the last does not change the status', async () => {
  const { id } = await apply({ status: 'offer' })
  await add(id, { to_status: 'rejected', occurred_on: '2026-01-01' })
  expect(await read(id)).toMatchObject({ status: 'offer', response_on: '2026-01-01' })
})

test('a note is an event without a status', async () => {
  const { id } = await apply()
  expect(await add(id, { note: 'Called' })).toMatchObject({ type: 'note', from_status: 'interested', to_status: null, note: 'Called' })
  expect(await read(id)).toMatchObject({ status: 'interested', status_since: '2026-03-20' })
})

test('what says nothing, or two things, is refused by its name', async () => {
  const { id } = await apply()
  for (const [body, field] of [
    [{}, ''],
    [{ note: '' }, ''],
    [{ note: null }, ''],
    [{ type: 'status_changed', note: 'x' }, 'to_status'],
    [{ type: 'note', note: 'x', to_status: 'applied' }, 'to_status'],
    [{ type: 'interview_scheduled', note: 'x' }, 'type'],
    [{ note: 'x', occurred_on: '2026-03-01', occurred_at: now }, 'occurred_on'],
    [{ to_status: null, note: 'x' }, 'to_status'],
    [{ to_status: 'applied', from_status: 'interested' }, 'from_status'],
    [{ to_status: 'applied', recorded_at: now }, 'recorded_at'],
    [{ note: 'x', occurred_at: '2026-03-01' }, 'occurred_at'],
  ] as const) {
    const answer = await t.send('POST', `/api/v1/applications/${id}/events`, { body })
    expect(answer.status, JSON.stringify(body)).toBe(422)
    expect(((await answer.json()) as Problem).field_errors, JSON.stringify(body)).toMatchObject([{ field }])
  }
  expect(await list(id)).toHaveLength(1)
})

test('a correction: everything follows, and what it said is kept inside', async () => {
  const { id } = await apply({ status: 'applied', applied_on: '2026-03-01' })
  const event = await add(id, { to_status: 'interview', occurred_on: '2026-03-10', note: 'x' })
  expect(await correct(id, event.id, { to_status: 'screening', occurred_on: '2026-03-08', note: null })).toEqual({
    ...event,
    to_status: 'screening',
    occurred_on: '2026-03-08',
    occurred_at: '2026-03-08T12:00:00.000Z',
    note: null,
  })
  expect(await read(id)).toMatchObject({ status: 'screening', response_on: '2026-03-08', version: 3 })
  expect(await correct(id, event.id, { occurred_at: '2026-03-09T23:00:00-05:00' })).toMatchObject({
    occurred_at: '2026-03-10T04:00:00.000Z',
    occurred_on: '2026-03-10',
  })
  const { from_status: _, ...was } = event
  expect(await superseded(id)).toMatchObject([
    { event_id: event.id, was },
    { event_id: event.id, was: { to_status: 'screening', occurred_on: '2026-03-08', note: null } },
  ])
})

test('a correction to what it says is none', async () => {
  const { id } = await apply({ status: 'applied', applied_on: '2026-03-01' })
  const [event] = (await list(id)) as [ApplicationEvent]
  const { to_status, occurred_at, occurred_on, note } = event
  for (const body of [{}, { to_status }, { occurred_at }, { occurred_on }, { note }])
    expect(await correct(id, event.id, body)).toEqual(event)
  expect(await read(id)).toMatchObject({ version: 1 })
  expect(await superseded(id)).toEqual([])
})

test('moved to the day of another it keeps its place', async () => {
  const { id } = await apply()
  const [created] = (await list(id)) as [ApplicationEvent]
  t.setNow('2026-03-25T10:00:00.000Z')
  await add(id, { to_status: 'applied', occurred_on: '2026-03-22' })
  await correct(id, created.id, { occurred_on: '2026-03-22' })
  expect(await read(id)).toMatchObject({ status: 'applied', status_since: '2026-03-22' })
})

test('removed: status and dates follow from what is left, and it is kept inside', async () => {
  const { id } = await apply({ status: 'applied', applied_on: '2026-03-01' })
  const event = await add(id, { to_status: 'rejected' })
  await remove(id, event.id)
  expect(await read(id)).toMatchObject({ status: 'applied', response_on: null, version: 3 })
  expect(await superseded(id)).toMatchObject([{ event_id: event.id, was: { to_status: 'rejected' } }])
  expect((await t.send('DELETE', `/api/v1/applications/${id}/events/${event.id}`)).status).toBe(404)
})

test('the only event that says a status cannot be removed, but the first one can when another does', async () => {
  const { id } = await apply()
  const [created] = (await list(id)) as [ApplicationEvent]
  await add(id, { note: 'x' })
  const refused = await t.send('DELETE', `/api/v1/applications/${id}/events/${created.id}`)
  expect([refused.status, ((await refused.json()) as Problem).code]).toEqual([409, 'conflict'])
  await add(id, { to_status: 'interview' })
  await remove(id, created.id)
  expect(await read(id)).toMatchObject({ status: 'interview', applied_on: null })
})

test('a status belongs to events that have one', async () => {
  const { id } = await apply()
  const note = await add(id, { note: 'x' })
  const answer = await t.send('PATCH', `/api/v1/applications/${id}/events/${note.id}`, { body: { to_status: 'applied' } })
  expect(answer.status).toBe(422)
  expect(((await answer.json()) as Problem).field_errors).toMatchObject([{ field: 'to_status' }])
})

test('an event of another application is not found there', async () => {
  const [one, other] = [await apply(), await apply()]
  const [event] = (await list(other.id)) as [ApplicationEvent]
  const path = `/api/v1/applications/${one.id}/events/${event.id}`
  expect((await t.send('PATCH', path, { body: { note: 'x' } })).status).toBe(404)
  expect((await t.send('DELETE', path)).status).toBe(404)
  expect(await list(other.id)).toEqual([event])
})

test('what was ghosted is reopened by a note, and ghosted again when the note goes', async () => {
  const { id } = await apply({ status: 'interview', applied_on: '2026-01-01' })
  await add(id, { to_status: 'ghosted' })
  expect(await read(id)).toMatchObject({ status: 'ghosted' })
  t.setNow('2026-03-25T10:00:00.000Z')
  const note = await add(id, { note: 'They wrote' })
  expect(note).toMatchObject({ from_status: 'ghosted' })
  expect(await read(id)).toMatchObject({ status: 'interview', status_since: '2026-03-25' })
  await remove(id, note.id)
  expect(await read(id)).toMatchObject({ status: 'ghosted', status_since: '2026-03-20' })
})
