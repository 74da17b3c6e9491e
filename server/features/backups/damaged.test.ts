/** Files that are no backup, or not a whole one: refused with a reason, and nothing is ever half-written. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { asFile, changeRow, downloadBackup, pack, rewrite, unpack } from '../../../testing/backup-archives.ts'
import { useTestApp } from '../../../testing/test-app.ts'
import { wholeDump } from '../../../testing/whole-dump.ts'
import { Unfit } from './problems.ts'
import { openArchive } from './read-archive.ts'

const t = useTestApp()

let archive: Buffer
let before: Awaited<ReturnType<typeof wholeDump>>

beforeAll(async () => {
  const { id } = await t.client.jobs.create({ body: { company: 'Northwind', title: 'Engineer', notes: 'words '.repeat(200) } })
  const { id: application } = await t.client.applications.create({
    body: { job_id: id, interviews: [{ starts_at: '2026-12-01T10:00:00Z' }] },
  })
  await t.client.applications.addEvent({ params: { id: application }, body: { to_status: 'applied' } })
  await t.client.profile.update({ body: { headline: 'Engineer' } })
  archive = await downloadBackup(t)
  // So that taking any of it back would show.
  await t.app.pool.query('truncate jobs, profiles cascade')
  before = await wholeDump(t.app)
})

async function refused(bytes: Buffer, statuses = [413, 415, 422]): Promise<{ status: number; code: string; detail: string }> {
  const form = new FormData()
  form.append('file', asFile(bytes), 'b.zip')
  const answer = await fetch(`${t.url}/api/v1/imports/backup`, { method: 'POST', body: form })
  const problem = await answer.json()
  expect(statuses, JSON.stringify(problem)).toContain(answer.status)
  expect(['damaged_backup', 'unsupported_media_type', 'payload_too_large', 'newer_backup']).toContain(problem.code)
  expect(problem.detail).toMatch(/\w+: .{10,}/)
  expect(problem.detail).not.toMatch(/node:|\/tmp|\.ts\b/)
  return problem
}
const unchanged = async () => expect(await wholeDump(t.app)).toEqual(before)

/** Where each part of the archive begins: headers of files, what is after their data, the directory, the end. */
function regions(): { name: string; from: number; to: number }[] {
  const signatures = { header: 'PK\x03\x04', descriptor: 'PK\x07\x08', directory: 'PK\x01\x02', end: 'PK\x05\x06' }
  const starts = Object.entries(signatures).flatMap(([name, signature]) => {
    const found: { name: string; from: number }[] = []
    for (let at = archive.indexOf(signature, 0, 'latin1'); at !== -1; at = archive.indexOf(signature, at + 1, 'latin1'))
      found.push({ name, from: at })
    return found
  })
  const data = starts
    .filter(({ name }) => name === 'header')
    .map(({ from }) => ({ name: 'data', from: from + 30 + archive.readUInt16LE(from + 26) }))
  const all = [...starts, ...data, { name: 'seal', from: archive.length - 71 }].toSorted((a, b) => a.from - b.from)
  return all.map((one, at) => ({ ...one, to: all[at + 1]?.from ?? archive.length }))
}

const flipped = (at: number, bit = 1) => {
  const bytes = Buffer.from(archive)
  bytes[at]! ^= bit
  return bytes
}

test('one damaged byte in each region is noticed', async () => {
  const all = regions()
  expect(new Set(all.map(({ name }) => name)).size).toBe(6)
  expect(all.length).toBeGreaterThan(45)
  for (const { from, to } of all) await refused(flipped(from + Math.floor((to - from) / 2), 1 << (from % 8)))
  await unchanged()
})

test('and so is any other byte, whichever it is', async () => {
  const path = join(t.app.config.dataDir, 'flipped.zip')
  const isNoticed = async (at: number): Promise<boolean> => {
    await writeFile(path, flipped(at, 1 << (at % 8)))
    try {
      await using opened = await openArchive(path)
      return opened.flaw !== null
    } catch (error) {
      if (error instanceof Unfit) return true
      throw error
    }
  }
  // All of what stands around the data, and some of that. Most of it leads to no other place than the seal.
  const places = regions().flatMap(({ name, from, to }) =>
    Array.from({ length: to - from }, (_, at) => from + at).filter((at) => name !== 'data' || at % 7 === 0),
  )
  expect(places.length).toBeGreaterThan(1_000)
  for (const at of places) if (!(await isNoticed(at))) expect.fail(`byte ${at} of ${archive.length}`)
})

test('cut off anywhere, or with something behind it', async () => {
  for (const { from } of regions()) if (from > 0) await refused(archive.subarray(0, from))
  for (const left of [archive.length - 1, archive.length - 72, 4, 3, 1]) await refused(archive.subarray(0, left))
  await refused(Buffer.concat([archive, Buffer.from('x')]))
  await refused(Buffer.concat([archive, archive.subarray(0, 100)]))
  await unchanged()
})

