import { beforeEach, expect, test } from 'vitest'
import { canonicalDump } from '../../../testing/canonical-dump.ts'
import { useTestApp } from '../../../testing/test-app.ts'

const t = useTestApp()
beforeEach(() => t.app.pool.query('truncate jobs, imports, import_rows, import_mappings cascade'))

const send = (lines: string[], body: object = {}) => t.client.imports.create({ file: new Blob([`${lines.join('\n')}\n`]), body })
const undo = (id: string) => t.client.imports.undo({ params: { id } })
const problemOf = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error) => error.problem,
  )

test('what was created goes, what was updated is again what it was, to the last event', async () => {
  const job = await t.client.jobs.create({ body: { company: 'A', title: 'B', notes: 'mine', tech_stack: ['Go'] } })
  const application = await t.client.applications.create({
    body: { job_id: job.id, status: 'applied', applied_on: '2026-01-05', contacts: [{ name: 'Ana' }], follow_up_on: '2026-02-02' },
  })
  await t.client.applications.addEvent({ params: { id: application.id }, body: { note: 'They called.', occurred_on: '2026-01-08' } })
  const before = await canonicalDump(t.app)

  const jobs = await send(['company,title,notes,tech_stack', 'A,B,theirs,"C, D"', 'New,One,,'], { on_duplicate: 'update' })
  const applications = await send(
    [
      'company,title,status,applied_on,response_on,notes,contact name',
      'A,B,rejected,2026-01-05,2026-02-01,no,Bo',
      'New,Two,offer,2026-01-05,2026-02-01,,',
      'New,One,applied,2026-01-05,,,',
    ],
    { on_duplicate: 'update' },
  )
  expect([jobs.created, jobs.updated, applications.created, applications.updated]).toEqual([1, 1, 2, 1])
  expect(await t.client.applications.get({ params: { id: application.id } })).toMatchObject({
    status: 'rejected',
    contacts: [{ name: 'Ana' }, { name: 'Bo' }],
  })

  expect(await undo(applications.id)).toMatchObject({ status: 'undone', undo: { removed: 3, restored: 1, left: 0 } })
  expect(await undo(jobs.id)).toMatchObject({ status: 'undone', undo: { removed: 1, restored: 1, left: 0 } })
  expect(await canonicalDump(t.app)).toEqual(before)
  expect((await t.client.jobs.get({ params: { id: job.id } })).version).toBe(job.version + 2)
  expect((await t.app.pool.query('select count(*)::int as n from import_before_images')).rows).toEqual([{ n: 2 }])
})

test('after the undo the same file goes in again', async () => {
  const lines = ['company,title,status,applied_on', 'A,B,applied,2026-01-05', 'A,C,applied,2026-01-05']
  const first = await send(lines)
  await undo(first.id)
  expect(await send(lines)).toMatchObject({ created: 2, skipped: 0 })

  await t.client.jobs.create({ body: { company: 'E', title: 'F' } })
  const update = ['company,title,notes', 'E,F,new']
  await undo((await send(update, { on_duplicate: 'update' })).id)
  expect(await send(update, { on_duplicate: 'update' })).toMatchObject({ updated: 1 })
})

test('what was changed since stays, and is named', async () => {
  await t.client.jobs.create({ body: { company: 'Known', title: 'Updated then edited' } })
  const jobs = await send(
    [
      'company,title,notes',
      'A,Untouched,',
      'A,Edited,',
      'A,Trashed,',
      'A,Applied to,',
      'Known,Updated then edited,new',
      'A,Really deleted,',
    ],
    { on_duplicate: 'update' },
  )
  const byTitle = new Map((await t.client.jobs.list()).items.map((job) => [job.title, job.id]))
  const id = (title: string) => ({ id: byTitle.get(title) as string })
  await t.client.jobs.update({ params: id('Edited'), body: { notes: 'mine' } })
  await t.client.jobs.update({ params: id('Updated then edited'), body: { notes: 'mine' } })
  await t.client.jobs.delete({ params: id('Trashed') })
  await t.client.jobs.delete({ params: id('Really deleted'), query: { permanent: true } })
  await t.client.applications.create({ body: { job_id: id('Applied to').id } })

  const undone = await undo(jobs.id)
  expect(undone.undo).toMatchObject({ removed: 1, restored: 0, left: 4 })
  expect(undone.undo?.left_records.map(({ kind, title, reason }) => [kind, title, reason])).toEqual([
    ['jobs', 'Edited', 'was changed since'],
    ['jobs', 'Trashed', 'is in the trash'],
    ['jobs', 'Applied to', 'has an application that stays'],
    ['jobs', 'Updated then edited', 'was changed since'],
  ])
  expect((await t.client.jobs.list({ query: { deleted: 'include' } })).items.map(({ title }) => title).toSorted()).toEqual([
    'Applied to',
    'Edited',
    'Trashed',
    'Updated then edited',
  ])
})

test('an application that was moved since stays, with its job; one whose interviews changed too', async () => {
  const done = await send([
    'company,title,status,applied_on',
    'A,Moved,applied,2026-01-05',
    'A,Met,applied,2026-01-05',
    'A,Left,applied,2026-01-05',
  ])
  const byTitle = new Map((await t.client.applications.list()).items.map((one) => [one.job.title, one.id]))
  await t.client.applications.update({ params: { id: byTitle.get('Moved') as string }, body: { status: 'interview' } })
  await t.client.applications.addInterview({ params: { id: byTitle.get('Met') as string }, body: { starts_at: '2027-01-01T10:00:00Z' } })
  const undone = await undo(done.id)
  expect(undone.undo).toMatchObject({ removed: 2, restored: 0, left: 4 })
  expect(undone.undo?.left_records.map(({ kind, title }) => `${kind} ${title}`)).toEqual([
    'applications Moved',
    'jobs Moved',
    'applications Met',
    'jobs Met',
  ])
})

test('an application is not opened again beside another', async () => {
  const job = await t.client.jobs.create({ body: { company: 'A', title: 'B' } })
  await t.client.applications.create({ body: { job_id: job.id, status: 'applied', applied_on: '2026-01-05' } })
  const done = await send(['company,title,status,applied_on', 'A,B,rejected,2026-01-05'], { on_duplicate: 'update' })
  await t.client.applications.create({ body: { job_id: job.id, status: 'applied', applied_on: '2026-03-05' } })
  expect((await undo(done.id)).undo).toMatchObject({
    removed: 0,
    restored: 0,
    left: 1,
    left_records: [{ kind: 'applications', reason: 'would be open again, and its job has another open application since' }],
  })
})

test('there is nothing to undo in a dry run, a failed import, or twice', async () => {
  const lines = ['company,title', 'A,B', ',C']
  const preview = await send(lines, { dry_run: true })
  const failed = await send(lines, { mode: 'atomic' })
  const done = await send(lines)
  await undo(done.id)
  for (const { id } of [preview, failed, done]) expect(await problemOf(undo(id))).toMatchObject({ status: 409, code: 'conflict' })
})

test('really deleting a record deletes what it was before', async () => {
  const job = await t.client.jobs.create({ body: { company: 'A', title: 'B', notes: 'secret' } })
  await send(['company,title,notes', 'A,B,new'], { on_duplicate: 'update' })
  const kept = async () => (await t.app.pool.query('select was from import_before_images')).rows
  expect(await kept()).toMatchObject([{ was: { notes: 'secret' } }])
  await t.client.jobs.delete({ params: { id: job.id }, query: { permanent: true } })
  expect(await kept()).toEqual([])
})
