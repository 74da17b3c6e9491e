import { expect, test } from 'vitest'
import type { Problem } from '../../../contract/problems.ts'
import { accountsOn, askingWith, makePerson, type Person, tokenOf } from '../../../testing/people.ts'
import { useTestApp } from '../../../testing/test-app.ts'

const t = useTestApp(accountsOn)

let ana: Person
const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as Problem).code]
const asToken = (token: string) => askingWith(t, { authorization: `Bearer ${token}` })

test('a token is shown once, kept as its hash, and lists by its beginning', async () => {
  ana = await makePerson(t, 'ana@example.com')
  const made = await ana.client.tokens.create({ body: { name: 'Phone', scopes: ['write', 'read', 'read'] } })
  expect(made).toMatchObject({ name: 'Phone', scopes: ['read', 'write'], last_used_at: null, expires_at: null })
  expect(made.token).toMatch(/^ldd_[\w-]{43}$/)
  expect(made.token.startsWith(made.prefix)).toBe(true)
  const { token, ...record } = made
  expect((await ana.client.tokens.list()).items).toEqual([record])
  const { rows } = await t.app.pool.query<{ text: string }>('select tokens::text as text from tokens')
  expect(rows[0]?.text).not.toContain(token)

  expect(await asToken(token).client.account.me()).toMatchObject({ email: 'ana@example.com' })
  expect((await ana.client.tokens.list()).items[0]?.last_used_at).not.toBeNull()
  await ana.client.tokens.delete({ params: { id: made.id } })
  expect(await codeOf(await asToken(token).send('GET', '/api/v1/me'))).toEqual([401, 'unauthenticated'])
  expect((await ana.send('DELETE', `/api/v1/tokens/${made.id}`)).status).toBe(404)
})

test('a token may do what its scopes say', async () => {
  const reader = askingWith(t, await tokenOf(ana, ['read']))
  const writer = askingWith(t, await tokenOf(ana, ['write']))
  const body = { company: 'Northwind', title: 'Engineer' }
  expect((await reader.send('GET', '/api/v1/jobs')).status).toBe(200)
  const refused = await reader.send('POST', '/api/v1/jobs', { body })
  expect(refused.headers.get('www-authenticate')).toContain('scope="write"')
  expect(await codeOf(refused)).toEqual([403, 'insufficient_scope'])
  expect((await writer.send('POST', '/api/v1/jobs', { body })).status).toBe(201)
  expect(await codeOf(await writer.send('GET', '/api/v1/jobs'))).toEqual([403, 'insufficient_scope'])
})

test('no token makes tokens, deletes the account or is an admin', async () => {
  const both = askingWith(t, await tokenOf(ana, ['read', 'write']))
  expect(await codeOf(await both.send('POST', '/api/v1/tokens', { body: { name: 'x', scopes: ['read'] } }))).toEqual([
    403,
    'insufficient_scope',
  ])
  expect(await codeOf(await both.send('DELETE', '/api/v1/me', { body: { email: 'ana@example.com' } }))).toEqual([403, 'insufficient_scope'])
  expect(await codeOf(await both.send('GET', '/api/v1/admin/users'))).toEqual([403, 'insufficient_scope'])
  expect((await both.send('GET', '/api/auth/list-sessions')).status).toBe(401)
})

test('an expired, unknown or malformed token is refused, even beside a good cookie', async () => {
  const { token } = await ana.client.tokens.create({ body: { name: 'x', scopes: ['read'], expires_at: '2990-01-01T00:00:00.000Z' } })
  expect((await asToken(token).send('GET', '/api/v1/me')).status).toBe(200)
  t.setNow('2990-01-01T00:00:00.000Z')
  expect(await codeOf(await asToken(token).send('GET', '/api/v1/me'))).toEqual([401, 'unauthenticated'])
  t.setNow(null)
  for (const wrong of ['ldd_x', 'x', token.slice(0, -1), `${token}x`, token.toUpperCase()]) {
    const answer = await ana.send('GET', '/api/v1/me', { headers: { authorization: `Bearer ${wrong}` } })
    expect(answer.headers.get('www-authenticate')).toContain('invalid_token')
    expect(await codeOf(answer)).toEqual([401, 'unauthenticated'])
  }
  const past = await ana.send('POST', '/api/v1/tokens', { body: { name: 'x', scopes: ['read'], expires_at: '2020-01-01T00:00:00Z' } })
  expect(await codeOf(past)).toEqual([422, 'validation_failed'])
})

test("another's token is not there", async () => {
  const ben = await makePerson(t, 'ben@example.com')
  const { id } = await ben.client.tokens.create({ body: { name: 'Hers', scopes: ['read'] } })
  expect((await ana.send('DELETE', `/api/v1/tokens/${id}`)).status).toBe(404)
  expect((await ana.client.tokens.list()).items.map((one) => one.id)).not.toContain(id)
  expect((await ben.client.tokens.list()).items).toHaveLength(1)
})