test('what never was a backup is told so', async () => {
  const foreign = async (bytes: Buffer, reason: string) => {
    const { code, detail } = await refused(bytes, [415])
    expect([code, detail]).toEqual(['unsupported_media_type', expect.stringContaining(reason)])
  }
  await foreign(Buffer.from(''), 'empty')
  await foreign(Buffer.from('company,title\nA,B\n'), 'not a ZIP archive')
  await foreign(Buffer.from('%PDF-1.7'), 'not a ZIP archive')
  await foreign(Buffer.from([0x1f, 0x8b, 8, 0]), 'not a ZIP archive')
  await foreign(await pack(new Map([['jobs.csv', Buffer.from('a,b\n')]])), 'without a manifest.json')
  await foreign(await pack(new Map([['manifest.json', Buffer.from('{"name":"x","version":"1"}')]])), 'not one of Landed')
  await foreign(await pack(new Map([['manifest.json', Buffer.alloc(2 * 1024 * 1024, ' ')]])), 'larger than any')
  await unchanged()
})

test('somebody who imports a backup is told where it belongs', async () => {
  const told = await t.client.imports.create({ file: asFile(archive), filename: 'jobs.csv' }).catch((error) => error.problem)
  expect(told).toMatchObject({ status: 415, detail: expect.stringContaining('POST /imports/backup') })
})

/** The archive without its seal, so that what is wrong inside comes to light; `change` bends the directory's record of a file. */
async function bent(name: string, change: (record: Buffer, bytes: Buffer) => void, files?: Map<string, Buffer>): Promise<Buffer> {
  const bytes = await pack(files ?? (await unpack(archive)))
  for (let at = bytes.indexOf('PK\x01\x02', 0, 'latin1'); at !== -1; at = bytes.indexOf('PK\x01\x02', at + 1, 'latin1')) {
    if (bytes.toString('latin1', at + 46, at + 46 + bytes.readUInt16LE(at + 28)) === name) change(bytes.subarray(at), bytes)
  }
  return bytes
}

test('a backup that another program packed again is still a backup', async () => {
  const again = await pack(await unpack(archive))
  expect(await t.client.backups.restore({ file: asFile(again), body: { dry_run: true } })).toMatchObject({
    records: { jobs: { added: 1 } },
  })
})

test('a bomb is known by its directory', async () => {
  const huge = await bent('jobs.json', (record) => record.writeUInt32LE(0xfffffff0, 24))
  expect((await refused(huge, [413])).detail).toMatch(/would grow to \d+ times its size/)
  const many = new Map(Array.from({ length: 65 }, (_, at) => [`${at}.json`, Buffer.from('[]')] as const))
  expect((await refused(await pack(many), [413])).detail).toContain('more than 64 files')
  await unchanged()
})

test('and by its bytes, when the directory lies', async () => {
  const files = await unpack(archive)
  const told = files.get('jobs.json')?.length as number
  files.set('jobs.json', Buffer.concat([files.get('jobs.json') as Buffer, Buffer.alloc(64 * 1024 * 1024, '\n')]))
  const lying = await bent('jobs.json', (record) => record.writeUInt32LE(told, 24), files)
  expect((await refused(lying, [422])).detail).toContain('too many bytes')
  await unchanged()
})

test('places that cannot be, files twice, foreign names and locked files', async () => {
  const cases: [Buffer, RegExp][] = [
    [await bent('jobs.json', (record) => record.writeUInt32LE(0xfffffff0, 42)), /beyond its own end/],
    [await bent('jobs.json', (record) => record.writeUInt16LE(1, 8)), /encrypted/],
    [await bent('jobs.json', (record) => record.writeUInt16LE(99, 10)), /not known/],
    [await bent('jobs.json', (record) => record.write('view', 46, 'latin1')), /jobs\.json is missing/],
    [await bent('profile.json', (record) => record.write('../../x.json', 46, 'latin1')), /relative path/],
    [await bent('profile.json', (record) => record.write('settings.js\0', 46, 'latin1')), /manifest|missing/],
    [await bent('jobs.json', (_, bytes) => bytes.writeUInt16LE(999, bytes.length - 12)), /directory|whole/],
    [await bent('jobs.json', (_, bytes) => bytes.writeUInt32LE(0x7ffffff0, bytes.length - 6)), /directory|whole/],
  ]
  for (const [bytes, reason] of cases) expect((await refused(bytes, [422])).detail).toMatch(reason)
  // ZIP64: places larger than any file system knows.
  const end = Buffer.alloc(20 + 22)
  end.writeUInt32LE(0x07064b50, 0)
  end.writeBigUInt64LE(0xffffffffffffffffn, 8)
  end.writeUInt32LE(0x06054b50, 20)
  await refused(Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), end]), [422])
  await unchanged()
})

