/** Backups of other versions. */
import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import type { Application } from '../../../contract/applications.ts'
import { asFile, changeRow, downloadBackup, rewrite, unpack } from '../../../testing/backup-archives.ts'
import { useTestApp } from '../../../testing/test-app.ts'
import { wholeDump } from '../../../testing/whole-dump.ts'
import { inScratchSchema } from '../../database/scratch-schema.ts'

const t = useTestApp()

beforeEach(() => t.app.pool.query('truncate jobs, imports, import_rows, import_mappings, profiles, settings cascade'))

/** Recorded by Landed 0.1.0 when 0004-imports was its newest migration. */
const recorded = () => readFile(new URL('../../../testing/fixtures/backups/schema-0004.zip', import.meta.url))
const restore = (archive: Buffer) => t.client.backups.restore({ file: asFile(archive) })

test('a recorded one of an older version is brought to this one', async () => {
  const archive = await recorded()
  const told = await restore(archive)
  expect(told.records).toMatchObject({ jobs: { added: 4 }, applications: { added: 2 }, imports: { added: 2 }, profile: { added: 1 } })
  const { items } = await t.client.jobs.list({ query: { deleted: 'include', sort: 'company' } })
  expect(items.map(({ company, version }) => [company, version])).toEqual([
    ['Café  Łódź', 1],
    ['Northwind', 2],
    ['Papermoth', 1],
    ['Trashed', 2],
  ])
  const [job] = items as [(typeof items)[number]]
  expect(job).toMatchObject({ description: 'one\r\ntwo\n\u0001 😀', application_status: 'interview', tech_stack: ['C++', '"q"'] })
  const [application] = (await t.client.applications.list()).items as [Application]
  expect(application).toMatchObject({ notes: '=1+1', interviews: [{ starts_at: '2026-12-01T10:00:00.120Z', feedback: { rating: 4 } }] })
  const events = (await t.client.applications.listEvents({ params: { id: application.id } })).items
  expect(events.map(({ to_status, occurred_on }) => [to_status, occurred_on])).toEqual([
    ['applied', '2026-04-04'],
    ['interview', '2026-04-21'],
  ])
  // Row for row what it was, for those tables that have stayed the same since. How well a job fits was not worked out then.
  const then = await unpack(archive)
  const now = await unpack(await downloadBackup(t))
  const withoutScores = (name: string, file?: unknown) =>
    name === 'jobs.json' ? String(file).replaceAll(/"match_score":\w+/g, '') : String(file)
  for (const name of ['jobs.json', 'applications.json', 'events.json', 'imports.json'])
    expect(withoutScores(name, now.get(name))).toBe(withoutScores(name, then.get(name)))
  expect((await t.app.pool.query(`select 1 from pg_namespace where nspname like 'landed_scratch%'`)).rows).toEqual([])
})

test('one from before there were imports', async () => {
  const archive = await rewrite(await recorded(), (files, manifest) => {
    files.delete('imports.json')
    manifest.schema = '0003-applications.sql'
  })
  expect((await restore(archive)).records).toMatchObject({ jobs: { added: 4 }, applications: { added: 2 }, imports: { added: 0 } })
})

test('one that lacks what its version had is refused', async () => {
  const archive = await rewrite(await recorded(), (files) => files.delete('imports.json'))
  await expect(restore(archive)).rejects.toMatchObject({
    problem: { code: 'damaged_backup', detail: expect.stringContaining('imports.json is missing') },
  })
})

test('rows that could not have been in the older version are refused, and nothing stays behind', async () => {
  const before = await wholeDump(t.app)
  const change = (name: string, bend: (row: Record<string, unknown>) => object) =>
    rewrite(recordedOnce, (files) => files.set(name, changeRow(files.get(name) as string, bend)))
  const recordedOnce = await recorded()
  for (const [name, bend, reason] of [
    ['jobs.json', ({ title: _, ...row }: Record<string, unknown>) => row, 'title is missing'],
    ['jobs.json', (row: object) => ({ ...row, salary: 1 }), 'salary is not known'],
    ['jobs.json', (row: object) => ({ ...row, status: 'lost' }), 'status'],
    ['jobs.json', (row: object) => ({ ...row, created_at: 'some day' }), 'cannot be'],
    ['applications.json', (row: object) => ({ ...row, job_id: '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e' }), 'cannot be'],
  ] as const) {
    const refused = await restore(await change(name, bend as never)).catch((error) => error.problem)
    expect(refused).toMatchObject({ status: 422, code: 'damaged_backup', detail: expect.stringContaining(reason) })
  }
  expect(await wholeDump(t.app)).toEqual(before)
})

test('one of a newer version is refused, and told which version it needs', async () => {
  const archive = await downloadBackup(t)
  const schema = await rewrite(archive, (_, manifest) => Object.assign(manifest, { schema: '9999-from-the-future.sql', landed: '7.1.0' }))
  const layout = await rewrite(archive, (_, manifest) => Object.assign(manifest, { version: 2, landed: '8.0.0' }))
  for (const [newer, landed] of [
    [schema, '7.1.0'],
    [layout, '8.0.0'],
  ] as const) {
    const refused = await restore(newer).catch((error) => error.problem)
    expect(refused).toMatchObject({
      status: 422,
      code: 'newer_backup',
      detail: expect.stringContaining(`Landed ${landed}, which is newer`),
    })
  }
})

test('a scratch schema has the tables of its version, and nothing is left of it', async () => {
  const found = async (db: typeof t.app.db) => {
    const { rows } = await sql<{ name: string }>`
      select relname as name from pg_class where relnamespace = current_schema()::regnamespace
        and relname in ('applications', 'imports', 'bulk_changes') order by relname`.execute(db)
    return rows.map(({ name }) => name)
  }
  await t.app.db.transaction().execute(async (db) => {
    await inScratchSchema(db, '0003-applications.sql', async (migrate) => {
      expect(await found(db)).toEqual(['applications'])
      await migrate()
      expect(await found(db)).toEqual(['applications', 'bulk_changes', 'imports'])
      await sql`insert into users (id, created_at) values (gen_random_uuid(), now())`.execute(db)
    })
    expect((await sql`select current_schema() as name`.execute(db)).rows).toEqual([{ name: 'public' }])
  })
  expect((await t.app.pool.query('select id from users')).rows).toEqual([{ id: t.app.localUser.id }])
})
