import { beforeAll, expect, test } from 'vitest'
import { type Endpoint, fullPath } from '../contract/endpoint.ts'
import { api } from '../contract/index.ts'
import { notify } from '../server/features/notifications/notifications.ts'
import { countAll } from '../server/features/search/counting.ts'
import { accountsOn, makePerson, type Person } from './people.ts'
import { statementsOf } from './statements.ts'
import { useTestApp } from './test-app.ts'

/** A list asks the database as often for a hundred records as for one. Every list of the contract: a new one is asked for here by itself. */

const server = useTestApp(accountsOn)
let t: Person
const ids: Record<string, string> = {}

const lists = Object.values(api)
  .flatMap((endpoints) => Object.values(endpoints) as Endpoint[])
  .filter(({ method, returns }) => method === 'GET' && returns !== undefined && 'shape' in returns && 'items' in (returns.shape as object))

const p256dh = 'BEUOnLIAc4PudHZ0KuLmpfzJB4ajHqmXH53d8K91ljIjN5ZfRxRJIbDoedECTKzKE_gMe6akkIVNYhEATjQq9lA'

/** In the address, what an id there is the id of. */
const pathOf = (endpoint: Endpoint) =>
  fullPath(endpoint).replace(/\{id\}/, () => (endpoint.path.startsWith('/imports') ? ids['import'] : ids['application']) as string)

/** As many records of every kind, each with what belongs to it. */
async function make(from: number, to: number): Promise<void> {
  const { id: user } = await t.client.account.me()
  const failing = Array.from({ length: to - from }, (_, n) => `Company ${n},,not a day`).join('\n')
  const file = new Blob([`company,title,posted_on\n${failing}\n`])
  for (let n = from; n < to; n++) {
    const { id } = await t.client.jobs.create({ body: { company: `Company ${n}`, title: 'Engineer', tech_stack: ['Go'] } })
    const made = await t.client.applications.create({
      body: { job_id: id, status: 'applied', contacts: [{ name: 'Ana', role: null, email: null, phone: null, url: null }] },
    })
    ids['application'] ??= made.id
    const about = { params: { id: ids['application'] } }
    await t.client.applications.addInterview({ params: { id: made.id }, body: { starts_at: '2026-11-22T08:00:00.000Z' } })
    await t.client.applications.addInterview({ ...about, body: { starts_at: '2026-11-22T08:00:00.000Z' } })
    await t.client.applications.addEvent({ ...about, body: { type: 'note', note: 'called' } })
    await t.client.tokens.create({ body: { name: `Token ${n}`, scopes: ['read'] } })
    await t.client.admin.createInvite({ body: { email: `invited${n}@example.com` } })
    await server.app.pool.query('insert into users (id, email, created_at) values (gen_random_uuid(), $1, now())', [`user${n}@example.com`])
    await t.client.bulk.updateJobs({ body: { updates: [{ id, notes: `changed ${n}` }] } })
    await notify(t.app, { id: user }, { type: 'digest', cause: `told ${n}`, title: 'News', body: 'News' })
    await server.app.pool.query(
      `insert into deliveries (user_id, id, notification_id, is_in_app, channel, type, message, status, created_at, finished_at)
       values ($1, gen_random_uuid(), gen_random_uuid(), true, 'email', 'digest', '{"title":"News","body":"News"}', 'sent', now(), now())`,
      [user],
    )
    await t.client.views.create({ body: { name: `View ${n}`, kind: 'jobs', query: { company: [`Company ${n}`] } } })
  }
  const { id } = await t.client.imports.create({ file, filename: 'failing.csv' })
  ids['import'] = id
  for (let n = from; n < Math.min(to, from + 5); n++) {
    await t.client.imports.create({ file: new Blob([`company,title\nImported ${n},Engineer\n`]), filename: 'jobs.csv' })
    await t.client.backups.create()
    const endpoint = `https://push.example.com/browser-${n}`
    await t.client.notifications.addPushSubscription({ body: { endpoint, keys: { p256dh, auth: 'A'.repeat(22) } } })
  }
}

/** A connection that served somebody else before is told whose it is now; and what works in the background looks whether there is work. */
const isBeside = /landed\.user_id|stale_matches|search_changes/

/** What each list asks for, and how many it gave. */
async function measure(): Promise<Map<string, { statements: number; items: number }>> {
  const measured = new Map<string, { statements: number; items: number }>()
  await countAll(server.app)
  for (const endpoint of lists) {
    let items = 0
    const statements = await statementsOf(async () => {
      const query = endpoint.query ? Object.keys((endpoint.query as { shape?: object }).shape ?? {}) : []
      const answer = await t.send('GET', `${pathOf(endpoint)}${query.includes('limit') ? '?limit=200' : ''}`)
      const text = await answer.text()
      expect(answer.status, `${endpoint.path}: ${text.slice(0, 300)}`).toBe(200)
      items = (JSON.parse(text) as { items: unknown[] }).items.length
    })
    const asked = statements.filter((statement) => !isBeside.test(statement))
    measured.set(endpoint.path, { statements: asked.length, items })
  }
  return measured
}

let one: Awaited<ReturnType<typeof measure>>
let hundred: Awaited<ReturnType<typeof measure>>
beforeAll(async () => {
  t = await makePerson(server, 'me@example.com')
  await make(0, 1)
  one = await measure()
  await make(1, 100)
  hundred = await measure()
}, 180_000)

test('the lists were found, and each had more to give the second time', () => {
  expect(lists.length).toBeGreaterThan(12)
  expect([...hundred].filter(([path, { items }]) => items <= (one.get(path)?.items ?? 0))).toEqual([])
})

test.each(lists.map(({ path }) => path))('%s asks as often for many as for one', (path) => {
  expect(hundred.get(path)?.statements).toBe(one.get(path)?.statements)
})
