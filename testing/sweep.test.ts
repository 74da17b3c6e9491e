import { beforeAll, describe, expect, test } from 'vitest'
import { useTestApp } from './test-app.ts'

/** Walks every operation of the OpenAPI document, as a stranger would who has nothing else. */

const t = useTestApp()

type Schema = { type?: string | string[]; anyOf?: Schema[]; enum?: unknown[]; format?: string }
type Parameter = { name: string; in: 'path' | 'query' | 'header'; schema: Schema }
type Operation = {
  operationId: string
  parameters: Parameter[]
  requestBody?: { content: Record<string, { example: Record<string, unknown> }> }
  responses: Record<string, { content?: Record<string, unknown> }>
}
type Walked = Operation & { method: string; path: string }

let operations: Walked[] = []
let me: { id: string }
const ids: Record<string, string> = {}

beforeAll(async () => {
  const document = (await (await t.send('GET', '/openapi.json')).json()) as { paths: Record<string, Record<string, Operation>> }
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
  )
  me = (await (await t.send('GET', '/api/v1/me')).json()) as { id: string }
  // Something to be seen, under every kind of id that a path asks for.
  const { id: job } = await t.client.jobs.create({ body: { company: 'Northwind', title: 'Engineer' } })
  const { id: application } = await t.client.applications.create({ body: { job_id: job } })
  const { id: interview_id } = await t.client.applications.addInterview({
    params: { id: application },
    body: { starts_at: '2026-11-22T08:00:00.000Z' },
  })
  const { id: event_id } = await t.client.applications.addEvent({ params: { id: application }, body: { to_status: 'applied' } })
  Object.assign(ids, { job, application, interview_id, event_id })
})

const asSomebodyElse: Record<string, string>[] = [
  {},
  { authorization: 'Bearer ldd_somebody_else', cookie: 'session=somebody-else', 'x-user-id': '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f60' },
]
const randomId = '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e'
const pathOf = (operation: Walked, id: (name: string) => string) => operation.path.replace(/\{(\w+)\}/g, (_, name: string) => id(name))
const nowhere = (operation: Walked) => pathOf(operation, () => randomId)
const nameOf = ({ method, path }: Walked) => `${method} ${path}`

/** The example of its body, as JSON or as the form that it asks for. */
function exampleOf(operation: Walked): { body?: BodyInit; headers?: Record<string, string> } {
  const content = operation.requestBody?.content ?? {}
  const form = content['multipart/form-data']
  if (form) {
    const body = new FormData()
    for (const [name, value] of Object.entries(form.example)) {
      if (name !== 'file') body.append(name, typeof value === 'string' ? value : JSON.stringify(value))
    }
    body.append('file', new Blob([String(form.example['file'] ?? 'company,title\na,b\n')]), 'jobs.csv')
    return { body }
  }
  const json = content['application/json']
  return json ? { body: JSON.stringify(json.example), headers: { 'content-type': 'application/json' } } : {}
}

/** Asks, and holds the answer against what the document says of it. */
async function ask(operation: Walked, address: string, sent: { body?: BodyInit; headers?: Record<string, string> } = {}) {
  let answer = await fetch(`${t.url}${address}`, { method: operation.method, ...sent })
  let text = await answer.text()
  // Files are made four at a time, and the one before may not quite have ended: who is told to come again comes again.
  while (answer.status === 503 && answer.headers.has('retry-after') && text.includes('"overloaded"')) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    answer = await fetch(`${t.url}${address}`, { method: operation.method, ...sent })
    text = await answer.text()
  }
  const said = `${operation.method} ${address.slice(0, 300)} ${typeof sent.body === 'string' ? sent.body.slice(0, 200) : ''} → ${answer.status} ${text.slice(0, 300)}`
  const documented = operation.responses[answer.status]
  expect(documented, `${said}: this status is not documented`).toBeDefined()
  expect(answer.status, said).toBeLessThan(500)
  const type = answer.headers.get('content-type')?.split(';')[0]
  if (text !== '') expect(Object.keys(documented?.content ?? {}), said).toContain(type)
  if (type === 'application/problem+json')
    expect(JSON.parse(text), said).toMatchObject({ status: answer.status, request_id: expect.any(String) })
  return { status: answer.status, text, said }
}

/** A few at a time, so that both cores are busy. */
async function inParallel<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const queue = all.values()
  await Promise.all(
    Array.from({ length: 3 }, async () => {
      for (const one of queue) await work(one)
    }),
  )
}

test('the document has every operation there is', () => {
  expect(operations.length).toBeGreaterThan(25)
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
})

