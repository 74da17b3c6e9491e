/** What goes into a backup comes out of it: every row and column, to the letter. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { beforeEach, expect, test, vi } from 'vitest'
import { ApplicationStatus } from '../../../contract/applications.ts'
import { asFile, downloadBackup, unpack } from '../../../testing/backup-archives.ts'
import { useTestApp } from '../../../testing/test-app.ts'
import { wholeDump } from '../../../testing/whole-dump.ts'
import { notify } from '../notifications/notify.ts'

vi.setConfig({ testTimeout: 120_000 })

const t = useTestApp()

const empty = () =>
  t.app.pool.query(
    `truncate jobs, views, imports, import_rows, import_mappings, profiles, settings, notifications, notification_causes, notification_preferences, notification_counters cascade`,
  )
beforeEach(empty)

async function thereAndBack(): Promise<void> {
  const before = await wholeDump(t.app)
  const archive = await downloadBackup(t)
  await empty()
  await t.client.backups.restore({ file: asFile(archive) })
  expect(await wholeDump(t.app)).toEqual(before)
  // Once more changes nothing, in either way.
  const again = await t.client.backups.restore({ file: asFile(archive) })
  expect(Object.values(again.records).every(({ added, updated, skipped }) => added + updated + skipped === 0)).toBe(true)
  const removed = { jobs: before['jobs']?.length ?? 0, applications: before['applications']?.length ?? 0 }
  expect(await t.client.backups.restore({ file: asFile(archive), body: { mode: 'replace', confirm: removed } })).toMatchObject({ removed })
  expect(await wholeDump(t.app)).toEqual(before)
  // And another backup has the same files, to the byte.
  const [first, second] = [await unpack(archive), await unpack(await downloadBackup(t))]
  for (const [name, bytes] of first) if (name.endsWith('.json') && name !== 'manifest.json') expect(second.get(name)).toEqual(bytes)
}

test('a whole search, with its history, its trash and what was imported', async () => {
  await t.client.profile.update({ body: { headline: 'Engineer', skills: [{ name: 'C++', level: 4 }], preferred_locations: ['Łódź'] } })
  await t.client.settings.update({ body: { timezone: 'Europe/Lisbon', theme: 'dark' } })
  const job = await t.client.jobs.create({
    body: {
      company: 'Café  Łódź',
      title: "'=Engineer",
      description: 'one\r\ntwo\n\n<b>bold</b>',
      salary_min: 0.1,
      salary_max: 1e12,
      salary_currency: 'EUR',
      tech_stack: ['C++', 'a, b', '"q"'],
      url: 'https://northwind.example/jobs?utm_source=x',
      posted_on: '2026-02-03',
    },
  })
  await t.client.jobs.update({ params: { id: job.id }, body: { priority: 3 } })
  const { id } = await t.client.applications.create({
    body: {
      job_id: job.id,
      applied_on: '2026-04-04',
      follow_up_on: '2026-05-05',
      reminders_muted: true,
      notes: '=1+1',
      contacts: [{ name: 'Ana', email: 'a@b.example' }],
      interviews: [
        { starts_at: '2026-12-01T10:00:00.120Z', feedback: { questions: ['Why?'], rating: 4 } },
        { starts_at: '2026-12-03T10:00:00Z', interviewers: ['Ana', 'Rui'], place: 'Rua "A"\nLisboa' },
      ],
    },
  })
  const event = await t.client.applications.addEvent({ params: { id }, body: { to_status: 'interview', occurred_on: '2026-04-20' } })
  await t.client.applications.updateEvent({ params: { id, event_id: event.id }, body: { occurred_on: '2026-04-21', note: 'they called' } })
  const wrong = await t.client.applications.addEvent({ params: { id }, body: { to_status: 'rejected' } })
  await t.client.applications.deleteEvent({ params: { id, event_id: wrong.id } })
  const closed = await t.client.applications.create({ body: { job_id: job.id, status: 'declined' } })
  await t.client.applications.delete({ params: { id: closed.id } })
  const trashed = await t.client.jobs.create({ body: { company: 'Trashed', title: 'Job' } })
  await t.client.applications.create({ body: { job_id: trashed.id, status: 'offer' } })
  await t.client.jobs.delete({ params: { id: trashed.id } })
  const file = new Blob(['company,title,notes\nNorthwind,Platform Engineer,first\nPapermoth,Designer,\nBad,,"x\ny"\n'])
  await t.client.imports.create({ file, body: { mapping: { columns: { notes: 'notes' } } } })
  const more = new Blob(['company,title,notes\nNorthwind,Platform Engineer,second\n'])
  expect(await t.client.imports.create({ file: more, body: { on_duplicate: 'update' } })).toMatchObject({ updated: 1 })

  await notify(t.app, t.app.localUser, {
    type: 'application_silent',
    cause: 'x',
    title: 'Silent',
    body: '…',
    job_id: job.id,
    application_id: id,
  })
  const { id: told } = await t.client.notifications.test({ body: { channel: 'in_app' } })
  await t.client.notifications.update({ params: { id: told }, body: { read: true } })
  await t.client.notifications.replacePreferences({ body: { quiet_hours: { enabled: true, from: '21:00', to: '07:30' } } })

  await t.client.views.create({ body: { name: '"Remote"', kind: 'jobs', query: { q: 'c++ "a\\b"' }, columns: ['title'], alert: true } })
  const dump = await wholeDump(t.app)
  for (const [table, rows] of Object.entries(dump)) expect(rows.length, table).toBeGreaterThan(0)
  await thereAndBack()

  // The same file finds its records again, undo has what it needs, and a job brings its application back.
  expect(await t.client.imports.create({ file })).toMatchObject({ created: 0, skipped: 2, failed: 1 })
  const { items } = await t.client.imports.list({ query: { sort: 'created_at' } })
  const updating = items.find(({ updated }) => updated === 1) as { id: string }
  expect((await t.client.imports.undo({ params: { id: updating.id } })).undo).toMatchObject({ restored: 1, left: 0 })
  await t.client.jobs.restore({ params: { id: trashed.id } })
  expect((await t.client.applications.list({ query: { job_id: [trashed.id] } })).items).toMatchObject([{ status: 'offer' }])
})

test('previews of imports, and imports under way, are left out', async () => {
  const file = new Blob(['company,title\nA,B\n'])
  const done = await t.client.imports.create({ file })
  await t.client.imports.create({ file, body: { dry_run: true } })
  await t.app.pool.query(
    `insert into imports select (jsonb_populate_record(i, '{"id": "019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e", "status": "running"}')).* from imports i where id = $1`,
    [done.id],
  )
  const files = await unpack(await downloadBackup(t))
  const { imports } = JSON.parse(String(files.get('imports.json')))
  expect(imports).toMatchObject([{ id: done.id, status: 'completed' }])
  expect(imports).toHaveLength(1)
})

test('the naughty strings', async () => {
  const path = new URL('../../../testing/fixtures/imports/blns.json', import.meta.url)
  const naughty = (JSON.parse(await readFile(path, 'utf8')) as string[]).filter((text) => !text.includes('\0') && text.isWellFormed())
  const all = [...naughty, '\\', '\\n', '"', '\u0001\u0002', '\u2028', '{}', '[', ']', '},{', '\\N', '\\.', '']
    .map((text) => (text.trim() === '' ? `x${text}` : text))
    .map((text, n) => ({ n, text, line: text.slice(0, 200).toWellFormed() }))
  await t.app.pool.query(
    `insert into jobs (user_id, id, company, title, notes, tech_stack, created_at, updated_at)
     select $1, md5(n::text)::uuid, line, line, text, array[line], '2026-01-01'::timestamptz + n * interval '1 ms', now()
     from json_to_recordset($2) as given (n int, text text, line text)`,
    [t.app.localUser.id, JSON.stringify(all)],
  )
  const { id } = await t.client.applications.create({ body: { job_id: (await t.client.jobs.list()).items[0]?.id as string } })
  for (const { text, line } of all.slice(0, 100)) {
    await t.client.applications.addEvent({ params: { id }, body: { note: text } })
    await t.client.applications.update({ params: { id }, body: { notes: text, contacts: [{ name: line }] } })
  }
  await thereAndBack()
})

test('property: any search', async () => {
  const text = fc
    .string({ unit: 'grapheme', maxLength: 60 })
    .filter((text) => !text.includes('\0') && text.isWellFormed() && text.trim() !== '')
  const status = fc.constantFrom(...ApplicationStatus.options)
  const application = fc.record({
    notes: text,
    contacts: fc.array(fc.record({ name: text }), { maxLength: 3 }),
    statuses: fc.array(status, { minLength: 1, maxLength: 6 }),
    interviews: fc.array(fc.record({ place: text, interviewers: fc.array(text, { maxLength: 3 }) }), { maxLength: 3 }),
    trashed: fc.boolean(),
  })
  const job = fc.record({
    company: text,
    title: text,
    tech_stack: fc.array(text, { maxLength: 5 }),
    salary_min: fc.option(fc.double({ min: 0, max: 1e12, noNaN: true }), { nil: null }),
    applications: fc.array(application, { maxLength: 3 }),
    trashed: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(job, { maxLength: 4 }), async (jobs) => {
      await empty()
      for (const { applications, trashed, ...job } of jobs) {
        const { id: job_id } = await t.client.jobs.create({ body: job })
        for (const { statuses, interviews, trashed, ...own } of applications) {
          // One that is open would stand in the way of the next.
          const { id } = await t.client.applications.create({
            body: {
              job_id,
              ...own,
              status: 'declined',
              interviews: interviews.map((one) => ({ ...one, starts_at: '2026-12-01T10:00:00Z' })),
            },
          })
          for (const to_status of statuses) await t.client.applications.addEvent({ params: { id }, body: { to_status } })
          await t.client.applications.addEvent({ params: { id }, body: { to_status: 'withdrawn' } })
          if (trashed) await t.client.applications.delete({ params: { id } })
        }
        if (trashed) await t.client.jobs.delete({ params: { id: job_id } })
      }
      await thereAndBack()
    }),
    { numRuns: 8 },
  )
})

test('each file is a plain one that other programs read, and the manifest says what is in it', async () => {
  const { id } = await t.client.jobs.create({ body: { company: '=A', title: 'B' } })
  await t.client.applications.create({ body: { job_id: id, interviews: [{ starts_at: '2026-12-01T10:00:00Z', kind: 'phone' }] } })
  const files = await unpack(await downloadBackup(t))
  const read = (name: string) => JSON.parse(String(files.get(name)))
  expect([...files.keys()]).toEqual([
    'jobs.json',
    'applications.json',
    'events.json',
    'profile.json',
    'settings.json',
    'views.json',
    'imports.json',
    'notifications.json',
    'notification-causes.json',
    'preferences.json',
    'jobs.csv',
    'applications.csv',
    'manifest.json',
  ])
  expect(read('jobs.json')).toEqual([(await t.client.jobs.list()).items[0]])
  expect(read('applications.json')).toMatchObject([{ job_id: id, status: 'interested', interviews: [{ kind: 'phone' }] }])
  expect(read('events.json')).toMatchObject({ events: [{ type: 'created', to_status: 'interested' }], superseded_events: [] })
  expect([read('notifications.json'), read('preferences.json'), read('views.json')]).toEqual([[], {}, []])
  expect(String(files.get('jobs.csv'))).toMatch(/^id,company,title,.*\r\n.*,'=A,B,/)
  const manifest = read('manifest.json')
  expect(manifest).toMatchObject({ kind: 'landed-backup', version: 1, counts: { jobs: 1, applications: 1, events: 1 } })
  for (const { name, bytes, sha256 } of manifest.files) {
    expect([bytes, sha256]).toEqual([
      files.get(name)?.length,
      createHash('sha256')
        .update(files.get(name) as Buffer)
        .digest('hex'),
    ])
  }
  expect(manifest.files.map(({ name }: { name: string }) => name)).toEqual([...files.keys()].slice(0, -1))
  expect(manifest.left_out.join()).toMatch(/tokens.*keys/)
})
