import { afterEach, describe, expect, test } from 'vitest'
import type { Application, ApplicationChanges, ApplicationInput } from '../../../contract/applications.ts'
import type { Problem } from '../../../contract/problems.ts'
import { useTestApp } from '../../../testing/test-app.ts'

const t = useTestApp()
const now = '2026-03-20T10:00:00.000Z'
afterEach(() => t.setNow(null))

const newJob = (company = 'Northwind') => t.client.jobs.create({ body: { company, title: 'Engineer' } })
const apply = async (more: Partial<ApplicationInput> = {}, at = now) => {
  t.setNow(at)
  const { id } = await newJob()
  return t.client.applications.create({ body: { job_id: id, ...more } })
}
const change = (id: string, body: Partial<ApplicationChanges>) => t.client.applications.update({ params: { id }, body })
const read = (id: string) => t.client.applications.get({ params: { id } })
const events = async (id: string) => (await t.client.applications.listEvents({ params: { id } })).items
const refused = async (method: string, path: string, body: unknown) => {
  const answer = await t.send(method, `/api/v1${path}`, { body })
  return { status: answer.status, ...((await answer.json()) as Partial<Problem>) }
}

describe('create', () => {
  test('a job is enough: it is of interest from now on', async () => {
    t.setNow(now)
    const job = await newJob()
    const answer = await t.send('POST', '/api/v1/applications', { body: { job_id: job.id } })
    const application = (await answer.json()) as Application
    expect(answer.status).toBe(201)
    expect(answer.headers.get('location')).toBe(`/api/v1/applications/${application.id}`)
    expect(answer.headers.get('etag')).toBe('"1"')
    expect(application).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{14}7[0-9a-f-]{21}$/),
      job_id: job.id,
      job: { id: job.id, company: 'Northwind', title: 'Engineer' },
      status: 'interested',
      status_since: '2026-03-20',
      applied_on: null,
      response_on: null,
      offer_on: null,
      interview_at: null,
      follow_up_on: null,
      reminders_muted: false,
      notes: null,
      interviews: [],
      contacts: [],
      version: 1,
      created_at: now,
      updated_at: now,
      deleted_at: null,
    })
    expect(await read(application.id)).toEqual(application)
    expect(await events(application.id)).toMatchObject([
      { type: 'created', from_status: null, to_status: 'interested', occurred_at: now, recorded_at: now },
    ])
  })

  test('with a status and dates, interviews and contacts, all at once', async () => {
    const application = await apply({
      status: 'interview',
      applied_on: '2026-03-01',
      response_on: '2026-03-10',
      follow_up_on: '2026-03-25',
      reminders_muted: true,
      notes: 'Ana works there',
      contacts: [{ name: 'Ana', role: null, email: 'ana@example.com', phone: null, url: null }],
      interviews: [
        { kind: 'phone', starts_at: '2026-03-18T08:00:00.000Z', status: 'held' },
        { round: 4, starts_at: '2026-03-25T09:00:00+02:00' },
        { starts_at: '2026-03-26T09:00:00.000Z' },
      ] as ApplicationInput['interviews'],
    })
    expect(application).toMatchObject({
      status: 'interview',
      applied_on: '2026-03-01',
      response_on: '2026-03-10',
      interview_at: '2026-03-25T07:00:00.000Z',
      reminders_muted: true,
      contacts: [{ name: 'Ana', role: null, email: 'ana@example.com', phone: null, url: null }],
      version: 1,
    })
    expect(application.interviews.map(({ round, kind, status }) => [round, kind, status])).toEqual([
      [1, 'phone', 'held'],
      [4, 'video', 'scheduled'],
      [5, 'video', 'scheduled'],
    ])
    expect(await read(application.id)).toEqual(application)
  })

  test('without a status the dates say it', async () => {
    expect(await apply({ applied_on: '2026-03-01' })).toMatchObject({ status: 'applied', status_since: '2026-03-01' })
    expect(await apply({ offer_on: '2026-03-01' })).toMatchObject({ status: 'offer', response_on: '2026-03-01', applied_on: null })
    expect(await apply({ applied_on: null, response_on: null, offer_on: null })).toMatchObject({ status: 'interested' })
  })

  test('a job that is not there is named', async () => {
    const missing = await refused('POST', '/applications', { job_id: '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e' })
    expect(missing).toMatchObject({ status: 404, code: 'not_found', field_errors: [{ field: 'job_id' }] })
    expect(await refused('POST', '/applications', { job_id: 'x' })).toMatchObject({ status: 422, field_errors: [{ field: 'job_id' }] })
    expect(await refused('POST', '/applications', {})).toMatchObject({ status: 422, field_errors: [{ field: 'job_id', code: 'required' }] })
  })

  test('what is wrong inside is told by its path, and nothing is saved', async () => {
    const job = await newJob()
    const wrong = await refused('POST', '/applications', {
      job_id: job.id,
      status: 'hired',
      applied_on: 'today',
      contacts: [{ name: 'Ana' }, {}, { nick: 'x', url: 'mailto:x' }],
      interviews: [
        { starts_at: '2026-13-01T00:00:00Z', kind: 'zoom' },
        { starts_at: '2999-12-31T23:59:59-01:00', feedback: { rating: 6, score: 1 } },
      ],
      version: 1,
    })
    expect(wrong.status).toBe(422)
    expect(wrong.field_errors?.map(({ field, code }) => `${field} ${code}`).toSorted()).toEqual(
      [
        'status invalid_value',
        'applied_on invalid_format',
        'contacts[1] invalid_value',
        'contacts[2].nick unknown_field',
        'contacts[2].url invalid_value',
        'interviews[0].starts_at invalid_format',
        'interviews[0].kind invalid_value',
        'interviews[1].starts_at invalid_value',
        'interviews[1].feedback.rating too_big',
        'interviews[1].feedback.score unknown_field',
        'version read_only',
      ].toSorted(),
    )
    expect((await t.client.applications.list({ query: { job_id: [job.id] } })).total.value).toBe(0)
  })

  test('dates that cannot be are refused whole', async () => {
    const job = await newJob()
    const wrong = await refused('POST', '/applications', { job_id: job.id, applied_on: '2026-03-02', response_on: '2026-03-01' })
    expect(wrong).toMatchObject({ status: 422, field_errors: [{ field: 'response_on' }] })
    expect((await t.client.jobs.get({ params: { id: job.id } })).application_status).toBeNull()
  })
})

