import { beforeEach, expect, test } from 'vitest'
import type { JobInput } from '../../../contract/jobs.ts'
import type { NotificationType } from '../../../contract/notifications.ts'
import { accountsOn, askingWith, makePerson, type Person } from '../../../testing/people.ts'
import { useTestApp } from '../../../testing/test-app.ts'

const server = useTestApp(accountsOn)

let t: Person
let people = 0
beforeEach(async () => {
  t = await makePerson(server, `person${people++}@example.com`)
  await t.client.profile.replace({ body: { skills: [{ name: 'Go' }] } })
})

const fits = { company: 'Northwind', title: 'Engineer', tech_stack: ['golang'] }
const fitsNot = { company: 'Papermoth', title: 'Designer', tech_stack: ['Figma'] }
const add = (said: Partial<JobInput> = {}) => t.client.jobs.create({ body: { ...fits, ...said } })
const change = (id: string, body: Partial<JobInput>) => t.client.jobs.update({ params: { id }, body })
const watch = (query: Record<string, unknown> = { location: ['Lisbon'] }, alert = true) =>
  t.client.views.create({ body: { name: `View ${JSON.stringify(query)}`.slice(0, 100), kind: 'jobs', query, alert } })
const told = async (type: NotificationType, who: Person = t) =>
  (await who.client.notifications.list({ query: { type: [type], sort: 'seq' } })).items
const titles = async (type: NotificationType, who?: Person) => (await told(type, who)).map(({ title }) => title)
const importFile = (text: string, body = {}) => t.client.imports.create({ file: new Blob([text]), body })

test('a new job that fits is told once, with the reasons; one that does not, or is changed, is not', async () => {
  const { id } = await add()
  await add(fitsNot)
  expect(await told('new_job_match')).toMatchObject([
    {
      title: 'Fits your profile: Northwind',
      body: 'Engineer, 100 of 100. 1 of 1 skills: golang.',
      data: { score: 100, threshold: 70, parts: [{ kind: 'skills', score: 100, data: { have: ['golang'] } }] },
      job_id: id,
      read_at: null,
    },
  ])
  await change(id, { notes: 'x', tech_stack: ['Go'] })
  expect(await told('new_job_match')).toHaveLength(1)
})

test('the threshold of the settings counts, and what is not wanted is not told', async () => {
  await t.client.settings.update({ body: { match_threshold: 40 } })
  await add({ tech_stack: ['Go', 'Rust'] })
  await t.client.settings.update({ body: { match_threshold: 60 } })
  await add({ tech_stack: ['Go', 'Rust'] })
  expect(await told('new_job_match')).toHaveLength(1)
  await t.client.notifications.replacePreferences({ body: { types: { new_job_match: { in_app: false } } } })
  await add()
  expect(await told('new_job_match')).toHaveLength(1)
})

test('what is added in the web app itself is noted as read', async () => {
  await watch()
  const web = askingWith(t, { ...t.headers, origin: t.url })
  await web.client.jobs.create({ body: { ...fits, location: 'Lisbon' } })
  for (const type of ['new_job_match', 'view_alert'] as const) expect(await told(type)).toMatchObject([{ read_at: expect.any(String) }])
})

test('many at once are one summary: of a bulk change, and of an import', async () => {
  await watch()
  const jobs = [...Array.from({ length: 12 }, (_, n) => ({ ...fits, title: `Job ${n}`, location: 'Lisbon' })), fitsNot]
  await t.client.bulk.createJobs({ body: { jobs } })
  const [match] = await told('new_job_match')
  expect(match).toMatchObject({ title: '12 of 13 new jobs fit your profile', job_id: null, data: { count: 12, total: 13, threshold: 70 } })
  expect(match?.body.split('\n')).toHaveLength(11)
  expect(match?.data['jobs']).toHaveLength(12)
  expect(await titles('view_alert')).toEqual(['12 new jobs in “View {"location":["Lisbon"]}”'])

  const file = 'company,title,skills,location\nA,B,Go,Lisbon\nC,D,Cobol,Porto\nE,F,Go,Porto\n'
  const { id } = await importFile(file)
  expect((await told('new_job_match')).at(-1)).toMatchObject({ title: '2 of 3 new jobs fit your profile', data: { import_id: id } })
  expect((await told('view_alert')).at(-1)).toMatchObject({
    title: expect.stringMatching(/^New in .*: A$/),
    data: { import_id: id, count: 1 },
  })
  // The same file brings nothing new.
  await importFile(file)
  expect(await told('new_job_match')).toHaveLength(2)
  expect(await told('view_alert')).toHaveLength(2)
})

