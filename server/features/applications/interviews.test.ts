import { afterEach, expect, test } from 'vitest'
import type { ApplicationInput, Interview, InterviewInput } from '../../../contract/applications.ts'
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
const add = (id: string, body: Partial<InterviewInput> & { starts_at: string }) =>
  t.client.applications.addInterview({ params: { id }, body })
const change = (id: string, interview_id: string, body: object) =>
  t.client.applications.updateInterview({ params: { id, interview_id }, body })
const types = async (id: string) => (await t.client.applications.listEvents({ params: { id } })).items.map((event) => event.type)

test('added with its start alone; everything comes back as it was written', async () => {
  const { id } = await apply()
  const answer = await t.send('POST', `/api/v1/applications/${id}/interviews`, { body: { starts_at: '2026-03-25T09:00:00+01:00' } })
  const interview = (await answer.json()) as Interview
  expect(answer.status).toBe(201)
  expect(answer.headers.get('location')).toBe(`/api/v1/applications/${id}/interviews/${interview.id}`)
  expect(interview).toEqual({
    id: expect.any(String),
    round: 1,
    kind: 'video',
    starts_at: '2026-03-25T08:00:00.000Z',
    duration_minutes: null,
    place: null,
    interviewers: [],
    status: 'scheduled',
    feedback: null,
  })
  const full = {
    round: 7,
    kind: 'take_home' as const,
    starts_at: '2026-03-26T08:00:00.123Z',
    duration_minutes: 10_080,
    place: 'https://meet.example.com/abc',
    interviewers: ['Ana "A." Moreira', "O'Neil, {Bo}"],
    status: 'held' as const,
    feedback: { questions: ['Why?', 'Why?'], skill_areas: ['SQL'], rating: 5, notes: 'ok' },
  }
  const second = await add(id, full)
  expect(second).toEqual({ id: second.id, ...full })
  expect((await add(id, { starts_at: now })).round).toBe(8)
  const listed = await t.client.applications.listInterviews({ params: { id } })
  expect(listed.items.map(({ starts_at }) => starts_at)).toEqual([now, '2026-03-25T08:00:00.000Z', '2026-03-26T08:00:00.123Z'])
  expect(listed).toMatchObject({ next_cursor: null, total: { value: 3, relation: 'exact' } })
  expect((await read(id)).interviews).toEqual(listed.items)
})

test('each act is an event, and raises the version of the application once', async () => {
  const { id } = await apply({ status: 'interview' })
  const interview = await add(id, { starts_at: '2026-03-25T08:00:00.000Z' })
  expect(await read(id)).toMatchObject({ version: 2, status: 'interview' })
  await change(id, interview.id, { starts_at: '2026-03-26T08:00:00.000Z', place: 'there' })
  await change(id, interview.id, { status: 'held' })
  await change(id, interview.id, { feedback: { rating: 4 } })
  expect(await read(id)).toMatchObject({
    version: 5,
    interviews: [{ feedback: { questions: [], skill_areas: [], rating: 4, notes: null } }],
  })
  await change(id, interview.id, { status: 'held', feedback: { rating: 4 } })
  expect(await read(id)).toMatchObject({ version: 5 })
  await change(id, interview.id, { feedback: null, interviewers: null })
  expect(await read(id)).toMatchObject({ version: 6, interviews: [{ feedback: null, interviewers: [] }] })
  await t.client.applications.deleteInterview({ params: { id, interview_id: interview.id } })
  expect(await read(id)).toMatchObject({ version: 7, interviews: [] })
  const other = await add(id, { starts_at: '2026-03-25T08:00:00.000Z' })
  await change(id, other.id, { status: 'cancelled' })
  const third = await add(id, { starts_at: '2026-03-25T08:00:00.000Z' })
  await t.client.applications.deleteInterview({ params: { id, interview_id: third.id } })
  expect(await types(id)).toEqual([
    'created',
    'interview_scheduled',
    'interview_moved',
    'interview_held',
    'interview_scheduled',
    'interview_cancelled',
    'interview_scheduled',
    'interview_cancelled',
  ])
})

test('interview_at is the next scheduled one that is not over', async () => {
  const { id } = await apply()
  const at = async (instant: string) => {
    t.setNow(instant)
    return (await read(id)).interview_at
  }
  expect((await read(id)).interview_at).toBeNull()
  await add(id, { starts_at: '2026-03-27T08:00:00.000Z', duration_minutes: 30 })
  const first = await add(id, { starts_at: '2026-03-25T08:00:00.000Z' })
  const held = await add(id, { starts_at: '2026-03-24T08:00:00.000Z', status: 'held' })
  expect(await at(now)).toBe('2026-03-25T08:00:00.000Z')
  expect(await at('2026-03-25T08:59:59.999Z')).toBe('2026-03-25T08:00:00.000Z')
  expect(await at('2026-03-25T09:00:00.000Z')).toBe('2026-03-27T08:00:00.000Z')
  expect(await at('2026-03-27T08:30:00.000Z')).toBeNull()
  t.setNow(now)
  await change(id, first.id, { status: 'cancelled' })
  expect((await read(id)).interview_at).toBe('2026-03-27T08:00:00.000Z')
  await change(id, held.id, { status: 'scheduled' })
  expect((await read(id)).interview_at).toBe('2026-03-24T08:00:00.000Z')
})

test('an interview reopens what was taken for ghosted', async () => {
  const { id } = await apply({ status: 'applied' })
  await t.client.applications.update({ params: { id }, body: { status: 'ghosted' } })
  await add(id, { starts_at: '2026-03-25T08:00:00.000Z' })
  expect(await read(id)).toMatchObject({ status: 'applied' })
})

test('what is wrong is refused by its name', async () => {
  const { id } = await apply()
  for (const [body, field] of [
    [{}, 'starts_at'],
    [{ starts_at: '2026-03-25' }, 'starts_at'],
    [{ starts_at: '2026-03-25T08:00:00' }, 'starts_at'],
    [{ starts_at: now, round: 0 }, 'round'],
    [{ starts_at: now, duration_minutes: 0.5 }, 'duration_minutes'],
    [{ starts_at: now, feedback: { rating: 0 } }, 'feedback.rating'],
    [{ starts_at: now, feedback: { questions: [''] } }, 'feedback.questions[0]'],
    [{ starts_at: now, interviewers: 'Ana' }, 'interviewers'],
    [{ starts_at: now, id: '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e' }, 'id'],
  ] as const) {
    const answer = await t.send('POST', `/api/v1/applications/${id}/interviews`, { body })
    expect(answer.status).toBe(422)
    expect(((await answer.json()) as Problem).field_errors).toMatchObject([{ field }])
  }
})

test('an interview of another application is not found there', async () => {
  const [one, other] = [await apply(), await apply()]
  const interview = await add(other.id, { starts_at: now })
  const path = `/api/v1/applications/${one.id}/interviews/${interview.id}`
  expect((await t.send('PATCH', path, { body: { round: 2 } })).status).toBe(404)
  expect((await t.send('DELETE', path)).status).toBe(404)
  expect((await t.send('DELETE', `/api/v1/applications/${other.id}/interviews/${interview.id}`)).status).toBe(204)
  expect((await t.send('DELETE', `/api/v1/applications/${other.id}/interviews/${interview.id}`)).status).toBe(404)
})

test('the round counts up to the last one there may be, and stays there', async () => {
  const { id } = await apply()
  await add(id, { starts_at: now, round: 49 })
  expect((await add(id, { starts_at: now })).round).toBe(50)
  expect((await add(id, { starts_at: now })).round).toBe(50)
})
