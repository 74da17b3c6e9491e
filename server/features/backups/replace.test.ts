/** A backup that takes the place of everything. */
import { beforeEach, expect, test } from 'vitest'
import type { RestoreInput } from '../../../contract/backups.ts'
import { asFile, downloadBackup } from '../../../testing/backup-archives.ts'
import { useTestApp } from '../../../testing/test-app.ts'
import { wholeDump } from '../../../testing/whole-dump.ts'

const t = useTestApp()

let archive: Buffer
let saved: Awaited<ReturnType<typeof wholeDump>>

// In the backup one job, here another two and an application.
beforeEach(async () => {
  await t.app.pool.query('truncate jobs, imports, import_rows, import_mappings, profiles, settings cascade')
  await t.client.jobs.create({ body: { company: 'Saved', title: 'Engineer' } })
  archive = await downloadBackup(t)
  saved = await wholeDump(t.app)
  await t.app.pool.query('truncate jobs cascade')
  const { id } = await t.client.jobs.create({ body: { company: 'Here', title: 'Engineer' } })
  await t.client.applications.create({ body: { job_id: id } })
  const trashed = await t.client.jobs.create({ body: { company: 'Trashed', title: 'Engineer' } })
  await t.client.jobs.delete({ params: { id: trashed.id } })
  await t.client.profile.update({ body: { headline: 'Here' } })
  await t.client.imports.create({ file: new Blob(['company,title\nHere,Engineer\n']), body: { mapping: { columns: { title: 'title' } } } })
})

const replace = (body: Partial<RestoreInput> = {}) =>
  t.client.backups.restore({ file: asFile(archive), body: { mode: 'replace', ...body } })
const confirm = { jobs: 2, applications: 1 }

test.each([undefined, { jobs: 1, applications: 1 }, { jobs: 0, applications: 0 }])(
  'is refused with the numbers: confirm=%j',
  async (confirm) => {
    const before = await wholeDump(t.app)
    const refused = await replace(confirm ? { confirm } : {}).catch((error) => error.problem)
    expect(refused).toMatchObject({ status: 409, code: 'confirmation_required', field_errors: [{ field: 'confirm' }] })
    expect(refused.detail).toContain('2 jobs and 1 application, the trash counted')
    expect(refused.detail).toContain('confirm={"jobs":2,"applications":1}')
    expect(await wholeDump(t.app)).toEqual(before)
  },
)

test.each(['{"jobs":2', '2,1', '{"jobs":-1,"applications":1}', '{"jobs":2,"applications":1,"x":1}'])(
  'confirm=%s is refused by its name',
  async (text) => {
    const form = new FormData()
    form.append('mode', 'replace')
    form.append('confirm', text)
    form.append('file', asFile(archive), 'b.zip')
    const answer = await fetch(`${t.url}/api/v1/imports/backup`, { method: 'POST', body: form })
    expect([answer.status, await answer.json()]).toMatchObject([422, { field_errors: [{ field: expect.stringMatching(/^confirm/) }] }])
  },
)

test('with the numbers, everything that was here is gone, and kept in a backup', async () => {
  const before = await wholeDump(t.app)
  await t.app.pool.query(
    `insert into bulk_changes (user_id, id, kind, action, permanent, via, fields, total, succeeded, failed, changed, created_at)
     values ($1, gen_random_uuid(), 'jobs', 'update', false, 'api', '{}', 1, 1, 0, 1, now())`,
    [t.app.localUser.id],
  )
  const told = await replace({ confirm })
  expect(told).toMatchObject({ removed: confirm, records: { jobs: { added: 1, updated: 0, kept: 0, skipped: 0 } } })
  expect(await wholeDump(t.app)).toEqual(saved)
  expect((await t.app.pool.query('select 1 from bulk_changes')).rows).toEqual([])

  const name = told.kept_as as string
  const list = await t.client.backups.list()
  expect(list.items[0]).toMatchObject({ name, reason: 'before_replace', counts: { jobs: 2, applications: 1, imports: 1 } })
  const back = await t.client.backups.restoreKept({ params: { name }, body: { mode: 'replace', confirm: { jobs: 1, applications: 0 } } })
  expect(back.removed).toEqual({ jobs: 1, applications: 0 })
  expect(await wholeDump(t.app)).toEqual(before)
})

test('a dry run tells what would go, without a confirmation', async () => {
  const before = await wholeDump(t.app)
  const kept = (await t.client.backups.list()).items.length
  expect(await replace({ dry_run: true })).toMatchObject({
    removed: confirm,
    kept_as: null,
    records: { jobs: { added: 1, kept: 0 }, profile: { added: 0 } },
  })
  expect(await wholeDump(t.app)).toEqual(before)
  expect((await t.client.backups.list()).items).toHaveLength(kept)
})

test('an empty account needs no confirmation', async () => {
  await t.app.pool.query('truncate jobs cascade')
  expect(await replace()).toMatchObject({ removed: { jobs: 0, applications: 0 }, kept_as: null })
  expect(await wholeDump(t.app)).toEqual(saved)
})

test('what fails on the way leaves everything as it was', async () => {
  const before = await wholeDump(t.app)
  await t.app.pool.query(`
    create function break_all() returns trigger language plpgsql as $$ begin raise exception using errcode = '57014', message = 'broken'; end $$;
    create trigger break_all before insert on jobs for each statement execute function break_all()`)
  await expect(replace({ confirm })).rejects.toMatchObject({ problem: { code: 'overloaded' } })
  await t.app.pool.query('drop trigger break_all on jobs; drop function break_all')
  expect(await wholeDump(t.app)).toEqual(before)
  expect((await t.app.pool.query(`select 1 from pg_namespace where nspname like 'landed_scratch%'`)).rows).toEqual([])
})