describe('change', () => {
  test('own fields merge: null clears, lists replace, what is left out stays', async () => {
    const application = await apply({ notes: 'x', follow_up_on: '2026-04-01', contacts: [contact('Ana'), contact('Bo')] })
    t.setNow('2026-03-21T10:00:00.000Z')
    expect(await change(application.id, { notes: null, contacts: [contact('Cy')] })).toEqual({
      ...application,
      notes: null,
      contacts: [contact('Cy')],
      version: 2,
      updated_at: '2026-03-21T10:00:00.000Z',
    })
    const cleared = await t.send('PATCH', `/api/v1/applications/${application.id}`, { body: { contacts: null, follow_up_on: null } })
    expect(await cleared.json()).toMatchObject({ contacts: [], follow_up_on: null, version: 3 })
  })

  test('the present value of any field is no change', async () => {
    const application = await apply({ status: 'rejected', applied_on: '2026-03-01', response_on: '2026-03-05', contacts: [contact('Ana')] })
    t.setNow('2026-03-25T10:00:00.000Z')
    const { status, applied_on, response_on, offer_on, notes, contacts, follow_up_on, reminders_muted } = application
    const again = await change(application.id, {
      status,
      applied_on,
      response_on,
      offer_on,
      notes,
      contacts,
      follow_up_on,
      reminders_muted,
    })
    expect(again).toEqual(application)
    expect(await change(application.id, {})).toEqual(application)
    expect(await events(application.id)).toHaveLength(2)
  })

  test('a status is an event of now', async () => {
    const application = await apply()
    t.setNow('2026-03-25T10:00:00.000Z')
    expect(await change(application.id, { status: 'interview' })).toMatchObject({
      status: 'interview',
      status_since: '2026-03-25',
      applied_on: null,
      response_on: '2026-03-25',
      version: 2,
    })
    expect(await events(application.id)).toMatchObject([
      { type: 'created', to_status: 'interested' },
      {
        type: 'status_changed',
        from_status: 'interested',
        to_status: 'interview',
        occurred_at: '2026-03-25T10:00:00.000Z',
        occurred_on: '2026-03-25',
      },
    ])
  })

  test('a date corrects its event, and what it said is kept', async () => {
    const application = await apply({ status: 'applied' })
    expect(await change(application.id, { applied_on: '2026-03-01' })).toMatchObject({
      applied_on: '2026-03-01',
      status: 'applied',
      version: 2,
    })
    const [event] = await events(application.id)
    expect(event).toMatchObject({ type: 'created', occurred_on: '2026-03-01', occurred_at: '2026-03-01T12:00:00.000Z', recorded_at: now })
    const kept = await t.app.db.selectFrom('superseded_events').selectAll().where('application_id', '=', application.id).execute()
    expect(kept).toMatchObject([{ event_id: event?.id, was: { occurred_on: '2026-03-20', to_status: 'applied' } }])
  })

  test('a date taken away takes its events away', async () => {
    const application = await apply({ status: 'offer', applied_on: '2026-03-01', response_on: '2026-03-02', offer_on: '2026-03-03' })
    expect(await change(application.id, { offer_on: null })).toMatchObject({
      status: 'screening',
      offer_on: null,
      response_on: '2026-03-02',
    })
    expect(await change(application.id, { response_on: null })).toMatchObject({ status: 'applied', response_on: null })
    expect(await change(application.id, { applied_on: null })).toMatchObject({ status: 'interested', applied_on: null })
  })

  test('status, dates and own fields go in together or not at all', async () => {
    const application = await apply({ status: 'applied', applied_on: '2026-03-10' })
    const wrong = await refused('PATCH', `/applications/${application.id}`, { notes: 'x', status: 'screening', response_on: '2026-03-09' })
    expect(wrong).toMatchObject({ status: 422, field_errors: [{ field: 'response_on' }] })
    expect(await read(application.id)).toEqual(application)
    expect(await change(application.id, { notes: 'x', status: 'rejected', response_on: '2026-03-12' })).toMatchObject({
      notes: 'x',
      status: 'rejected',
      status_since: '2026-03-12',
      version: 2,
    })
  })

  test('what follows from elsewhere is read-only', async () => {
    const { id, job_id } = await apply()
    const own = {
      id,
      job_id,
      job: {},
      interview_at: null,
      status_since: '2026-03-01',
      interviews: [],
      created_at: now,
      updated_at: now,
      deleted_at: null,
    }
    const wrong = await refused('PATCH', `/applications/${id}`, own)
    expect(wrong.field_errors?.map(({ field, code }) => [field, code]).toSorted()).toEqual(
      Object.keys(own)
        .map((name) => [name, 'read_only'])
        .toSorted(),
    )
  })

  test('of changes at the same time none is lost', async () => {
    const { id } = await apply()
    await Promise.all([
      change(id, { notes: 'x' }),
      change(id, { follow_up_on: '2026-04-01' }),
      change(id, { status: 'applied' }),
      change(id, { contacts: [contact('Ana')] }),
      t.client.applications.addEvent({ params: { id }, body: { note: 'called' } }),
      t.client.applications.addInterview({ params: { id }, body: { starts_at: '2026-04-02T08:00:00.000Z' } }),
    ])
    expect(await read(id)).toMatchObject({
      notes: 'x',
      follow_up_on: '2026-04-01',
      status: 'applied',
      contacts: [{ name: 'Ana' }],
      version: 7,
    })
    expect((await events(id)).map(({ type }) => type).toSorted()).toEqual(['created', 'interview_scheduled', 'note', 'status_changed'])
  })
})

