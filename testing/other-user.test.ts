import { beforeAll, expect, test } from 'vitest'
import { notify } from '../server/features/notifications/notifications.ts'
import { askAsDocumented, exampleOf, kindOf, type Operation, pathOf, readOperations } from './openapi-operations.ts'
import { accountsOn, makePerson, type Person } from './people.ts'
import { sealsOf } from './rows-of.ts'
import { useTestApp } from './test-app.ts'

/** What somebody else has at the same server is neither seen nor touched, by any operation of the OpenAPI document. */

const server = useTestApp(accountsOn)
const owned = [
  'jobs',
  'applications',
  'application_events',
  'interviews',
  'profiles',
  'settings',
  'notifications',
  'notification_preferences',
  'views',
]
const theirs = /Theirs|other@example\.com|Asia\/Tokyo|2990-01-01/

let operations: Operation[] = []
let t: Person
let me: { id: string }
let ben: Person
let other: string

beforeAll(async () => {
  // Deletions last and from the inside out, so that each finds something.
  const order = ({ method, path }: Operation) => (method === 'DELETE' ? 100 - path.split('/').length : 0)
  // The first of the two, where a query that forgot to ask for the user would find this one.
  ben = await makePerson(server, 'other@example.com')
  other = (await ben.client.account.me()).id
  await ben.client.profile.update({ body: { headline: 'Theirs' } })
  await ben.client.settings.update({ body: { timezone: 'Asia/Tokyo' } })
  await ben.client.notifications.replacePreferences({ body: { interview_reminder_minutes: [7] } })
  t = await makePerson(server, 'me@example.com')
  me = await t.client.account.me()
  operations = (await readOperations(t)).toSorted((a, b) => order(a) - order(b))
})

async function makeRecords(said: string, t: Person, owner: { id: string }) {
  const { id: job } = await t.client.jobs.create({ body: { company: said, title: 'Engineer' } })
  const { id: application } = await t.client.applications.create({ body: { job_id: job, notes: said } })
  const body = { starts_at: '2990-01-02T08:00:00.000Z', place: said }
  const { id: interview_id } = await t.client.applications.addInterview({ params: { id: application }, body })
  const { id: event_id } = await t.client.applications.addEvent({ params: { id: application }, body: { to_status: 'applied', note: said } })
  const told = { type: 'job_status_changed', cause: `told ${job}`, title: said, body: said, job_id: job } as const
  const notification = (await notify(t.app, owner, told))?.id as string
  const { id: view } = await t.client.views.create({ body: { name: said, kind: 'jobs', query: { q: said } } })
  return { job, application, interview_id, event_id, notification, view }
}
type Records = Awaited<ReturnType<typeof makeRecords>>

/** The same records, ids and all, in the other account: as an import of an export would make them. */
async function copyToOther({ job, application, notification, view }: Records): Promise<void> {
  for (const [table, column, id] of [
    ['jobs', 'id', job],
    ['applications', 'id', application],
    ['application_events', 'application_id', application],
    ['interviews', 'application_id', application],
    ['notifications', 'id', notification],
    ['views', 'id', view],
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

/** Asks every operation for these records. */
async function askAll(records: Records, check: (operation: Operation, status: number, said: string) => void): Promise<void> {
  const before = await sealsOf(server.app, other)
  for (const table of owned) expect(before[table], table).toMatch(/^[1-9]/)
  for (const operation of operations) {
    const own = records[kindOf(operation)]
    const address = pathOf(operation, (name) => (name in records ? records[name as keyof Records] : own))
    const { status, text, said } = await askAsDocumented(t, operation, address, exampleOf(operation))
    expect(text, said).not.toMatch(theirs)
    check(operation, status, said)
    expect(await sealsOf(server.app, other), said).toEqual(before)
  }
  expect(await t.client.account.me()).toMatchObject({ id: me.id, email: 'me@example.com', is_admin: false })
}

const isOfOneRecord = ({ path }: Operation) => /^\/api\/v1\/(jobs|applications|notifications|views)\/\{/.test(path)

test('what only another user has is not there', async () => {
  const records = await makeRecords('Theirs', t, me)
  await copyToOther(records)
  await t.client.jobs.delete({ params: { id: records.job }, query: { permanent: true } })
  await t.client.views.delete({ params: { id: records.view } })
  await askAll(records, (operation, status, said) => {
    if (isOfOneRecord(operation)) expect(status, said).toBe(404)
  })
  expect((await t.send('POST', '/api/v1/applications', { body: { job_id: records.job } })).status).toBe(404)
})

test('the same ids in two accounts are two records', async () => {
  const records = await makeRecords('Mine', t, me)
  await copyToOther(records)
  await t.app.pool.query(`update jobs set company = 'Theirs' where user_id = $1`, [other])
  await t.app.pool.query(`update applications set notes = 'Theirs', contacts = '[{"name": "Theirs"}]' where user_id = $1`, [other])
  await t.app.pool.query(`update application_events set note = 'Theirs' where user_id = $1`, [other])
  await t.app.pool.query(`update interviews set place = 'Theirs', starts_at = '2990-01-01' where user_id = $1`, [other])
  await t.app.pool.query(`update notifications set title = 'Theirs' where user_id = $1`, [other])
  await t.app.pool.query(`update views set name = 'Theirs ' || id where user_id = $1`, [other])
  const found = new Set<number>()
  await askAll(records, (operation, status) => {
    if (isOfOneRecord(operation)) found.add(status)
  })
  expect([...found]).toEqual(expect.arrayContaining([200, 201, 204]))
})
