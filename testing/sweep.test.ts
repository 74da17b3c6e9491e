import { beforeAll, describe, expect, test } from 'vitest'
import { askAsDocumented, exampleOf, kindOf, type Operation, pathOf, readOperations, type Sent } from './openapi-operations.ts'
import { useTestApp } from './test-app.ts'

/** Walks every operation of the OpenAPI document, as a stranger would who has nothing else. */

const t = useTestApp()

let operations: Operation[] = []
let me: { id: string }
const ids: Record<string, string> = {}

beforeAll(async () => {
  operations = await readOperations(t)
  me = (await (await t.send('GET', '/api/v1/me')).json()) as { id: string }
  // Something to be seen, under every kind of id that a path asks for.
  const { id: job } = await t.client.jobs.create({ body: { company: 'Northwind', title: 'Engineer' } })
  const { id: application } = await t.client.applications.create({ body: { job_id: job } })
  const { id: interview_id } = await t.client.applications.addInterview({
    params: { id: application },
    body: { starts_at: '2026-11-22T08:00:00.000Z' },
  })
  const { id: event_id } = await t.client.applications.addEvent({ params: { id: application }, body: { to_status: 'applied' } })
  const { name } = await t.client.backups.create()
  Object.assign(ids, { job, application, interview_id, event_id, name })
})

const asSomebodyElse: Record<string, string>[] = [
  {},
  { authorization: 'Bearer ldd_somebody_else', cookie: 'session=somebody-else', 'x-user-id': '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f60' },
]
const randomId = '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e'
const noBackup = 'landed-backup-20000101T000000000Z-manual.zip'
const nowhere = (operation: Operation) => pathOf(operation, (name) => (name === 'name' ? noBackup : randomId))
const nameOf = ({ method, path }: Operation) => `${method} ${path}`
const ask = (operation: Operation, address: string, sent?: Sent) => askAsDocumented(t, operation, address, sent)

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
      const address = pathOf(operation, (name) => ids[name] ?? ids[kindOf(operation)] ?? randomId)
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
    // Where neither a body nor a record is asked for, nothing is what belongs there.
    const changing = operations.filter(
      ({ method, path, requestBody }) => requestBody || (method === 'POST' && (path.includes('{') || body !== undefined)),
    )
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
        // A bulk change that is refused answers with its entries instead.
        const { code, field_errors } = status === 422 ? JSON.parse(text) : {}
        if (code === 'validation_failed') expect(field_errors[0].field, said).toMatch(/^\w*/)
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