describe('the trash', () => {
  test('deleted, found among the deleted, restored', async () => {
    const application = await apply({ status: 'applied' })
    const path = `/api/v1/applications/${application.id}`
    expect((await t.send('DELETE', path)).status).toBe(204)
    for (const [method, at] of [
      ['GET', path],
      ['DELETE', path],
      ['GET', `${path}/events`],
      ['GET', `${path}/interviews`],
    ] as const) {
      expect((await t.send(method, at)).status, `${method} ${at}`).toBe(404)
    }
    expect((await t.send('PATCH', path, { body: { notes: 'x' } })).status).toBe(404)
    expect((await t.send('POST', `${path}/events`, { body: { note: 'x' } })).status).toBe(404)
    expect((await t.client.jobs.get({ params: { id: application.job_id } })).application_status).toBeNull()
    expect(await t.client.applications.get({ params: { id: application.id }, query: { deleted: 'only' } })).toMatchObject({
      version: 2,
      deleted_at: now,
    })
    expect((await t.send('GET', `${path}?deleted=include`)).status).toBe(200)

    const restored = await t.client.applications.restore({ params: { id: application.id } })
    expect(restored).toEqual({ ...application, version: 3 })
    expect(await t.client.applications.restore({ params: { id: application.id } })).toEqual(restored)
    expect((await t.client.jobs.get({ params: { id: application.job_id } })).application_status).toBe('applied')
  })

  test('permanent=true leaves neither events nor what they said before', async () => {
    const application = await apply({ status: 'applied', interviews: [{ starts_at: now }] as ApplicationInput['interviews'] })
    await change(application.id, { applied_on: '2026-03-01' })
    await t.client.applications.delete({ params: { id: application.id }, query: { permanent: true } })
    expect((await t.send('GET', `/api/v1/applications/${application.id}?deleted=include`)).status).toBe(404)
    for (const table of ['application_events', 'superseded_events', 'interviews'] as const) {
      expect(await t.app.db.selectFrom(table).selectAll().where('application_id', '=', application.id).execute()).toEqual([])
    }
    expect(await t.client.jobs.get({ params: { id: application.job_id } })).toMatchObject({ version: 1, application_status: null })
  })
})

