/** The backups that Landed keeps: made now or each day, listed, verified, restored and let go. */
import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { asFile, unpack } from '../../../testing/backup-archives.ts'
import { useTestApp } from '../../../testing/test-app.ts'
import { wholeDump } from '../../../testing/whole-dump.ts'
import { backUpWhereDue } from './daily.ts'

const t = useTestApp({ BACKUPS: 'on' })

const folder = (userId = t.app.localUser.id) => join(t.app.config.dataDir, 'backups', userId)
const list = async () => (await t.client.backups.list()).items
const day = (n: number) => `2026-11-${String(n).padStart(2, '0')}`

beforeEach(async () => {
  t.setNow(null)
  await rm(join(t.app.config.dataDir, 'backups'), { recursive: true, force: true })
  await t.app.pool.query('truncate jobs cascade')
  await t.client.jobs.create({ body: { company: 'Northwind', title: 'Engineer' } })
})

test('one is made, verified, listed, fetched, restored and deleted', async () => {
  t.setNow('2026-11-22T08:00:00.123Z')
  const answer = await t.send('POST', '/api/v1/backups')
  const made = await answer.json()
  expect(answer.status).toBe(201)
  expect(answer.headers.get('location')).toBe(`/api/v1/backups/${made.name}`)
  expect(made).toMatchObject({
    name: 'landed-backup-20261122T080000123Z-manual.zip',
    reason: 'manual',
    created_at: '2026-11-22T08:00:00.123Z',
    counts: { jobs: 1, applications: 0 },
    verified_at: '2026-11-22T08:00:00.123Z',
    problem: null,
  })
  expect(await list()).toEqual([made])

  const params = { name: made.name }
  const file = await t.client.backups.get({ params })
  expect(file.headers.get('content-type')).toBe('application/zip')
  const bytes = Buffer.from(await file.arrayBuffer())
  expect(bytes.length).toBe(made.bytes)
  expect(JSON.parse(String((await unpack(bytes)).get('jobs.json')))).toMatchObject([{ company: 'Northwind' }])

  const before = await wholeDump(t.app)
  await t.app.pool.query('truncate jobs cascade')
  expect((await t.client.backups.restoreKept({ params, body: {} })).records).toMatchObject({ jobs: { added: 1 } })
  expect(await wholeDump(t.app)).toEqual(before)

  await t.client.backups.delete({ params })
  expect(await list()).toEqual([])
  expect(await readdir(folder())).toEqual([])
  for (const [method, path] of [
    ['GET', ''],
    ['POST', '/verify'],
    ['DELETE', ''],
  ] as const) {
    expect((await t.send(method, `/api/v1/backups/${made.name}${path}`)).status).toBe(404)
  }
})

test('two at the same moment have two names', async () => {
  t.setNow('2026-11-22T08:00:00.000Z')
  await t.client.backups.create()
  await t.client.backups.create()
  expect((await list()).map(({ created_at }) => created_at)).toEqual(['2026-11-22T08:00:00.001Z', '2026-11-22T08:00:00.000Z'])
})