test.each<[string, (files: Map<string, string>, manifest: { files: { name: string; count: number }[] }) => void, RegExp]>([
  ['a file less', (files) => files.delete('events.json'), /events\.json is missing/],
  ['a file more', (files) => files.set('more.json', '[]'), /"more\.json" is in it/],
  ['a wrong count', (_, { files }) => Object.assign(files[0]!, { count: 5 }), /jobs\.json has 1 rows and should have 5/],
  [
    'another layout',
    (files) => files.set('jobs.json', JSON.stringify(JSON.parse(files.get('jobs.json') as string), null, 2)),
    /does not go on/,
  ],
  ['a row that is no JSON', (files) => files.set('jobs.json', '[\n{"id":}\n]\n'), /jobs\.json, row 1/],
  ['a row cut short', (files) => files.set('jobs.json', '[\n{"id":"x"'), /jobs\.json cannot be read: it breaks off/],
  ['a mark before it', (files) => files.set('jobs.json', `\ufeff${files.get('jobs.json')}`), /does not go on/],
  ['two profiles', (files) => files.set('profile.json', (files.get('profile.json') as string).repeat(2)), /profile\.json cannot be read/],
  ['a row of another kind', (files) => files.set('views.json', '[\n{"id":"x"}\n]\n'), /views\.json, row 1: name is missing/],
  [
    'a column less',
    (files) =>
      files.set(
        'jobs.json',
        changeRow(files.get('jobs.json')!, ({ notes: _, ...row }) => row),
      ),
    /row 1: notes is missing/,
  ],
  [
    'a column more',
    (files) =>
      files.set(
        'jobs.json',
        changeRow(files.get('jobs.json')!, (row) => ({ ...row, user_id: 'x' })),
      ),
    /row 1: user_id is not known/,
  ],
  [
    'a link that runs',
    (files) =>
      files.set(
        'jobs.json',
        changeRow(files.get('jobs.json')!, (row) => ({ ...row, url: 'javascript:alert(1)' })),
      ),
    /url must be a web address/,
  ],
  [
    'a status nobody knows',
    (files) =>
      files.set(
        'applications.json',
        changeRow(files.get('applications.json')!, (row) => ({ ...row, status: 'lost' })),
      ),
    /status/,
  ],
  [
    'a text where a number is',
    (files) =>
      files.set(
        'jobs.json',
        changeRow(files.get('jobs.json')!, (row) => ({ ...row, version: 'one' })),
      ),
    /version/,
  ],
  [
    'a NUL',
    (files) =>
      files.set(
        'jobs.json',
        changeRow(files.get('jobs.json')!, (row) => ({ ...row, notes: 'a\0b' })),
      ),
    /notes holds a NUL/,
  ],
  [
    'an interview of another kind',
    (files) => files.set('applications.json', (files.get('applications.json') as string).replace('"kind":"video"', '"kind":"seance"')),
    /interviews\.0\.kind/,
  ],
  [
    'an event of nothing',
    (files) =>
      files.set(
        'events.json',
        (files.get('events.json') as string).replace(/"application_id":"[^"]+"/, '"application_id":"019a8f2e-7c1a-7d33-9e55-000000000000"'),
      ),
    /1 of the events belong to nothing/,
  ],
  [
    'an application of nothing',
    (files) =>
      files.set(
        'applications.json',
        (files.get('applications.json') as string).replace(/"job_id":"[^"]+"/, '"job_id":"019a8f2e-7c1a-7d33-9e55-000000000000"'),
      ),
    /1 of the applications belong to nothing/,
  ],
  [
    'the same record twice',
    (files, { files: told }) => {
      const text = files.get('jobs.json') as string
      files.set('jobs.json', text.replace(/\n(\{.*\})\n/, '\n$1,\n$1\n'))
      Object.assign(told[0]!, { count: 2 })
    },
    /holds what cannot be/,
  ],
])('%s is refused, also when the manifest fits', async (_, change, reason) => {
  const bytes = await rewrite(archive, change)
  expect((await refused(bytes, [422])).detail).toMatch(reason)
  await unchanged()
})

test('bytes that are no UTF-8', async () => {
  const files = await unpack(archive)
  const bytes = files.get('jobs.json') as Buffer
  bytes[bytes.indexOf('words')] = 0xff
  // With sums that fit, but for the manifest's.
  expect((await refused(await pack(files), [422])).detail).toMatch(/jobs\.json/)
  await unchanged()
})

test('limits of length are not held against a backup: they may have been others when it was written', async () => {
  const long = await rewrite(archive, (files) => {
    files.set(
      'jobs.json',
      changeRow(files.get('jobs.json') as string, (row) => ({ ...row, notes: 'x'.repeat(200_000) })),
    )
  })
  expect(await t.client.backups.restore({ file: asFile(long), body: { dry_run: true } })).toMatchObject({ records: { jobs: { added: 1 } } })
})