describe('the status of its job', () => {
  test('is that of its open application, else of its newest, and raises neither version nor time', async () => {
    t.setNow(now)
    const job = await newJob()
    const ofJob = () => t.client.jobs.get({ params: { id: job.id } })
    const create = (status: ApplicationInput['status']) => t.client.applications.create({ body: { job_id: job.id, status } })
    t.setNow('2026-03-21T10:00:00.000Z')
    const first = await create('rejected')
    expect(await ofJob()).toEqual({ ...job, application_status: 'rejected' })
    t.setNow('2026-03-22T10:00:00.000Z')
    const second = await create('withdrawn')
    expect(await ofJob()).toEqual({ ...job, application_status: 'withdrawn' })
    await change(first.id, { status: 'applied' })
    expect(await ofJob()).toEqual({ ...job, application_status: 'applied' })
    await t.client.applications.addEvent({ params: { id: first.id }, body: { to_status: 'ghosted' } })
    expect(await ofJob()).toEqual({ ...job, application_status: 'withdrawn' })
    await t.client.applications.delete({ params: { id: second.id } })
    expect(await ofJob()).toEqual({ ...job, application_status: 'ghosted' })
    await t.client.applications.delete({ params: { id: first.id }, query: { permanent: true } })
    expect(await ofJob()).toEqual(job)
  })
})

describe('days are days of the user', () => {
  test.each([
    ['Pacific/Kiritimati', '2026-03-20T09:59:59.999Z', '2026-03-20'],
    ['Pacific/Kiritimati', '2026-03-20T10:00:00.000Z', '2026-03-21'],
    ['America/Los_Angeles', '2026-03-21T06:59:59.999Z', '2026-03-20'],
    ['America/Los_Angeles', '2026-03-21T07:00:00.000Z', '2026-03-21'],
    // The night in which the clocks go forward there at midnight.
    ['America/Santiago', '2026-09-06T04:00:00.000Z', '2026-09-06'],
  ])('in %s it is at %s the day %s', async (timezone, instant, day) => {
    await t.client.settings.update({ body: { timezone } })
    const application = await apply({ status: 'applied' }, instant)
    expect(application).toMatchObject({ status_since: day, applied_on: day })
    // Moving to another zone moves no day.
    await t.client.settings.update({ body: { timezone: 'UTC' } })
    expect(await read(application.id)).toEqual(application)
  })

  test('a bare day is noon there, and no other day anywhere that matters', async () => {
    await t.client.settings.update({ body: { timezone: 'Asia/Tokyo' } })
    const { id } = await apply({ applied_on: '2026-03-01' })
    expect(await events(id)).toMatchObject([{ occurred_on: '2026-03-01', occurred_at: '2026-03-01T03:00:00.000Z' }])
    await t.client.settings.update({ body: { timezone: 'UTC' } })
  })
})

function contact(name: string) {
  return { name, role: null, email: null, phone: null, url: null }
}
