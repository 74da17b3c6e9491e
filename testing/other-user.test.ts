import { beforeAll, expect, test } from 'vitest'
import { notify } from '../server/features/notifications/notifications.ts'
import { askAsDocumented, exampleOf, kindOf, type Operation, pathOf, readOperations } from './openapi-operations.ts'
import { useTestApp } from './test-app.ts'

/** What somebody else has at the same server is neither seen nor touched, by any operation of the OpenAPI document. */

const t = useTestApp()
const other = '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f60'
const owned = [
  'jobs',
  'applications',
  'application_events',
  'interviews',
  'profiles',
  'settings',
  'notifications',
  'notification_preferences',
]
const theirs = /Theirs|other@example\.com|Asia\/Tokyo|2990-01-01/

let operations: Operation[] = []
let me: unknown

beforeAll(async () => {
  // Deletions last and from the inside out, so that each finds something.
  const order = ({ method, path }: Operation) => (method === 'DELETE' ? 100 - path.split('/').length : 0)
  operations = (await readOperations(t)).toSorted((a, b) => order(a) - order(b))
  await t.app.pool.query('insert into users (id, email, is_local, created_at) values ($1, $2, false, now())', [other, 'other@example.com'])
  await t.client.profile.update({ body: { headline: 'Theirs' } })
  await t.client.settings.update({ body: { timezone: 'Asia/Tokyo' } })
  await t.client.notifications.replacePreferences({ body: { interview_reminder_minutes: [7] } })
  for (const table of ['profiles', 'settings', 'notification_preferences'])
    await t.app.pool.query(`update ${table} set user_id = $1`, [other])
  // Behind the other in the table, where a query that forgot to ask for the user would find the other first.
  await t.app.pool.query('update users set created_at = created_at where is_local')
  me = await (await t.send('GET', '/api/v1/me')).json()
  expect(me).toMatchObject({ id: t.app.localUser.id, email: null })
})

async function makeRecords(said: string) {
  const { id: job } = await t.client.jobs.create({ body: { company: said, title: 'Engineer' } })
  const { id: application } = await t.client.applications.create({ body: { job_id: job, notes: said } })
  const body = { starts_at: '2990-01-02T08:00:00.000Z', place: said }
  const { id: interview_id } = await t.client.applications.addInterview({ params: { id: application }, body })
  const { id: event_id } = await t.client.applications.addEvent({ params: { id: application }, body: { to_status: 'applied', note: said } })
  const told = { type: 'job_status_changed', cause: `told ${job}`, title: said, body: said, job_id: job } as const
  const notification = (await notify(t.app, t.app.localUser, told))?.id as string
  return { job, application, interview_id, event_id, notification }
}
type Records = Awaited<ReturnType<typeof makeRecords>>

/** The same records, ids and all, in the other account: as an import of an export would make them. */
async function copyToOther({ job, application, notification }: Records): Promise<void> {
  for (const [table, column, id] of [
    ['jobs', 'id', job],
    ['applications', 'id', application],
    ['application_events', 'application_id', application],
    ['interviews', 'application_id', application],
    ['notifications', 'id', notification],
  ] as const) {
    const { rows } = await t.app.pool.query<{ column_name: string }>(
      `select column_name from information_schema.columns
       where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' and column_name <> 'user_id'`,
      [table],
    )
    const columns = rows.map((row) => `"${row.column_name}"`).join(', ')
    const copy = `insert into ${table} (user_id, ${columns}) select $1, ${columns} from ${table} where ${column} = $2 and user_id <> $1`
    await t.app.pool.query(copy, [other, id])
  }
}

const rowsOfOther = () =>
  Promise.all(owned.map(async (table) => (await t.app.pool.query(`select * from ${table} where user_id = $1 order by 1, 2`, [other])).rows))

/** Asks every operation for these records. */
async function askAll(records: Records, check: (operation: Operation, status: number, said: string) => void): Promise<void> {
  const before = await rowsOfOther()
  expect(before.every((rows) => rows.length > 0)).toBe(true)
  for (const operation of operations) {
    const own = records[kindOf(operation)]
    const address = pathOf(operation, (name) => (name in records ? records[name as keyof Records] : own))
    const { status, text, said } = await askAsDocumented(t, operation, address, exampleOf(operation))
    expect(text, said).not.toMatch(theirs)
    check(operation, status, said)
    expect(await rowsOfOther(), said).toEqual(before)
  }
  expect(await (await t.send('GET', '/api/v1/me')).json()).toEqual(me)
}

const isOfOneRecord = ({ path }: Operation) => /^\/api\/v1\/(jobs|applications|notifications)\/\{/.test(path)

test('what only another user has is not there', async () => {
  const records = await makeRecords('Theirs')
  await copyToOther(records)
  await t.client.jobs.delete({ params: { id: records.job }, query: { permanent: true } })
  await askAll(records, (operation, status, said) => {
    if (isOfOneRecord(operation)) expect(status, said).toBe(404)
  })
  expect((await t.send('POST', '/api/v1/applications', { body: { job_id: records.job } })).status).toBe(404)
})

test('the same ids in two accounts are two records', async () => {
  const records = await makeRecords('Mine')
  await copyToOther(records)
  await t.app.pool.query(`update jobs set company = 'Theirs' where user_id = $1`, [other])
  await t.app.pool.query(`update applications set notes = 'Theirs', contacts = '[{"name": "Theirs"}]' where user_id = $1`, [other])
  await t.app.pool.query(`update application_events set note = 'Theirs' where user_id = $1`, [other])
  await t.app.pool.query(`update interviews set place = 'Theirs', starts_at = '2990-01-01' where user_id = $1`, [other])
  await t.app.pool.query(`update notifications set title = 'Theirs' where user_id = $1`, [other])
  const found = new Set<number>()
  await askAll(records, (operation, status) => {
    if (isOfOneRecord(operation)) found.add(status)
  })
  expect([...found]).toEqual(expect.arrayContaining([200, 201, 204]))
})