describe('with AUTH=off', () => {
  test('nobody is ever asked to sign in, and everybody is the same user', async () => {
    // Deletions last, so that the others find something.
    for (const operation of operations.toSorted((a, b) => Number(a.method === 'DELETE') - Number(b.method === 'DELETE'))) {
      const address = pathOf(
        operation,
        (name) => ids[name] ?? ids[operation.path.includes('/applications') ? 'application' : 'job'] ?? randomId,
      )
      for (const headers of asSomebodyElse) {
        const sent = exampleOf(operation)
        const { status, said } = await ask(operation, address, { ...sent, headers: { ...sent.headers, ...headers } })
        expect([401, 403], said).not.toContain(status)
        // Its own example is at least a valid request.
        expect([400, 415, 422], said).not.toContain(status)
      }
      expect(await (await t.send('GET', '/api/v1/me')).json(), nameOf(operation)).toEqual(me)
    }
    const owned = await t.app.pool.query<{ table_name: string }>(
      `select table_name from information_schema.columns join information_schema.tables using (table_schema, table_name)
       where column_name = 'user_id' and table_schema = 'public' and table_type = 'BASE TABLE'`,
    )
    expect(owned.rows.length).toBeGreaterThan(5)
    let rows = 0
    for (const { table_name } of owned.rows) {
      const owners = await t.app.pool.query<{ user_id: string; n: number }>(
        `select user_id, count(*) as n from "${table_name}" group by user_id`,
      )
      expect(
        owners.rows.filter((row) => row.user_id !== me.id),
        table_name,
      ).toEqual([])
      rows += owners.rows.reduce((sum, row) => sum + row.n, 0)
    }
    expect(rows).toBeGreaterThan(5)
    expect((await t.app.pool.query('select id from users')).rows).toEqual([{ id: me.id }])
  })

  test('what another user has is not there', async () => {
    const other = '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f60'
    await t.app.pool.query('insert into users (id, email, is_local, created_at) values ($1, $2, false, now())', [
      other,
      'other@example.com',
    ])
    const { id: job } = await t.client.jobs.create({ body: { company: 'Theirs', title: 'Engineer' } })
    const { id: application } = await t.client.applications.create({ body: { job_id: job, notes: 'Theirs' } })
    const { id: interview_id } = await t.client.applications.addInterview({
      params: { id: application },
      body: { starts_at: '2026-11-22T08:00:00.000Z' },
    })
    const { id: event_id } = await t.client.applications.addEvent({ params: { id: application }, body: { note: 'Theirs' } })
    const owned = ['jobs', 'applications', 'application_events', 'interviews']
    const before = await giveTo(other, owned, job, application)
    const theirs: Record<string, string> = { interview_id, event_id }

    for (const operation of operations) {
      const own = operation.path.includes('/applications') ? application : job
      const address = pathOf(operation, (name) => theirs[name] ?? own)
      const sent = exampleOf(operation)
      const { status, text, said } = await ask(operation, address, sent)
      expect(text, said).not.toContain('Theirs')
      if (/^\/api\/v1\/(jobs|applications)\/\{/.test(operation.path)) expect(status, said).toBe(404)
    }
    const refused = await t.send('POST', '/api/v1/applications', { body: { job_id: job } })
    expect(refused.status).toBe(404)
    expect(await rowsOf(other, owned)).toEqual(before)
  })
})

describe('whatever is sent', () => {
  test('an id that leads nowhere is 404', async () => {
    await inParallel(
      operations.filter(({ path }) => path.includes('{')),
      async (operation) => {
        const { status, said } = await ask(operation, nowhere(operation), exampleOf(operation))
        expect(status, said).toBe(404)
      },
    )
  })

  test('a parameter nobody knows is refused by its name', async () => {
    await inParallel(operations, async (operation) => {
      const { status, text, said } = await ask(operation, `${nowhere(operation)}?frobnicate=1`, exampleOf(operation))
      expect(status, said).toBe(400)
      expect(JSON.parse(text)).toMatchObject({ code: 'invalid_query', field_errors: [{ field: 'frobnicate' }] })
    })
  })

  const junk: [string, string | undefined, string][] = [
    ['cut off', '{"a":', 'application/json'],
    ['an unknown field', '{"frobnicate":1}', 'application/json'],
    ['a list', '[1,2]', 'application/json'],
    ['null', 'null', 'application/json'],
    ['text', '"x"', 'application/json'],
    ['nothing', undefined, 'application/json'],
    ['__proto__', '{"__proto__":{"id":1}}', 'application/json'],
    ['XML', '<a/>', 'application/xml'],
    ['a form', 'a=1', 'application/x-www-form-urlencoded'],
    [
      'half a multipart form',
      '--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nabc',
      'multipart/form-data; boundary=x',
    ],
    ['a multipart form without its boundary', '--x--', 'multipart/form-data'],
  ]
  test.each(junk)('a body that is junk is refused: %s', async (_, body, type) => {
    const changing = operations.filter(({ method, requestBody }) => method !== 'GET' && (method !== 'DELETE' || requestBody))
    await inParallel(changing, async (operation) => {
      const { status, said } = await ask(operation, nowhere(operation), {
        headers: { 'content-type': type },
        ...(body === undefined ? {} : { body }),
      })
      expect(status, said).toBeGreaterThanOrEqual(400)
    })
  })

  test('every field of every body, of every wrong type, is refused by its name or taken, and never fails', async () => {
    const values = [null, 1e308, '', '\0\ud800', [null], { a: { b: 1 } }]
    const all = operations.flatMap((operation) => {
      const example = operation.requestBody?.content['application/json']?.example ?? {}
      return Object.keys(example).map((field) => ({ operation, field, example }))
    })
    expect(all.length).toBeGreaterThan(50)
    await inParallel(all, async ({ operation, field, example }) => {
      for (const value of values) {
        const { status, text, said } = await ask(operation, nowhere(operation), {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ ...example, [field]: value }),
        })
        if (status === 422) expect(JSON.parse(text).field_errors[0].field, said).toMatch(/^\w*/)
      }
    })
  })

  const naughty = ['', '%00', '%FF', "'; drop table jobs; --", '\\', '😀"', '世'.repeat(300), '-1', '9'.repeat(400), '9999-12-31']
  // As they stand: what decodes to nothing, and what decodes to what cannot be.
  const asItStands = new Set(['%00', '%FF'])
  const encoded = (value: string) => (asItStands.has(value) ? value : encodeURIComponent(value))

  test('a naughty value of any parameter of the query is refused by its name or taken, and never fails', async () => {
    const all = operations.flatMap((operation) =>
      operation.parameters.filter((one) => one.in === 'query').map(({ name }) => ({ operation, name })),
    )
    expect(all.length).toBeGreaterThan(50)
    await inParallel(all, async ({ operation, name }) => {
      for (const value of naughty) {
        const { status, text, said } = await ask(operation, `${nowhere(operation)}?${name}=${encoded(value)}`, exampleOf(operation))
        if (status === 400 && text.includes('invalid_query')) expect(JSON.parse(text).field_errors, said).toMatchObject([{ field: name }])
      }
    })
  })

  test('a naughty value in a path leads nowhere', async () => {
    const all = operations.filter(({ path }) => path.includes('{'))
    await inParallel(all, async (operation) => {
      // Nothing between two slashes is another address.
      for (const value of naughty.filter((one) => one !== '')) {
        const { status, said } = await ask(
          operation,
          pathOf(operation, () => encoded(value)),
          exampleOf(operation),
        )
        expect([400, 404], said).toContain(status)
      }
    })
  })
})

