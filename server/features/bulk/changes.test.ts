import { expect, test } from 'vitest'
import type { ApplicationInput } from '../../../contract/applications.ts'
import type { BulkDeleted, BulkUpdated } from '../../../contract/bulk.ts'
import { canonicalDump } from '../../../testing/canonical-dump.ts'
import { expectInvariants } from '../../../testing/invariants.ts'
import { useTestApp } from '../../../testing/test-app.ts'

/** What bulk changes do to the records. */

const t = useTestApp()
const bulk = () => t.client.bulk

async function makeJobs(n: number, more: object = {}): Promise<string[]> {
  const jobs = Array.from({ length: n }, (_, at) => ({ company: 'Northwind', title: `Job ${at}`, ...more }))
  return (await bulk().createJobs({ body: { jobs } })).created_ids
}
async function makeApplications(jobIds: string[], more: Partial<ApplicationInput> = {}): Promise<string[]> {
  return (await bulk().createApplications({ body: { applications: jobIds.map((job_id) => ({ job_id, ...more })) } })).created_ids
}
const getJob = (id: string) => t.client.jobs.get({ params: { id }, query: { deleted: 'include' } })
const getApplication = (id: string) => t.client.applications.get({ params: { id }, query: { deleted: 'include' } })
const eventsOf = async (id: string) =>
  (await t.client.applications.listEvents({ params: { id } })).items.map(({ id: _, recorded_at: __, occurred_at: ___, ...event }) => event)
const expectDone = (answer: object) => expect(answer).toMatchObject({ failed: 0, errors: [] })

test('each by its own entry: null clears, what is left out stays, the same again changes no version', async () => {
  const [a, b, c] = (await makeJobs(3, { notes: 'as it was', tags: ['x'], priority: 2, url: 'https://example.com/1' })) as [
    string,
    string,
    string,
  ]
  const updates = [{ id: a, notes: null, tags: null }, { id: b, priority: 5, salary_min: 1.25 }, { id: c }]
  const answer = await bulk().updateJobs({ body: { updates } })
  expect(answer).toMatchObject({ total: 3, succeeded: 3, updated_ids: [a, b, c] })
  expect(await getJob(a)).toMatchObject({ notes: null, tags: [], priority: 2, url: 'https://example.com/1', version: 2 })
  expect(await getJob(b)).toMatchObject({ notes: 'as it was', tags: ['x'], priority: 5, salary_min: 1.25, version: 2 })
  expect(await getJob(c)).toMatchObject({ notes: 'as it was', version: 1 })
  const again = await bulk().updateJobs({ body: { updates } })
  expect(again).toMatchObject({ succeeded: 3 })
  expect(again).not.toHaveProperty('undo_token')
  expect(await getJob(a)).toMatchObject({ version: 2 })
})

test('one change for a filter, to all that it matches and to nothing else', async () => {
  const mine = await makeJobs(4, { source: 'Board' })
  const [other] = (await makeJobs(1, { source: 'Referral' })) as [string]
  const answer = (await bulk().updateJobs({
    body: { filter: { source: ['Board'] }, changes: { status: 'archived', posted_on: '2026-11-02' } },
  })) as BulkUpdated
  expect(answer.updated_ids.toSorted()).toEqual(mine.toSorted())
  expect(await Promise.all(mine.map(getJob))).toMatchObject(mine.map(() => ({ status: 'archived', posted_on: '2026-11-02', version: 2 })))
  expect(await getJob(other)).toMatchObject({ status: 'open', version: 1 })
})

test('tags and skills are added and removed whatever their case, and never twice', async () => {
  const [a] = (await makeJobs(1, { tags: ['Summer', 'remote'], tech_stack: ['Go', 'C++'] })) as [string]
  const [b] = (await makeJobs(1)) as [string]
  const changes = {
    add_tags: ['SUMMER', 'new'],
    remove_tags: ['Remote', 'absent'],
    add_skills: ['Rust'],
    remove_skills: ['c++'],
    priority: 1,
  }
  expectDone(await bulk().updateJobs({ body: { ids: [a, b], changes } }))
  expect(await getJob(a)).toMatchObject({ tags: ['Summer', 'new'], tech_stack: ['Go', 'Rust'], priority: 1 })
  expect(await getJob(b)).toMatchObject({ tags: ['SUMMER', 'new'], tech_stack: ['Rust'], priority: 1 })
  const full = Array.from({ length: 200 }, (_, at) => `t${at}`)
  expectDone(
    await bulk().updateJobs({
      body: {
        updates: [
          { id: a, tags: full },
          { id: b, add_tags: ['own'] },
        ],
      },
    }),
  )
  const tooMany = await bulk().updateJobs({ body: { ids: [a, b], changes: { add_tags: ['one more'] }, mode: 'partial' } })
  expect(tooMany).toMatchObject({ updated_ids: [b], errors: [{ id: a, field_errors: [{ field: 'changes.add_tags', code: 'too_long' }] }] })
})