test('one that was damaged since is told, file by file, and no longer passes for verified', async () => {
  const { name } = await t.client.backups.create()
  expect(await t.client.backups.verify({ params: { name } })).toMatchObject({ ok: true, problem: null, landed: expect.any(String) })
  const bytes = await readFile(join(folder(), name))
  bytes[200]! ^= 4
  await writeFile(join(folder(), name), bytes)
  const check = await t.client.backups.verify({ params: { name } })
  expect(check.ok).toBe(false)
  expect(check.files.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(['jobs.json'])
  expect((await list())[0]).toMatchObject({ verified_at: null, problem: check.problem, counts: { jobs: 1 } })
  await expect(t.client.backups.restoreKept({ params: { name }, body: {} })).rejects.toMatchObject({ problem: { code: 'damaged_backup' } })
})

test('one whose note is lost is listed all the same', async () => {
  const { name } = await t.client.backups.create()
  await writeFile(join(folder(), `${name}.json`), '{"counts":')
  expect(await list()).toMatchObject([{ name, counts: null, verified_at: null, problem: null }])
})

test('each day one, seven of them kept', async () => {
  for (let n = 1; n <= 9; n++) {
    t.setNow(`${day(n)}T08:00:00.000Z`)
    await backUpWhereDue(t.app)
    // Within the day there is nothing to do.
    t.setNow(`${day(n)}T20:00:00.000Z`)
    await backUpWhereDue(t.app)
  }
  await t.client.backups.create()
  const kept = await list()
  expect(kept.filter(({ reason }) => reason === 'daily').map(({ created_at }) => created_at.slice(0, 10))).toEqual(
    [9, 8, 7, 6, 5, 4, 3].map(day),
  )
  expect(kept.filter(({ reason }) => reason === 'manual')).toHaveLength(1)
  expect(kept.every(({ verified_at, problem }) => verified_at !== null && problem === null)).toBe(true)
  // A file and its note each, and nothing else.
  expect(await readdir(folder())).toHaveLength(16)
  const { daily } = await t.client.backups.list()
  expect(daily).toEqual({ enabled: true, keep: 7, next_due_at: `${day(10)}T08:00:00.000Z`, problem: null })
})

test('an account without a job keeps the backups it has', async () => {
  t.setNow(`${day(1)}T08:00:00.000Z`)
  await backUpWhereDue(t.app)
  await t.app.pool.query('truncate jobs cascade')
  for (let n = 2; n <= 12; n++) {
    t.setNow(`${day(n)}T08:00:00.000Z`)
    await backUpWhereDue(t.app)
  }
  expect(await list()).toMatchObject([{ counts: { jobs: 1 } }])
})

test('the last one that could be verified is not let go for others', async () => {
  t.setNow(`${day(1)}T08:00:00.000Z`)
  await backUpWhereDue(t.app)
  // The role may no longer make a place to restore into.
  const [{ name, role }] = (await t.app.pool.query('select current_database() as name, current_user as role')).rows as [
    Record<string, string>,
  ]
  await t.app.pool.query(`revoke create on database ${name} from ${role}`)
  for (let n = 2; n <= 9; n++) {
    t.setNow(`${day(n)}T08:00:00.000Z`)
    await backUpWhereDue(t.app)
  }
  await t.app.pool.query(`grant create on database ${name} to ${role}`)
  const kept = await list()
  expect(kept).toHaveLength(8)
  expect(kept[0]).toMatchObject({ verified_at: null, problem: expect.stringContaining('permission denied for database') })
  expect(kept.at(-1)).toMatchObject({ created_at: `${day(1)}T08:00:00.000Z`, verified_at: expect.any(String) })
})

test('one that cannot be made is told, and made as soon as it can', async () => {
  // Where the folder should be there is a file.
  await writeFile(join(t.app.config.dataDir, 'backups'), '')
  await backUpWhereDue(t.app)
  expect((await t.client.backups.list()).daily.problem).toMatch(/log/)
  await backUpWhereDue(t.app)
  expect((await t.client.notifications.list({ query: { type: ['backup_failed'] } })).items).toMatchObject([
    { title: 'The daily backup failed' },
  ])
  await rm(join(t.app.config.dataDir, 'backups'))
  await backUpWhereDue(t.app)
  expect(await t.client.backups.list()).toMatchObject({ items: [{ reason: 'daily' }], daily: { problem: null } })
})

test('one at a time: who asks meanwhile is told so, and a half file of another process is swept away', async () => {
  const holder = await t.app.pool.connect()
  await holder.query('begin')
  await holder.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`backups ${t.app.localUser.id}`])
  await expect(t.client.backups.create()).rejects.toMatchObject({ problem: { code: 'conflict' } })
  await backUpWhereDue(t.app)
  expect(await t.client.backups.list()).toMatchObject({ items: [], daily: { problem: null } })
  await holder.query('rollback')
  holder.release()
  await mkdir(folder(), { recursive: true })
  await writeFile(join(folder(), 'landed-backup-20261122T080000000Z-daily.zip.part'), 'PK')
  expect(await list()).toEqual([])
  const { name } = await t.client.backups.create()
  expect((await readdir(folder())).toSorted()).toEqual([name, `${name}.json`])
})

test('a backup that breaks off leaves nothing', async () => {
  await t.app.pool.query('alter table applications rename column notes to notes_elsewhere')
  const refused = await t.send('POST', '/api/v1/backups')
  await t.app.pool.query('alter table applications rename column notes_elsewhere to notes')
  expect(refused.status).toBe(500)
  expect(await readdir(folder())).toEqual([])
})

test("another's backups are not there, whatever they are called", async () => {
  const other = randomUUID()
  await t.app.pool.query(`insert into users (id, is_local, created_at) values ($1, false, now())`, [other])
  await t.app.pool.query(
    `insert into jobs (user_id, id, company, title, created_at, updated_at) values ($1, gen_random_uuid(), 'Theirs', 'Job', now(), now())`,
    [other],
  )
  await backUpWhereDue(t.app)
  const [theirs] = (await readdir(folder(other))).filter((name) => name.endsWith('.zip')) as [string]
  await rm(folder(), { recursive: true })
  expect(await list()).toEqual([])
  for (const name of [theirs, `..%2F${other}%2F${theirs}`, `${theirs}.json`, '..', '%2e%2e']) {
    expect((await t.send('GET', `/api/v1/backups/${name}`)).status, name).toBe(404)
    expect((await t.send('DELETE', `/api/v1/backups/${name}`)).status, name).toBe(404)
  }
  expect(await readdir(folder(other))).toHaveLength(2)
  // And none of their records is in mine.
  const files = await unpack(Buffer.from(await (await t.client.backups.download()).arrayBuffer()))
  for (const bytes of files.values()) expect(String(bytes)).not.toContain('Theirs')
  expect(await t.client.backups.restore({ file: asFile(await readFile(join(folder(other), theirs))) })).toMatchObject({
    records: { jobs: { added: 1 } },
  })
})
