import { beforeAll, expect, test } from 'vitest'
import { notify } from '../server/features/notifications/notifications.ts'
import { askAsDocumented, exampleOf, kindOf, type Operation, pathOf, readOperations } from './openapi-operations.ts'
import { accountsOn, makePerson, type Person } from './people.ts'
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

/** Every row of theirs, in whatever table but those in which searches count their words when there is time for it. */
async function rowsOfOther(other: string): Promise<Record<string, unknown[]>> {
  const { rows } = await server.app.pool.query<{ table_name: string }>(
    `select table_name from information_schema.columns join information_schema.tables using (table_schema, table_name)
     where column_name = 'user_id' and table_schema = 'public' and table_type = 'BASE TABLE' and table_name not like 'search\\_%'`,
  )
  const dump: Record<string, unknown[]> = { users: (await server.app.pool.query('select * from users where id = $1', [other])).rows }
  for (const { table_name } of rows) {
    const { rows: theirs } = await server.app.pool.query<{ row: string }>(
      `select one::text as row from "${table_name}" as one where user_id = $1 order by 1`,
      [other],
    )
    dump[table_name] = theirs
  }
  return dump
}

/** Asks every operation for these records. */
async function askAll(records: Records, check: (operation: Operation, status: number, said: string) => void): Promise<void> {
  const before = await rowsOfOther(other)
  for (const table of owned) expect(before[table]?.length, table).toBeGreaterThan(0)
  for (const operation of operations) {
    const own = records[kindOf(operation)]
    const address = pathOf(operation, (name) => (name in records ? records[name as keyof Records] : own))
    const { status, text, said } = await askAsDocumented(t, operation, address, exampleOf(operation))
    expect(text, said).not.toMatch(theirs)
    check(operation, status, said)
    expect(await rowsOfOther(other), said).toEqual(before)
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

/** One of everything that has an id, made by the other through the front door. */
async function makeForeign(owner: Person): Promise<Record<string, string>> {
  const { client } = owner
  const { id: user } = await client.account.me()
  const records = await makeRecords('Theirs', owner, { id: user })
  const { id: invite } = await ben.client.admin.createInvite({ body: {} })
  const { id: token } = await client.tokens.create({ body: { name: 'Theirs', scopes: ['read'] } })
  const file = new Blob(['company,title\nTheirs,Imported\n'])
  const imported = await client.imports.create({ file, body: {} })
  const changed = await client.bulk.updateJobs({ body: { updates: [{ id: records.job, notes: 'Theirs' }] } })
  const { name } = await client.backups.create()
  for (let n = 0; n < 3; n++) await client.jobs.create({ body: { company: 'Theirs', title: `Job ${n}` } })
  const { next_cursor } = await client.jobs.list({ query: { limit: 1 } })
  return {
    ...records,
    invite,
    token,
    user,
    import: imported.id,
    undo: (changed as { undo_token: string }).undo_token,
    name,
    cursor: next_cursor as string,
  }
}

const anyId = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

test('an id of theirs leads nowhere, wherever it stands: in a path, a body, a filter, a cursor, an undo', async () => {
  const carla = await makePerson(server, 'carla@example.com')
  const foreign = await makeForeign(carla)
  const ids = Object.entries(foreign).filter(([name]) => name !== 'cursor' && name !== 'name')
  const before = await rowsOfOther(foreign['user'] as string)
  let asked = 0
  for (const operation of operations) {
    const { method, path } = operation
    const mine = pathOf(operation, () => '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e')
    const ask = async (address: string, sent = exampleOf(operation)) => {
      const { status, text, said } = await askAsDocumented(t, operation, address, sent)
      expect(text, said).not.toMatch(theirs)
      asked++
      return { status, said }
    }
    const filters = operation.parameters.filter((one) => one.in === 'query' && /(?:^|_)id$|^ids$/.test(one.name))
    const cursor = operation.parameters.some(({ name }) => name === 'cursor')
    for (const [, id] of ids) {
      if (path.includes('{')) {
        const { status, said } = await ask(pathOf(operation, (name) => (name === 'name' ? (foreign['name'] as string) : id)))
        expect(path.includes('/admin/') ? 403 : 404, said).toBe(status)
      }
      const example = exampleOf(operation)
      if (typeof example.body === 'string' && anyId.test(example.body)) {
        await ask(mine, { ...example, body: example.body.replace(anyId, id) })
      }
      for (const { name } of filters) await ask(`${mine}?${name}=${id}`)
    }
    if (cursor && method === 'GET') {
      const { status, said } = await ask(`${mine}?cursor=${foreign['cursor']}`)
      expect([400, 403, 404], said).toContain(status)
    }
    expect(await rowsOfOther(foreign['user'] as string), `${method} ${path}`).toEqual(before)
  }
  expect(asked).toBeGreaterThan(200)
  const undo = await t.send('POST', '/api/v1/bulk/undo', { body: { undo_token: foreign['undo'] } })
  expect(undo.status).toBe(404)
  const application = await t.send('POST', '/api/v1/applications', { body: { job_id: foreign['job'] } })
  expect(application.status).toBe(404)
  // Imported with their ids, these become records of one's own.
  const file = new Blob([JSON.stringify({ items: [{ id: foreign['job'], company: 'Mine now', title: 'Engineer' }] })])
  await t.client.imports.create({ file, filename: 'jobs.json', body: { on_duplicate: 'update' } })
  expect(await rowsOfOther(foreign['user'] as string)).toEqual(before)
})