test('a status writes an event in each, by the very rules of a single change', async () => {
  const [one, two, three] = (await makeJobs(3)) as [string, string, string]
  const made = await makeApplications([one, two], { status: 'applied', applied_on: '2026-11-01' })
  const [single] = (await makeApplications([three], { status: 'applied', applied_on: '2026-11-01' })) as [string]
  for (const changes of [
    { status: 'offer' as const, response_on: '2026-11-10', notes: 'well' },
    { applied_on: '2026-10-20' },
    { status: 'declined' as const, follow_up_on: '2026-12-01', contacts: [{ name: 'Ana' }] },
    { response_on: null },
  ]) {
    const refused = await t.client.applications.update({ params: { id: single }, body: changes }).catch((error) => error.problem)
    const answer = await bulk().updateApplications({ body: { ids: made, changes, mode: 'partial' } })
    if ('field_errors' in refused) {
      expect(answer).toMatchObject({ failed: 2, errors: [{ index: 0, code: refused.code }, { index: 1 }] })
      const { field, ...error } = refused.field_errors[0]
      expect((answer as BulkUpdated).errors[0]?.field_errors).toEqual([{ ...error, field: `changes.${field}` }])
    } else expectDone(answer)
    const expected = await getApplication(single)
    for (const id of made) {
      const { status, applied_on, response_on, offer_on, status_since, notes, follow_up_on, version, contacts } = expected
      expect(await getApplication(id)).toMatchObject({
        status,
        applied_on,
        response_on,
        offer_on,
        status_since,
        notes,
        follow_up_on,
        version,
        contacts,
      })
      expect(await eventsOf(id)).toEqual(await eventsOf(single))
    }
  }
  await expectInvariants(t.app)
})

test('one open application a job, whatever the order of the request', async () => {
  const [job] = (await makeJobs(1)) as [string]
  const [open] = (await makeApplications([job])) as [string]
  const created = await bulk().createApplications({
    body: {
      mode: 'partial',
      applications: [{ job_id: job }, { job_id: job, status: 'rejected' }, { job_id: '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e' }],
    },
  })
  expect(created).toMatchObject({
    succeeded: 1,
    errors: [
      { index: 0, code: 'application_already_open', field_errors: [{ field: 'applications[0].job_id' }] },
      { index: 2, code: 'not_found', field_errors: [{ field: 'applications[2].job_id' }] },
    ],
  })
  const [closed] = created.created_ids as [string]
  const both = { ids: [open, closed], changes: { status: 'applied' as const } }
  expect(await bulk().updateApplications({ body: both })).toMatchObject({
    succeeded: 0,
    errors: [{ index: 1, id: closed, code: 'application_already_open', field_errors: [{ field: 'changes.status' }] }],
  })
  // The place goes from one to the other in one request, also when the one that opens comes first.
  const updates = [
    { id: closed, status: 'interview' as const },
    { id: open, status: 'withdrawn' as const },
  ]
  expectDone(await bulk().updateApplications({ body: { updates } }))
  expect(await getJob(job)).toMatchObject({ application_status: 'interview' })
  const second = await makeJobs(1)
  const twice = await bulk().createApplications({
    body: { mode: 'partial', applications: [{ job_id: second[0]! }, { job_id: second[0]! }] },
  })
  expect(twice).toMatchObject({ succeeded: 1, errors: [{ index: 1, code: 'application_already_open' }] })
  await expectInvariants(t.app)
})

test('deleting jobs takes their applications along and says how many; a restore brings back those', async () => {
  const ids = await makeJobs(4)
  const [a, b, c] = (await makeApplications(ids.slice(0, 3))) as [string, string, string]
  expectDone(await bulk().updateApplications({ body: { ids: [b], changes: { status: 'rejected' } } }))
  await t.client.applications.delete({ params: { id: c } })
  const preview = await bulk().deleteJobs({ body: { ids, dry_run: true } })
  expect(preview).toEqual({
    total: 4,
    succeeded: 4,
    failed: 0,
    errors: [],
    also: { applications: 2, open_applications: 1 },
    deleted_ids: ids,
  })
  expect((await getJob(ids[0]!)).deleted_at).toBeNull()

  const deleted = (await bulk().deleteJobs({ body: { ids } })) as BulkDeleted
  expect(deleted).toMatchObject({ also: preview['also' as never], deleted_ids: ids })
  expect(await Promise.all([a, b, c].map(getApplication))).toMatchObject([a, b, c].map(() => ({ deleted_at: expect.any(String) })))
  expect(await bulk().restoreApplications({ body: { ids: [a, c], mode: 'partial' } })).toMatchObject({
    failed: 2,
    errors: [{ code: 'conflict', message: 'The job of this application is in the trash. Restore the job first.' }, { id: c }],
  })
  const again = await bulk().restoreJobs({ body: { filter: { company: ['Northwind'] } } })
  expect(again).toMatchObject({ succeeded: 4, also: { applications: 2, open_applications: 1 } })
  expect(await Promise.all([a, b, c].map(getApplication))).toMatchObject([
    { deleted_at: null },
    { deleted_at: null },
    { deleted_at: expect.any(String) },
  ])
  // A live one is restored already.
  expect(await bulk().restoreJobs({ body: { ids: ids.slice(0, 1) } })).toMatchObject({ succeeded: 1 })
  await expectInvariants(t.app)

  const gone = await bulk().deleteJobs({ body: { ids, permanent: true } })
  expect(gone).toMatchObject({ deleted_ids: ids, also: { applications: 3, open_applications: 2 } })
  expect(gone).not.toHaveProperty('undo_token')
  for (const id of ids)
    expect(await t.client.jobs.get({ params: { id }, query: { deleted: 'include' } }).catch((error) => error.problem.status)).toBe(404)
})

