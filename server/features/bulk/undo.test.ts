import { afterEach, expect, test } from 'vitest'
import type { BulkUndone } from '../../../contract/bulk.ts'
import { canonicalDump } from '../../../testing/canonical-dump.ts'
import { expectInvariants } from '../../../testing/invariants.ts'
import { useTestApp } from '../../../testing/test-app.ts'
import { forgetOld } from './images.ts'

const t = useTestApp()
const bulk = () => t.client.bulk
afterEach(() => t.setNow(null))

async function makeJobs(n: number, more: object = {}) {
  const jobs = Array.from({ length: n }, (_, at) => ({ company: 'Northwind', title: `Job ${at}`, ...more }))
  const { created_ids, undo_token } = await bulk().createJobs({ body: { jobs } })
  return { ids: created_ids, token: undo_token as string }
}
async function makeApplications(jobIds: string[]) {
  const made = await bulk().createApplications({ body: { applications: jobIds.map((job_id) => ({ job_id, status: 'applied' as const })) } })
  return { ids: made.created_ids, token: made.undo_token as string }
}
const tokenOf = (answer: object) => (answer as { undo_token: string }).undo_token
const undo = async (undo_token: string) => (await bulk().undo({ body: { undo_token } })) as BulkUndone
const codeOf = (undo_token: string) =>
  undo(undo_token).then(
    () => 'done',
    (error) => `${error.problem.status} ${error.problem.code}`,
  )
const versionOf = async (id: string) => (await t.client.jobs.get({ params: { id }, query: { deleted: 'include' } })).version
const imagesOf = async (ids: string[]) =>
  (await t.app.pool.query('select record_id from bulk_before_images where record_id = any($1::uuid[])', [ids])).rows.length

test('a token is used once, and stays unknown to others', async () => {
  const { ids, token } = await makeJobs(2)
  expect(await undo(token)).toMatchObject({ total: 2, succeeded: 2, failed: 0, deleted_ids: ids, updated_ids: [], created_ids: [] })
  expect(await codeOf(token)).toBe('409 conflict')
  for (const unknown of ['', 'x', '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e']) expect(await codeOf(unknown)).toBe('404 not_found')

  const theirs = await makeJobs(1)
  const other = '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f60'
  await t.app.pool.query('insert into users (id, is_local, created_at) values ($1, false, now())', [other])
  await t.app.pool.query('update bulk_changes set user_id = $1 where id = $2', [other, theirs.token])
  expect(await codeOf(theirs.token)).toBe('404 not_found')
  expect((await bulk().list()).items.map(({ id }) => id)).not.toContain(theirs.token)
  await t.app.pool.query('delete from users where id = $1', [other])
})

test('it can be undone for 30 days, and what it would need is forgotten then', async () => {
  const { ids } = await makeJobs(2)
  t.setNow('2026-01-01T00:00:00.000Z')
  const token = tokenOf(await bulk().updateJobs({ body: { ids, changes: { priority: 3 } } }))
  const old = tokenOf(await bulk().updateJobs({ body: { ids, changes: { priority: 4 } } }))
  t.setNow('2026-01-30T23:59:59.999Z')
  expect(await codeOf(old)).toBe('done')
  t.setNow('2026-01-31T00:00:00.000Z')
  expect(await codeOf(token)).toBe('410 undo_expired')
  expect((await bulk().list()).items.find(({ id }) => id === token)).toMatchObject({ undo_token: null, undoable_until: null })
  const before = await imagesOf(ids)
  await forgetOld(t.app)
  expect(await imagesOf(ids)).toBe(before - 2)
  expect(await codeOf(token)).toBe('410 undo_expired')
})

