import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { Problem } from '../../../contract/problems.ts'
import { accountsOn, makePerson, type Person, signIn, tokenOf } from '../../../testing/people.ts'
import { type TestApp, useTestApp } from '../../../testing/test-app.ts'
import { runCommand } from '../../accounts/commands.ts'
import { fillWithSample } from '../../demo/fill.ts'
import { countAll } from '../search/counting.ts'

const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as Problem).code]

/** In how many rows of which tables this id stands, whatever the column is called. */
async function traces({ app }: TestApp, id: string): Promise<Record<string, number>> {
  const { rows: tables } = await app.pool.query<{ table_name: string }>(
    `select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  )
  const found: Record<string, number> = {}
  for (const { table_name } of tables) {
    const { rows } = await app.pool.query<{ n: number }>(`select count(*) as n from "${table_name}" as one where one::text like $1`, [
      `%${id}%`,
    ])
    if (rows[0]?.n) found[table_name] = rows[0].n
  }
  return found
}

/** Every table that says whose its rows are. From the catalog, so that none is forgotten. */
async function ownedTables({ app }: TestApp): Promise<string[]> {
  const { rows } = await app.pool.query<{ table_name: string }>(
    `select table_name from information_schema.columns join information_schema.tables using (table_schema, table_name)
     where table_schema = 'public' and table_type = 'BASE TABLE' and column_name = 'user_id' order by 1`,
  )
  return rows.map(({ table_name }) => table_name)
}

const filesBelow = async (folder: string) =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name))

/** Files in DATA_DIR that have the id in their name, their folder or themselves. */
async function filesOf({ app }: TestApp, id: string): Promise<string[]> {
  const files = await filesBelow(app.config.dataDir)
  const found = await Promise.all(files.map(async (file) => file.includes(id) || (await readFile(file)).includes(id)))
  return files.filter((_, at) => found[at])
}

const remove = (person: TestApp, email: unknown) => person.send('DELETE', '/api/v1/me', { body: { email } })

const somethingOf: Record<string, string> = {
  uuid: 'gen_random_uuid()',
  bytea: 'sha256(gen_random_uuid()::text::bytea)',
  text: `'x'`,
  boolean: 'false',
  date: 'current_date',
  ARRAY: `'{}'`,
  json: `'{}'`,
  jsonb: `'{}'`,
  'timestamp with time zone': 'now()',
}

/** Where not anything will do: what a table has checks for. */
const checkedOf: Record<string, Record<string, string>> = { deliveries: { channel: `'email'`, next_attempt_at: `'2990-01-01'` } }

/** What hangs on these by a trigger instead of a foreign key, for the sake of speed. */
const parentOf: Record<string, { parent: string; parent_column: string }> = {
  bulk_id: { parent: 'bulk_changes', parent_column: 'id' },
  import_id: { parent: 'imports', parent_column: 'id' },
}

/** A row of theirs in a table where they have none, whatever its columns are, below rows of theirs where it has to be. */
async function leaveRow(t: TestApp, table: string, id: string): Promise<void> {
  const { rows: columns } = await t.app.pool.query<{ name: string; type: string; parent: string | null; parent_column: string | null }>(
    `select column_name as name, data_type as type, parent, parent_column
     from information_schema.columns left join lateral (
       select target.relname as parent, far.attname as parent_column
       from pg_constraint rule join pg_class target on target.oid = rule.confrelid
       cross join unnest(rule.conkey, rule.confkey) as pair (here, there)
       join pg_attribute near on near.attrelid = rule.conrelid and near.attnum = pair.here
       join pg_attribute far on far.attrelid = rule.confrelid and far.attnum = pair.there
       where rule.contype = 'f' and rule.conrelid = table_name::regclass and near.attname = column_name and target.relname <> 'users' limit 1
     ) as rule on true
     where table_schema = 'public' and table_name = $1 and column_name <> 'user_id' and is_nullable = 'NO' and column_default is null
       and is_generated = 'NEVER' and is_identity = 'NO'`,
    [table],
  )
  const row: Record<string, string> = {}
  for (const { name, type, ...key } of columns) {
    const { parent, parent_column } = parentOf[name] ?? key
    if (parent !== null && !(await traces(t, id))[parent]) await leaveRow(t, parent, id)
    row[name] =
      parent === null
        ? (somethingOf[type] ?? '1')
        : `(select "${parent_column}" from "${parent}" where user_id = $1 order by 1 desc limit 1)`
  }
  Object.assign(row, checkedOf[table])
  const names = Object.keys(row).map((name) => `"${name}"`)
  await t.app.pool.query(`insert into "${table}" (${['user_id', ...names]}) values (${['$1', ...Object.values(row)]})`, [id])
}

describe('with AUTH=on', () => {
  const t = useTestApp(accountsOn)
  let ana: Person
  let ben: Person
  beforeAll(async () => {
    ana = await makePerson(t, 'ana@example.com')
    ben = await makePerson(t, 'ben@example.com')
  })

  test('the name can be changed, and nothing else around the password', async () => {
    expect(await ana.client.account.change({ body: { name: 'Ana' } })).toMatchObject({ name: 'Ana', email: 'ana@example.com' })
    expect((await ana.send('PATCH', '/api/v1/me', { body: { email: 'x@example.com' } })).status).toBe(422)
    expect((await ana.send('PATCH', '/api/v1/me', { body: { is_admin: true } })).status).toBe(422)
  })

  test('an admin lists, disables and enables accounts; nobody else does', async () => {
    const { items } = await ana.client.admin.listUsers({ query: { sort: 'created_at' } })
    expect(items.map(({ email, is_admin }) => [email, is_admin])).toEqual([
      ['ana@example.com', true],
      ['ben@example.com', false],
    ])
    const [anasId, bensId] = items.map(({ id }) => id) as [string, string]
    for (const [method, path] of [
      ['GET', '/admin/users'],
      ['GET', '/admin/invites'],
      ['POST', '/admin/invites'],
      ['PATCH', `/admin/users/${bensId}`],
      ['DELETE', `/admin/invites/${bensId}`],
    ] as const) {
      const answer = await ben.send(method, `/api/v1${path}`, method === 'GET' || method === 'DELETE' ? {} : { body: {} })
      expect(await codeOf(answer), path).toEqual([403, 'insufficient_scope'])
    }
    const token = await tokenOf(ben, ['read'])
    await ana.client.admin.changeUser({ params: { id: bensId }, body: { disabled: true } })
    expect((await ben.send('GET', '/api/v1/me')).status).toBe(401)
    expect((await t.send('GET', '/api/v1/me', { headers: token })).status).toBe(401)
    const refused = await t.send('POST', '/api/auth/sign-in/email', {
      body: { email: 'ben@example.com', password: 'correct horse battery' },
    })
    expect(await codeOf(refused)).toEqual([403, 'account_disabled'])
    await ana.client.admin.changeUser({ params: { id: bensId }, body: { disabled: false } })
    ben = await signIn(t, 'ben@example.com')
    expect((await t.send('GET', '/api/v1/me', { headers: token })).status).toBe(200)
    for (const body of [{ is_admin: false }, { disabled: true }])
      expect(await codeOf(await ana.send('PATCH', `/api/v1/admin/users/${anasId}`, { body }))).toEqual([409, 'conflict'])
  })

  test('the last admin stays while there are others', async () => {
    expect(await codeOf(await remove(ana, 'ana@example.com'))).toEqual([409, 'conflict'])
  })

  test('deleting an account leaves no trace of it, and nothing of others is touched', async () => {
    const { id } = await ben.client.account.me()
    await fillWithSample(t.app, { id })
    await countAll(t.app)
    await tokenOf(ben, ['read'])
    await ben.client.backups.create({})
    const { id: anasId } = await ana.client.account.me()
    await ana.client.jobs.create({ body: { company: 'Northwind', title: 'Engineer' } })
    await ana.client.backups.create({})
    const before = await traces(t, anasId)
    const filesBefore = await filesOf(t, anasId)
    expect(filesBefore.length).toBeGreaterThan(0)

    // So that the proof below proves something: there is a row of his in every table that has owners, and a file.
    const owned = await ownedTables(t)
    expect(owned.length).toBeGreaterThan(20)
    for (const table of owned) if (!(await traces(t, id))[table]) await leaveRow(t, table, id)
    const written = await traces(t, id)
    expect(owned.filter((table) => !written[table])).toEqual([])
    expect((await filesOf(t, id)).length).toBeGreaterThan(0)

    for (const email of ['ana@example.com', '', null, 'ben@example.co']) {
      expect(await codeOf(await remove(ben, email))).toEqual([422, 'validation_failed'])
    }
    expect((await remove(ben, ' Ben@example.com')).status).toBe(204)
    expect(await traces(t, id)).toEqual({})
    expect(await traces(t, 'ben@example.com')).toEqual({})
    expect(await filesOf(t, id)).toEqual([])
    expect(await readdir(join(t.app.config.dataDir, 'backups'))).toEqual([anasId])
    expect(await traces(t, anasId)).toEqual(before)
    expect(await filesOf(t, anasId)).toEqual(filesBefore)
    expect((await ben.send('GET', '/api/v1/me')).status).toBe(401)
  })
})

describe('with AUTH=off', () => {
  const t = useTestApp()

  test('the search of this machine is emptied, and goes on', async () => {
    const before = await t.client.account.me()
    await fillWithSample(t.app, before)
    expect(await codeOf(await remove(t, 'ana@example.com'))).toEqual([422, 'validation_failed'])
    expect((await remove(t, null)).status).toBe(204)
    expect(await traces(t, before.id)).toEqual({ users: 1 })
    expect(await t.client.account.me()).toMatchObject({ id: before.id, email: null, is_admin: false })
    await t.client.jobs.create({ body: { company: 'Northwind', title: 'Engineer' } })
  })

  test('tokens can be made, and nobody asks for them', async () => {
    const { token, id } = await t.client.tokens.create({ body: { name: 'x', scopes: ['read'] } })
    for (const authorization of [`Bearer ${token}`, 'Bearer ldd_wrong']) {
      expect((await t.send('POST', '/api/v1/jobs', { body: { company: 'a', title: 'b' }, headers: { authorization } })).status).toBe(201)
    }
    await t.client.tokens.delete({ params: { id } })
  })

  test('there is nobody to invite and nowhere to sign in', async () => {
    expect(await codeOf(await t.send('POST', '/api/v1/admin/invites', { body: {} }))).toEqual([409, 'conflict'])
    expect((await t.client.admin.listUsers()).items).toEqual([])
    expect((await t.send('POST', '/api/auth/sign-in/email', { body: {} })).status).toBe(404)
    expect(await t.client.account.signInOptions()).toMatchObject({ auth: 'off', first_account: false })
  })
})

describe('from AUTH=off to on', () => {
  const t = useTestApp(accountsOn)

  test('the local search becomes that of the account, which stays signed in', async () => {
    const local = t.app.localUser
    const { jobs } = await fillWithSample(t.app, local)
    // What is worked off in the background is not there for long.
    await countAll(t.app)
    await vi.waitFor(async () => expect((await t.app.pool.query('select 1 from stale_matches')).rows).toEqual([]), 20_000)
    const all = (await traces(t, local.id)) as Record<string, number>
    const ana = await makePerson(t, 'ana@example.com')
    await ana.client.settings.update({ body: { theme: 'dark' } })
    const token = await tokenOf(ana, ['read'])
    expect((await ana.client.jobs.list()).items).toEqual([])

    await expect(runCommand(t.app, ['claim-local', 'nobody@example.com'])).rejects.toThrow('There is no such account')
    expect(await runCommand(t.app, ['claim-local', 'Ana@example.com'])).toContain(`${jobs} jobs`)
    expect((await ana.client.jobs.list()).total.value).toBe(jobs)
    expect(await ana.client.account.me()).toMatchObject({ email: 'ana@example.com', is_admin: true })
    expect((await t.send('GET', '/api/v1/jobs', { headers: token })).status).toBe(200)
    await signIn(t, 'ana@example.com')
    expect(await traces(t, local.id)).toMatchObject(Object.fromEntries(Object.entries(all).filter(([name]) => name !== 'users')))
    await expect(runCommand(t.app, ['claim-local', 'ana@example.com'])).rejects.toThrow('There is no such local search')
  })

  test('an account with a search of its own keeps it', async () => {
    const ben = await makePerson(t, 'ben@example.com')
    await ben.client.jobs.create({ body: { company: 'Northwind', title: 'Engineer' } })
    await t.app.pool.query(`insert into users (id, is_local, created_at) values (gen_random_uuid(), true, now())`)
    await expect(runCommand(t.app, ['claim-local', 'ben@example.com'])).rejects.toThrow('has jobs or imports of its own')
    expect((await ben.client.jobs.list()).total.value).toBe(1)
  })

  test('whoever keeps the server lists accounts, makes an admin and hands out a link for a new password', async () => {
    expect(await runCommand(t.app, ['list'])).toMatch(/ana@example\.com {2}admin {2}since .*\nben@example\.com {2}since/)
    await runCommand(t.app, ['make-admin', 'ben@example.com'])
    expect(await runCommand(t.app, ['list'])).toMatch(/ben@example\.com {2}admin/)
    await expect(runCommand(t.app, ['reset-link', 'nobody@example.com'])).rejects.toThrow('No account')
    await expect(runCommand(t.app, ['frobnicate', 'x'])).rejects.toThrow('npm run accounts')
    const link = new URL((await runCommand(t.app, ['reset-link', 'ben@example.com'])).split('\n')[1] as string)
    expect(`${link.origin}${link.pathname}`).toBe(`${t.url}/reset-password`)
    const answer = await t.send('POST', '/api/auth/reset-password', {
      body: { token: link.searchParams.get('token'), newPassword: 'handed over by somebody' },
    })
    expect(answer.status).toBe(200)
    await signIn(t, 'ben@example.com', 'handed over by somebody')
  })
})