test('after all of this, it is well', async () => {
  expect((await t.send('GET', '/health/ready')).status).toBe(200)
  const { items } = await t.client.jobs.list({ query: { limit: 1 } })
  expect(items.length).toBeLessThanOrEqual(1)
})

/** Hands records over, as if somebody else had made them: copies them to the other user and deletes the own ones. */
async function giveTo(other: string, tables: string[], job: string, application: string) {
  const byTable: Record<string, [string, string]> = { jobs: ['id', job], applications: ['id', application] }
  for (const table of tables) {
    const [column, id] = byTable[table] ?? ['application_id', application]
    const { rows } = await t.app.pool.query<{ column_name: string }>(
      `select column_name from information_schema.columns
       where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' and column_name <> 'user_id'`,
      [table],
    )
    const columns = rows.map((row) => `"${row.column_name}"`).join(', ')
    await t.app.pool.query(`insert into ${table} (user_id, ${columns}) select $1, ${columns} from ${table} where ${column} = $2`, [
      other,
      id,
    ])
  }
  await t.client.jobs.delete({ params: { id: job }, query: { permanent: true } })
  return rowsOf(other, tables)
}

async function rowsOf(user: string, tables: string[]) {
  const rows = await Promise.all(
    tables.map(async (table) => (await t.app.pool.query(`select * from ${table} where user_id = $1 order by id`, [user])).rows),
  )
  expect(rows.every((found) => found.length > 0)).toBe(true)
  return rows
}