test('records that were changed since are named and left alone', async () => {
  const { ids } = await makeJobs(5, { priority: 1 })
  const [same, edited, trashed, gone, twice] = ids as [string, string, string, string, string]
  const token = tokenOf(await bulk().updateJobs({ body: { ids, changes: { priority: 5, notes: 'in bulk' } } }))
  await t.client.jobs.update({ params: { id: edited }, body: { notes: 'by hand' } })
  await t.client.jobs.delete({ params: { id: trashed } })
  await t.client.jobs.delete({ params: { id: gone }, query: { permanent: true } })
  const later = tokenOf(await bulk().updateJobs({ body: { ids: [twice], changes: { priority: 2 } } }))

  const undone = await undo(token)
  expect(undone).toMatchObject({
    total: 4,
    succeeded: 1,
    failed: 3,
    updated_ids: [same],
    errors: [
      {
        index: 1,
        id: edited,
        code: 'changed_since',
        message: 'Job 1 at Northwind was changed since and stays as it is.',
        field_errors: [],
      },
      { index: 2, id: trashed, code: 'in_trash', message: 'Job 2 at Northwind is in the trash by now and stays there.' },
      { index: 4, id: twice, code: 'changed_since' },
    ],
  })
  expect(await t.client.jobs.get({ params: { id: same } })).toMatchObject({ priority: 1, notes: null, version: 3 })
  expect(await t.client.jobs.get({ params: { id: edited } })).toMatchObject({ priority: 5, notes: 'by hand', version: 3 })
  expect(await codeOf(later)).toBe('done')
  expect(await t.client.jobs.get({ params: { id: twice } })).toMatchObject({ priority: 5, version: 4 })
})

test('an undo can be undone, and so on; versions only rise', async () => {
  const { ids, token } = await makeJobs(2, { tags: ['start'], description: 'kept' })
  const seen: number[] = []
  let next = tokenOf(await bulk().updateJobs({ body: { ids, changes: { add_tags: ['more'], salary_min: 5 } } }))
  for (const tags of [['start'], ['start', 'more'], ['start']]) {
    const undone = await undo(next)
    expect(undone).toMatchObject({ succeeded: 2, failed: 0 })
    next = tokenOf(undone)
    expect(await t.client.jobs.get({ params: { id: ids[0]! } })).toMatchObject({
      tags,
      salary_min: tags.length === 1 ? null : 5,
      description: 'kept',
    })
    seen.push(await versionOf(ids[0]!))
  }
  expect(seen).toEqual([3, 4, 5])
  const removed = await undo(token)
  expect(removed.deleted_ids).toEqual(ids)
  const recreated = await undo(tokenOf(removed))
  expect(recreated.created_ids).toEqual(ids)
  expect(await versionOf(ids[0]!)).toBe(6)
  expect(await t.client.jobs.get({ params: { id: ids[0]! } })).toMatchObject({ tags: ['start'], description: 'kept', title: 'Job 0' })
})

test('created jobs stay when somebody applied since', async () => {
  const { ids, token } = await makeJobs(2)
  await t.client.applications.create({ body: { job_id: ids[0]! } })
  expect(await undo(token)).toMatchObject({
    deleted_ids: [ids[1]],
    errors: [
      {
        id: ids[0],
        code: 'has_applications',
        message: 'Job 0 at Northwind has applications that were added or changed since, so it stays.',
      },
    ],
  })
})

test('a restore is not undone over what came since', async () => {
  const { ids } = await makeJobs(3)
  const applications = await makeApplications(ids)
  await bulk().deleteJobs({ body: { ids } })
  const before = await canonicalDump(t.app)
  const token = tokenOf(await bulk().restoreJobs({ body: { ids } }))
  await t.client.applications.update({ params: { id: applications.ids[1]! }, body: { notes: 'called' } })
  expect(await undo(token)).toMatchObject({ deleted_ids: [ids[0], ids[2]], errors: [{ id: ids[1], code: 'has_applications' }] })
  await t.client.applications.update({ params: { id: applications.ids[1]! }, body: { notes: null } })
  await bulk().deleteJobs({ body: { ids: [ids[1]!] } })
  const after = await canonicalDump(t.app)
  const withoutDays = (dump: typeof before) =>
    JSON.parse(JSON.stringify(dump, (name, value) => (name === 'deleted_at' ? value !== null : value)))
  expect(withoutDays(after)).toEqual(withoutDays(before))
  await expectInvariants(t.app)
})