test('applications are trashed, restored and really deleted alike', async () => {
  const jobs = await makeJobs(3)
  const ids = await makeApplications(jobs)
  expectDone(await bulk().deleteApplications({ body: { ids } }))
  const [replacement] = (await makeApplications(jobs.slice(1, 2))) as [string]
  const restored = await bulk().restoreApplications({ body: { filter: { job_id: jobs }, mode: 'partial' } })
  expect(restored).toMatchObject({ succeeded: 2, errors: [{ index: 1, id: ids[1], code: 'application_already_open', field_errors: [] }] })
  expectDone(await bulk().deleteApplications({ body: { ids: [...ids, replacement], permanent: true } }))
  expect((await t.client.applications.list({ query: { job_id: jobs, deleted: 'include' } })).total.value).toBe(0)
  expect(await getJob(jobs[0]!)).toMatchObject({ application_status: null })
})

test('new applications bring their dates and interviews', async () => {
  const [job] = (await makeJobs(1)) as [string]
  const application = {
    job_id: job,
    status: 'interview' as const,
    applied_on: '2026-11-01',
    contacts: [{ name: 'Ana' }],
    interviews: [{ starts_at: '2026-12-01T10:00:00.000Z' }, { starts_at: '2026-12-02T10:00:00.000Z' }],
  }
  const { created_ids } = await bulk().createApplications({ body: { applications: [application] } })
  expect(await getApplication(created_ids[0]!)).toMatchObject({
    status: 'interview',
    applied_on: '2026-11-01',
    version: 1,
    contacts: [{ name: 'Ana' }],
    interviews: [{ round: 1 }, { round: 2 }],
  })
  const [other] = (await makeJobs(1)) as [string]
  const wrong = { job_id: other, status: 'applied' as const, applied_on: '2026-11-05', response_on: '2026-11-01' }
  expect(await bulk().createApplications({ body: { applications: [wrong], mode: 'partial' } })).toMatchObject({
    errors: [{ index: 0, code: 'validation_failed', field_errors: [{ field: 'applications[0].response_on' }] }],
  })
})

test('a dry run of anything writes nothing', async () => {
  const jobs = await makeJobs(3)
  const ids = await makeApplications(jobs.slice(0, 2))
  await makeJobs(1)
  const before = await canonicalDump(t.app)
  const history = (await t.client.bulk.list()).total.value
  const dry = { dry_run: true, mode: 'partial' } as const
  expect(await bulk().createJobs({ body: { ...dry, jobs: [{ company: 'A', title: 'B' }, {} as never] } })).toMatchObject({
    succeeded: 1,
    failed: 1,
    created_ids: [],
  })
  expect(await bulk().updateJobs({ body: { ...dry, ids: jobs, changes: { status: 'archived' } } })).toMatchObject({
    succeeded: 3,
    updated_ids: jobs,
    also: { applications: 2, open_applications: 2 },
  })
  expect(await bulk().updateApplications({ body: { ...dry, ids, changes: { status: 'rejected' } } })).toMatchObject({ succeeded: 2 })
  expect(await bulk().deleteJobs({ body: { ...dry, filter: {}, all: true, permanent: true } })).toMatchObject({ failed: 0 })
  expect(await bulk().restoreJobs({ body: { ...dry, filter: {}, all: true } })).toMatchObject({ failed: 0 })
  expect(
    await bulk().updateJobs({ body: { dry_run: true, ids: ['019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e'], changes: { priority: 1 } } }),
  ).toMatchObject({ failed: 1 })
  expect(await canonicalDump(t.app)).toEqual(before)
  expect((await t.client.bulk.list()).total.value).toBe(history)
})