test('a view with an alert tells of a job that comes in, by being added or changed, once', async () => {
  const view = await watch()
  const { id } = await add({ location: 'Lisbon, Portugal' })
  expect(await told('view_alert')).toMatchObject([
    { title: `New in “${view.name}”: Northwind`, body: 'Engineer', job_id: id, data: { view_id: view.id, job_ids: [id] }, read_at: null },
  ])
  const later = await add({ company: 'Later', location: 'Porto' })
  await change(later.id, { notes: 'still not there' })
  expect(await told('view_alert')).toHaveLength(1)
  await change(later.id, { location: 'Lisbon' })
  expect(await titles('view_alert')).toEqual([`New in “${view.name}”: Northwind`, `New in “${view.name}”: Later`])
  // Out and in again, or out of the trash, is nothing new.
  await change(later.id, { location: 'Porto' })
  await change(later.id, { location: 'Lisbon' })
  await t.client.jobs.delete({ params: { id } })
  await t.client.jobs.restore({ params: { id } })
  await change(id, { notes: 'x' })
  expect(await told('view_alert')).toHaveLength(2)
})

test('an alert that is switched on later is silent about what is in already', async () => {
  const { id } = await add({ location: 'Lisbon' })
  const out = await add({ location: 'Porto' })
  const view = await watch({ location: ['Lisbon'] }, false)
  await add({ location: 'Lisbon' })
  await t.client.views.update({ params: { id: view.id }, body: { alert: true } })
  await change(id, { notes: 'x', location: 'Lisbon, Portugal' })
  const bulk = { ids: [id, out.id], changes: { priority: 3 } }
  await t.client.bulk.updateJobs({ body: bulk })
  await importFile(`id,company,title,notes\n${id},Northwind,Engineer,more\n`, { on_duplicate: 'update' })
  expect(await told('view_alert')).toEqual([])
  await t.client.bulk.updateJobs({ body: { ids: [id, out.id], changes: { location: 'Lisbon' } } })
  expect(await told('view_alert')).toMatchObject([{ job_id: out.id, data: { count: 1, job_ids: [out.id] } }])
})

test('the filter of the list decides: words, pay, days in the time zone; a changed query counts from then on', async () => {
  await t.client.settings.update({ body: { timezone: 'Asia/Tokyo' } })
  t.setNow('2026-11-21T15:30:00.000Z')
  const view = await watch({ q: '"platform team" -junior', salary_min: 50_000, created_from: '2026-11-22' })
  const text = { description: 'In our platform team', salary_max: 60_000 }
  await add({ ...text, company: 'In' })
  await add({ ...text, title: 'Junior' })
  await add({ ...text, salary_max: 40_000 })
  t.setNow('2026-11-21T14:30:00.000Z')
  await add({ ...text, company: 'Yesterday there' })
  t.setNow(null)
  const { id } = await add({ company: 'Elsewhere' })
  await t.client.views.update({ params: { id: view.id }, body: { query: { company: ['elsewhere'] } } })
  await change(id, { notes: 'was in it when this began' })
  await add({ company: 'Elsewhere' })
  expect((await told('view_alert')).map(({ title }) => title.split(': ').at(-1))).toEqual(['In', 'Elsewhere'])
})

test('a request that is repeated tells once, and so do many at the same moment', async () => {
  await watch()
  const body = { ...fits, location: 'Lisbon' }
  const headers = { 'idempotency-key': 'once' }
  for (let n = 0; n < 3; n++) await t.send('POST', '/api/v1/jobs', { body, headers })
  expect([(await told('new_job_match')).length, (await told('view_alert')).length]).toEqual([1, 1])
  await Promise.all(Array.from({ length: 8 }, (_, n) => add({ company: `Job ${n}`, location: 'Lisbon' })))
  expect([(await told('new_job_match')).length, (await told('view_alert')).length]).toEqual([9, 9])
  const { id } = await add({ location: 'Porto' })
  await Promise.allSettled(Array.from({ length: 5 }, (_, n) => change(id, { location: 'Lisbon', notes: `${n}` })))
  expect((await told('view_alert')).filter(({ job_id }) => job_id === id)).toHaveLength(1)
})

test('nobody is told of what another has, and what is undone or deleted tells nothing', async () => {
  const other = await makePerson(server, `other${people}@example.com`)
  await other.client.profile.replace({ body: { skills: [{ name: 'Go' }] } })
  await other.client.views.create({ body: { name: 'All', kind: 'jobs', alert: true } })
  await watch({})
  const jobs = [{ ...fits, location: 'Lisbon' }]
  const made = await t.client.bulk.createJobs({ body: { jobs } })
  const undo = await t.client.bulk.undo({ body: { undo_token: made.undo_token as string } })
  const token = (undo as { undo_token?: string }).undo_token
  if (token) await t.client.bulk.undo({ body: { undo_token: token } })
  expect(await told('view_alert', other)).toEqual([])
  expect(await told('new_job_match', other)).toEqual([])
  expect((await told('view_alert')).length + (await told('new_job_match')).length).toBeLessThanOrEqual(2)
  const { rows } = await server.app.pool.query('select 1 from view_jobs where job_id not in (select id from jobs)')
  expect(rows).toEqual([])
})