test('what was closed does not open again beside another open one', async () => {
  const { ids: jobs } = await makeJobs(3)
  const { ids } = await makeApplications(jobs)
  const token = tokenOf(await bulk().updateApplications({ body: { ids, changes: { status: 'rejected' } } }))
  await t.client.applications.create({ body: { job_id: jobs[1]! } })
  expect(await undo(token)).toMatchObject({
    succeeded: 2,
    errors: [
      {
        index: 1,
        id: ids[1],
        code: 'application_already_open',
        message: 'Job 1 at Northwind would be open again, and its job has another open application by now.',
      },
    ],
  })
  const events = (await t.client.applications.listEvents({ params: { id: ids[0]! } })).items
  expect(events.map(({ to_status }) => to_status)).toEqual(['applied'])

  const trashing = tokenOf(await bulk().deleteApplications({ body: { ids: [ids[0]!, ids[2]!] } }))
  await t.client.jobs.delete({ params: { id: jobs[0]! } })
  expect(await undo(trashing)).toMatchObject({ updated_ids: [ids[2]], errors: [{ id: ids[0], code: 'job_in_trash' }] })
  await expectInvariants(t.app)
})

test('really deleting, one or many, forgets what they were', async () => {
  const { ids } = await makeJobs(3)
  const applications = await makeApplications(ids)
  await bulk().updateJobs({ body: { ids, changes: { notes: 'secret' } } })
  await bulk().updateApplications({ body: { ids: applications.ids, changes: { notes: 'secret', status: 'offer' } } })
  const all = [...ids, ...applications.ids]
  expect(await imagesOf(all)).toBe(12)
  await t.client.applications.delete({ params: { id: applications.ids[0]! }, query: { permanent: true } })
  expect(await imagesOf(all)).toBe(10)
  await t.client.jobs.delete({ params: { id: ids[1]! }, query: { permanent: true } })
  expect(await imagesOf(all)).toBe(6)
  await bulk().deleteJobs({ body: { ids: [ids[0]!, ids[2]!], permanent: true } })
  expect(await imagesOf(all)).toBe(0)
  const [gone] = (await bulk().list()).items
  expect(gone).toMatchObject({ action: 'delete', permanent: true, total: 2, also: { applications: 1 }, undo_token: null })
  expect(await codeOf(gone!.id)).toBe('409 conflict')
})

test('the history tells what was changed, when, by what, and until when it can be undone', async () => {
  t.setNow('2030-11-22T08:00:00.000Z')
  const { ids } = await makeJobs(2)
  const filter = { company: ['Northwind'], title: undefined }
  const changes = { status: 'archived' as const, notes: 'n'.repeat(5_000), add_tags: ['x'] }
  const answer = await t.send('POST', '/api/v1/jobs/bulk-update', { body: { filter, changes }, headers: { origin: t.url } })
  const { undo_token, total } = (await answer.json()) as { undo_token: string; total: number }
  const [latest] = (await bulk().list({ query: { kind: ['jobs'], limit: 1 } })).items
  expect(latest).toEqual({
    id: undo_token,
    kind: 'jobs',
    action: 'update',
    permanent: false,
    status: 'completed',
    via: 'web',
    filter: { company: ['Northwind'] },
    changes: { ...changes, notes: `${'n'.repeat(200)}…` },
    fields: ['status', 'notes', 'tags'],
    total,
    succeeded: total,
    failed: 0,
    also: null,
    task_id: null,
    undoes: null,
    undo_token,
    undoable_until: '2030-12-22T08:00:00.000Z',
    undone_at: null,
    created_at: '2030-11-22T08:00:00.000Z',
  })
  const undone = await undo(undo_token)
  const page = await bulk().list({ query: { limit: 2 } })
  expect(page.items).toMatchObject([
    { action: 'undo', undoes: undo_token, via: 'api', undo_token: tokenOf(undone) },
    { id: undo_token, undo_token: null, undoable_until: null, undone_at: '2030-11-22T08:00:00.000Z' },
  ])
  const next = await bulk().list({ query: { limit: 2, cursor: page.next_cursor as string } })
  expect(next.items[0]).toMatchObject({ action: 'create', total: 2 })
  expect((await bulk().list({ query: { kind: ['applications'] } })).items.every(({ kind }) => kind === 'applications')).toBe(true)
  expect(ids).toHaveLength(2)
})
