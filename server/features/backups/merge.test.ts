/** A backup that meets records that are here already. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import type { RestoreInput } from '../../../contract/backups.ts'
import type { Notification } from '../../../contract/notifications.ts'
import { asFile, changeRow, downloadBackup, rewrite } from '../../../testing/backup-archives.ts'
import { useTestApp } from '../../../testing/test-app.ts'
import { wholeDump } from '../../../testing/whole-dump.ts'
import { columnsIn } from '../../database/whole-rows.ts'
import { notify } from '../notifications/notify.ts'
import { restoreBackup } from './backups.ts'

const t = useTestApp()
const one = { added: 0, updated: 0, kept: 0, skipped: 0 }

beforeEach(() =>
  t.app.pool.query(
    'truncate jobs, views, imports, import_rows, import_mappings, profiles, settings, notifications, notification_causes cascade',
  ),
)

const restore = (archive: Buffer, body: Partial<RestoreInput> = {}) => t.client.backups.restore({ file: asFile(archive), body })
const makeJob = async (company: string) => (await t.client.jobs.create({ body: { company, title: 'Engineer' } })).id
const getJob = (id: string) => t.client.jobs.get({ params: { id } })
const getApplication = (id: string) => t.client.applications.get({ params: { id } })

test('what is not here is added, what is here and newer stays', async () => {
  const [gone, changed, same] = [await makeJob('Gone'), await makeJob('Changed'), await makeJob('Same')]
  const archive = await downloadBackup(t)
  await t.client.jobs.delete({ params: { id: gone }, query: { permanent: true } })
  await t.client.jobs.update({ params: { id: changed }, body: { notes: 'newer' } })
  const mine = await makeJob('Mine')
  const told = await restore(archive)
  expect(told.records['jobs']).toEqual({ ...one, added: 1, kept: 2 })
  expect(await getJob(gone)).toMatchObject({ company: 'Gone', version: 1 })
  expect(await getJob(changed)).toMatchObject({ notes: 'newer', version: 2 })
  expect(await getJob(same)).toMatchObject({ version: 1 })
  expect(await getJob(mine)).toMatchObject({ company: 'Mine' })
})

test('a record that is newer in the backup comes whole, and its version rises', async () => {
  const id = await makeJob('Northwind')
  const { id: application } = await t.client.applications.create({ body: { job_id: id, notes: 'old' } })
  const before = await wholeDump(t.app)
  await t.client.jobs.update({ params: { id }, body: { notes: 'in the backup' } })
  await t.client.applications.update({ params: { id: application }, body: { notes: 'in the backup', status: 'interview' } })
  await t.client.applications.addInterview({ params: { id: application }, body: { starts_at: '2026-12-01T10:00:00Z' } })
  const [job, whole] = [await getJob(id), await getApplication(application)]
  const events = await t.client.applications.listEvents({ params: { id: application } })
  const archive = await downloadBackup(t)

  // Back to what was, as if the backup came from another machine.
  await t.app.pool.query('truncate jobs cascade')
  const written = await columnsIn(t.app.db)
  for (const table of ['jobs', 'applications', 'application_events']) {
    const columns = (written.get(table) ?? []).map(({ name }) => name).filter((name) => name !== 'user_id')
    for (const line of before[table] as string[]) {
      await t.app.pool.query(
        `insert into ${table} (user_id, ${columns.join()}) select $1, ${columns.join()} from json_populate_record(null::${table}, $2)`,
        [t.app.localUser.id, line],
      )
    }
  }
  await t.app.pool.query('update jobs set version = 7')
  await t.app.pool.query('update applications set version = 7')
  const told = await restore(archive)
  expect(told.records).toMatchObject({ jobs: { ...one, updated: 1 }, applications: { ...one, updated: 1 } })
  expect(await getJob(id)).toEqual({ ...job, version: 8 })
  expect(await getApplication(application)).toEqual({ ...whole, version: 8 })
  expect(await t.client.applications.listEvents({ params: { id: application } })).toEqual(events)
})

test('an application that was changed here keeps its own history, not both', async () => {
  const { id } = await t.client.applications.create({ body: { job_id: await makeJob('Northwind') } })
  const archive = await downloadBackup(t)
  await t.client.applications.addEvent({ params: { id }, body: { to_status: 'applied' } })
  const before = await wholeDump(t.app)
  expect((await restore(archive)).records['applications']).toEqual({ ...one, kept: 1 })
  expect(await wholeDump(t.app)).toEqual(before)
})

test('a job has one open application: the one that is here stays, the other is named', async () => {
  const job_id = await makeJob('Northwind')
  const { id: first } = await t.client.applications.create({ body: { job_id, status: 'applied' } })
  const { id: second } = await t.client.applications.create({ body: { job_id: await makeJob('Papermoth'), status: 'applied' } })
  const archive = await downloadBackup(t)
  for (const id of [first, second]) await t.client.applications.delete({ params: { id }, query: { permanent: true } })
  const { id: mine } = await t.client.applications.create({ body: { job_id, status: 'screening' } })
  const dry = await restore(archive, { dry_run: true })
  const told = await restore(archive)
  expect(told.records['applications']).toEqual({ ...one, added: 1, skipped: 1 })
  expect(told.skipped).toEqual([{ kind: 'applications', id: first, reason: expect.stringContaining('another open application') }])
  expect([dry.records, dry.skipped]).toEqual([told.records, told.skipped])
  expect(await getApplication(mine)).toMatchObject({ status: 'screening' })
  expect(await getJob(job_id)).toMatchObject({ application_status: 'screening' })
  expect((await t.client.applications.listEvents({ params: { id: second } })).items).toHaveLength(1)

  // Closed here, it can come.
  await t.client.applications.update({ params: { id: mine }, body: { status: 'withdrawn' } })
  expect((await restore(archive)).records['applications']).toEqual({ ...one, added: 1, kept: 1 })
  expect(await getJob(job_id)).toMatchObject({ application_status: 'applied' })
})

test('of one that closes and one that opens, both come', async () => {
  const job_id = await makeJob('Northwind')
  const { id: first } = await t.client.applications.create({ body: { job_id, status: 'applied' } })
  const early = await downloadBackup(t)
  await t.client.applications.update({ params: { id: first }, body: { status: 'rejected' } })
  const { id: second } = await t.client.applications.create({ body: { job_id, status: 'interview' } })
  const late = await downloadBackup(t)
  await t.app.pool.query('truncate jobs cascade')
  await restore(early)
  expect(await getApplication(first)).toMatchObject({ status: 'applied' })
  expect((await restore(late)).records['applications']).toEqual({ ...one, added: 1, updated: 1 })
  expect([(await getApplication(first)).status, (await getApplication(second)).status]).toEqual(['rejected', 'interview'])
  expect(await getJob(job_id)).toMatchObject({ application_status: 'interview' })
})

test('what comes to a job in the trash is in the trash, and comes back with it', async () => {
  const id = await makeJob('Northwind')
  const { id: application } = await t.client.applications.create({ body: { job_id: id, status: 'applied' } })
  const archive = await downloadBackup(t)
  await t.client.applications.delete({ params: { id: application }, query: { permanent: true } })
  await t.client.jobs.delete({ params: { id } })
  expect((await restore(archive)).records).toMatchObject({ jobs: { kept: 1 }, applications: { added: 1 } })
  expect((await t.client.applications.list()).total.value).toBe(0)
  await t.client.jobs.restore({ params: { id } })
  expect(await getApplication(application)).toMatchObject({ status: 'applied' })
  expect(await getJob(id)).toMatchObject({ application_status: 'applied' })
})

test('profile and settings: the newer ones stay, but an account without jobs takes those of the backup', async () => {
  await makeJob('Northwind')
  await t.client.profile.update({ body: { headline: 'then' } })
  await t.client.settings.update({ body: { timezone: 'Europe/Lisbon' } })
  const archive = await downloadBackup(t)
  await t.client.profile.update({ body: { headline: 'now' } })
  await t.client.settings.update({ body: { timezone: 'Asia/Tokyo' } })
  expect((await restore(archive)).records).toMatchObject({ profile: { ...one, kept: 1 }, settings: { ...one, kept: 1 } })
  expect([(await t.client.profile.get()).headline, (await t.client.settings.get()).timezone]).toEqual(['now', 'Asia/Tokyo'])
  // As a browser does when it first comes.
  await t.app.pool.query('truncate jobs, profiles cascade')
  expect((await restore(archive)).records).toMatchObject({ profile: { ...one, added: 1 }, settings: { ...one, updated: 1 } })
  expect([(await t.client.profile.get()).headline, (await t.client.settings.get()).timezone]).toEqual(['then', 'Europe/Lisbon'])
})

test('imports and what they remember come along, once', async () => {
  const file = new Blob(['Employer,Role\nNorthwind,Engineer\n'])
  const mapping = { columns: { Employer: 'company', Role: 'title' } } as const
  const { id } = await t.client.imports.create({ file, body: { mapping } })
  const archive = await downloadBackup(t)
  await t.app.pool.query('truncate imports, import_rows, import_mappings cascade')
  expect((await restore(archive)).records).toMatchObject({ imports: { added: 1 }, import_mappings: { added: 1 }, jobs: { kept: 1 } })
  expect((await restore(archive)).records).toMatchObject({ imports: { kept: 1 }, import_mappings: { kept: 1 } })
  expect(await (await t.send('GET', `/api/v1/imports/${id}/rows`)).json()).toMatchObject({ items: [{ row: 2, outcome: 'created' }] })
  expect(await t.client.imports.create({ file })).toMatchObject({ created: 0, skipped: 1 })
})

test('notifications come once, and where there are others already they get numbers after those', async () => {
  const job_id = await makeJob('Northwind')
  const tell = (cause: string, more = {}) =>
    notify(t.app, t.app.localUser, { type: 'deadline_near', cause, title: cause, body: '…', ...more }) as Promise<Notification>
  const [first, second] = [await tell('first', { job_id }), await tell('second')]
  const archive = await downloadBackup(t)
  await t.client.notifications.bulkDelete({ body: { filter: {}, all: true } })
  const third = await tell('third')
  expect((await restore(archive)).records['notifications']).toEqual({ ...one, added: 2 })
  expect((await restore(archive)).records['notifications']).toEqual({ ...one, kept: 2 })
  const { items } = await t.client.notifications.list({ query: { sort: 'seq' } })
  expect(items.map(({ title, seq }) => [title, seq])).toEqual([
    ['third', third.seq],
    ['first', third.seq + 1],
    ['second', third.seq + 2],
  ])
  expect(await tell('fourth')).toMatchObject({ seq: third.seq + 3 })
  // What has been told is not told again.
  expect([await tell('first'), await tell('second')]).toEqual([null, null])
  expect(items.map(({ id }) => id).toSorted()).toEqual([first.id, second.id, third.id].toSorted())
})

test('an application that is brought up to date keeps its notifications', async () => {
  const { id } = await t.client.applications.create({ body: { job_id: await makeJob('Northwind') } })
  const early = await downloadBackup(t)
  await t.client.applications.update({ params: { id }, body: { notes: 'later' } })
  const late = await downloadBackup(t)
  await t.app.pool.query('truncate jobs cascade')
  await restore(early)
  await notify(t.app, t.app.localUser, { type: 'application_silent', cause: 'silent', title: 'Silent', body: '…', application_id: id })
  expect((await restore(late)).records['applications']).toEqual({ ...one, updated: 1 })
  const kept = await t.client.notifications.list({ query: { type: ['application_silent'] } })
  expect(kept.items).toMatchObject([{ title: 'Silent', application_id: id }])
})

test('a dry run tells the same and changes nothing', async () => {
  await t.client.applications.create({ body: { job_id: await makeJob('Northwind') } })
  const archive = await downloadBackup(t)
  await t.app.pool.query('truncate jobs cascade')
  await makeJob('Mine')
  const before = await wholeDump(t.app)
  const dry = await restore(archive, { dry_run: true })
  expect(dry).toMatchObject({ dry_run: true, records: { jobs: { added: 1 } } })
  expect(await wholeDump(t.app)).toEqual(before)
  expect((await restore(archive)).records).toEqual(dry.records)
})

test('the same key gives the same answer, and restores once', async () => {
  await makeJob('Northwind')
  const archive = await downloadBackup(t)
  await t.app.pool.query('truncate jobs cascade')
  const send = () => t.client.backups.restore({ file: asFile(archive), idempotencyKey: 'restore-1' })
  const first = await send()
  expect(first.records).toMatchObject({ jobs: { added: 1 } })
  expect(await send()).toEqual(first)
})

test('two people with the same ids do not meet', async () => {
  const id = await makeJob('Northwind')
  await t.client.applications.create({ body: { job_id: id } })
  const archive = await downloadBackup(t)
  const other = '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f60'
  await t.app.pool.query(`insert into users (id, email, is_local, created_at) values ($1, 'other@example.com', false, now())`, [other])
  const path = join(t.app.config.dataDir, 'theirs.zip')
  await writeFile(path, archive)
  const input = { mode: 'merge', dry_run: false, confirm: undefined } as const
  expect((await restoreBackup(t.app, { id: other }, path, input)).records).toMatchObject({ jobs: { added: 1 }, applications: { added: 1 } })
  expect(await wholeDump(t.app, other)).toEqual(await wholeDump(t.app))
  await t.client.jobs.update({ params: { id }, body: { notes: 'mine' } })
  expect((await wholeDump(t.app, other))['jobs']?.join()).not.toContain('mine')
})

test('rows that contradict what is here are refused as a whole', async () => {
  const { id } = await t.client.applications.create({ body: { job_id: await makeJob('Northwind') } })
  const archive = await downloadBackup(t)
  const another = '019a8f2e-7c1a-7d33-9e55-000000000001'
  // The same event, now of another application.
  const bent = await rewrite(archive, (files) => {
    files.set(
      'applications.json',
      changeRow(files.get('applications.json') as string, (row) => ({ ...row, id: another, status: 'rejected' })),
    )
    files.set('events.json', (files.get('events.json') as string).replaceAll(id, another))
  })
  const before = await wholeDump(t.app)
  await expect(restore(bent)).rejects.toMatchObject({ problem: { code: 'conflict' } })
  expect(await wholeDump(t.app)).toEqual(before)
})
