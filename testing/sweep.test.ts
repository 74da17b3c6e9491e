import { beforeAll, describe, expect, test } from 'vitest'
import { askAsDocumented, exampleOf, kindOf, type Operation, pathOf, readOperations, type Sent } from './openapi-operations.ts'
import { accountsOn, askingWith, makePerson, tokenOf } from './people.ts'
import { type TestApp, useTestApp } from './test-app.ts'

/** Walks every operation of the OpenAPI document, as a stranger would who has nothing else; with accounts and without. */

const randomId = '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e'
const noBackup = 'landed-backup-20000101T000000000Z-manual.zip'
const leadingNowhere: Record<string, string> = { name: noBackup, secret: 'x'.repeat(43) }
const nowhere = (operation: Operation) => pathOf(operation, (name) => leadingNowhere[name] ?? randomId)
const nameOf = ({ method, path }: Operation) => `${method} ${path}`
/** Its example can be the e-mail of nobody here, and it must not be. */
const endsTheAccount = (operation: Operation) => nameOf(operation) === 'DELETE /api/v1/me'
// Deletions last, so that the others find something.
const deletionsLast = (operations: Operation[]) =>
  operations.toSorted((a, b) => Number(a.method === 'DELETE') - Number(b.method === 'DELETE'))

/** A few at a time, so that both cores are busy. */
async function inParallel<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const queue = all.values()
  await Promise.all(
    Array.from({ length: 3 }, async () => {
      for (const one of queue) await work(one)
    }),
  )
}

/** Something to be seen, under every kind of id that a path asks for. */
async function makeRecords({ client }: TestApp): Promise<Record<string, string>> {
  const { id: job } = await client.jobs.create({ body: { company: 'Northwind', title: 'Engineer' } })
  const { id: application } = await client.applications.create({ body: { job_id: job } })
  const { id: interview_id } = await client.applications.addInterview({
    params: { id: application },
    body: { starts_at: '2026-11-22T08:00:00.000Z' },
  })
  const { id: event_id } = await client.applications.addEvent({ params: { id: application }, body: { to_status: 'applied' } })
  const { id: view } = await client.views.create({ body: { name: `Open ${job}`, kind: 'jobs', query: { status: ['open'] } } })
  const { name } = await client.backups.create()
  return { job, application, interview_id, event_id, view, name }
}

const addressIn = (operation: Operation, ids: Record<string, string>) =>
  pathOf(operation, (name) => ids[name] ?? ids[kindOf(operation)] ?? randomId)

/** Asks every operation, and holds that nobody is refused for who they are, nor for its own example. */
async function walk(t: TestApp, operations: Operation[], extra: Record<string, string>[]): Promise<void> {
  const ids = await makeRecords(t)
  const me = await t.client.account.me()
  for (const operation of deletionsLast(operations)) {
    for (const headers of extra) {
      const sent = exampleOf(operation)
      const { status, said } = await askAsDocumented(t, operation, addressIn(operation, ids), {
        ...sent,
        headers: { ...sent.headers, ...headers },
      })
      if (endsTheAccount(operation)) expect(status, said).toBe(422)
      else expect([400, 401, 403, 415, 422], said).not.toContain(status)
    }
    expect(await t.client.account.me(), nameOf(operation)).toMatchObject({ id: me.id, email: me.email })
  }
}

/** That everything there is belongs to this one. */
async function expectAllOwnedBy(t: TestApp, me: { id: string }): Promise<void> {
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
}

describe('with AUTH=off', () => {
  const t = useTestApp()
  let operations: Operation[] = []
  beforeAll(async () => {
    operations = await readOperations(t)
  })

  test('the document has every operation there is', () => {
    expect(operations.length).toBeGreaterThan(25)
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
  })

  test('nobody is ever asked to sign in, and everybody is the same user', async () => {
    await walk(t, operations, [
      {},
      {
        authorization: 'Bearer ldd_somebody_else',
        cookie: 'landed.session_token=x.y',
        'x-user-id': '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f60',
      },
    ])
    await expectAllOwnedBy(t, t.app.localUser)
    expect((await t.app.pool.query('select id from users')).rows).toEqual([{ id: t.app.localUser.id }])
  })

  whateverIsSent(() => t)
})

describe('with AUTH=on', () => {
  const t = useTestApp(accountsOn)
  let ana: TestApp
  let operations: Operation[] = []
  beforeAll(async () => {
    ana = await makePerson(t, 'sweep@example.com')
    operations = await readOperations(ana)
  })
  const isPublic = ({ security }: Operation) => security?.length === 0
  const takesTokens = ({ security }: Operation) => security === undefined

  test('who has not signed in gets nothing, whatever they say they are', async () => {
    const ids = await makeRecords(ana)
    const strangers: Record<string, string>[] = [
      {},
      { authorization: 'Bearer ldd_wrong' },
      { cookie: 'landed.session_token=x.y' },
      { 'x-user-id': randomId },
    ]
    for (const operation of operations.filter((one) => !isPublic(one))) {
      for (const headers of strangers) {
        const sent = exampleOf(operation)
        const { status, said } = await askAsDocumented(t, operation, addressIn(operation, ids), {
          ...sent,
          headers: { ...sent.headers, ...headers },
        })
        expect(status, said).toBe(401)
      }
    }
    expect((await ana.client.jobs.list()).items).toMatchObject([{ id: ids['job'] }])
  })

  test('a token does what its scopes say, and never what takes a person', async () => {
    const ids = await makeRecords(ana)
    const reader = askingWith(t, await tokenOf(ana, ['read']))
    const writer = askingWith(t, await tokenOf(ana, ['write']))
    const seen = new Set<string>()
    for (const operation of deletionsLast(operations.filter((one) => !isPublic(one)))) {
      const ask = (who: TestApp) => askAsDocumented(who, operation, addressIn(operation, ids), exampleOf(operation))
      const read = (await ask(reader)).status
      const write = (await ask(writer)).status
      const allowed = [read !== 403, write !== 403]
      seen.add(allowed.join())
      expect(allowed.filter(Boolean), nameOf(operation)).toHaveLength(takesTokens(operation) ? 1 : 0)
      if (operation.method === 'GET') expect(write, nameOf(operation)).toBe(403)
    }
    expect([...seen].toSorted()).toEqual(['false,false', 'false,true', 'true,false'])
  })

  test('who has signed in is refused nothing, and everything is theirs', async () => {
    await walk(ana, operations, [{}, { 'x-user-id': '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f60' }])
    await expectAllOwnedBy(t, await ana.client.account.me())
  })

  whateverIsSent(() => ana)
})

function whateverIsSent(who: () => TestApp): void {
  let t: TestApp
  let operations: Operation[] = []
  const ask = (operation: Operation, address: string, sent?: Sent) => askAsDocumented(t, operation, address, sent)
  beforeAll(async () => {
    t = who()
    operations = await readOperations(t)
  })

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

  test('after all of this, it is well', async () => {
    expect((await t.send('GET', '/health/ready')).status).toBe(200)
    const { items } = await t.client.jobs.list({ query: { limit: 1 } })
    expect(items.length).toBeLessThanOrEqual(1)
  })
}
