import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Problem } from '../../../contract/problems.ts'
import { accountsOn, makePerson, type Person, signIn, tokenOf } from '../../../testing/people.ts'
import { type TestApp, useTestApp } from '../../../testing/test-app.ts'
import { runCommand } from '../../accounts/commands.ts'
import { fillWithSample } from '../../demo/fill.ts'

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

const remove = (person: TestApp, email: unknown) => person.send('DELETE', '/api/v1/me', { body: { email } })

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
    await tokenOf(ben, ['read'])
    const { id: anasId } = await ana.client.account.me()
    await ana.client.jobs.create({ body: { company: 'Northwind', title: 'Engineer' } })
    const before = await traces(t, anasId)
    const folder = join(t.app.config.dataDir, 'backups', id)
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'x.zip'), 'x')
    expect(Object.keys(await traces(t, id)).length).toBeGreaterThan(8)

    for (const email of ['ana@example.com', '', null, 'ben@example.co']) {
      expect(await codeOf(await remove(ben, email))).toEqual([422, 'validation_failed'])
    }
    expect((await remove(ben, ' Ben@example.com')).status).toBe(204)
    expect(await traces(t, id)).toEqual({})
    expect(await traces(t, 'ben@example.com')).toEqual({})
    expect(await readdir(join(t.app.config.dataDir, 'backups'))).toEqual([])
    expect(await traces(t, anasId)).toEqual(before)
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
