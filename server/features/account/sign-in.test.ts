import { expect, test } from 'vitest'
import type { Problem } from '../../../contract/problems.ts'
import { accountsOn, askingWith, cookieOf, goodPassword, makePerson, signIn } from '../../../testing/people.ts'
import { useTestApp } from '../../../testing/test-app.ts'

const t = useTestApp(accountsOn)

const auth = (path: string, body: unknown, headers: Record<string, string> = {}) => t.send('POST', `/api/auth${path}`, { body, headers })
const said = async (answer: Response) => {
  const { code, field_errors } = (await answer.json()) as Problem
  return { status: answer.status, code, fields: field_errors?.map(({ field }) => field) }
}

// Before any other: nobody is here yet.
test('the first account is the admin, the second is not, and each sees only itself', async () => {
  expect(await t.client.account.signInOptions()).toMatchObject({ auth: 'on', sign_up: 'open', first_account: true, mail: false })
  const ana = await makePerson(t, 'Ana@Example.com')
  const ben = await makePerson(t, 'ben@example.com')
  expect(await ana.client.account.me()).toMatchObject({ email: 'ana@example.com', is_admin: true, auth: 'on', has_password: true })
  expect(await ben.client.account.me()).toMatchObject({ email: 'ben@example.com', is_admin: false })
  expect(await t.client.account.signInOptions()).toMatchObject({ first_account: false })
  const job = await ana.client.jobs.create({ body: { company: 'Northwind', title: 'Engineer' } })
  expect((await ben.client.jobs.list()).items).toEqual([])
  expect((await ben.send('GET', `/api/v1/jobs/${job.id}`)).status).toBe(404)
})

test('who has not signed in is asked to, by a problem', async () => {
  const answer = await t.send('GET', '/api/v1/jobs')
  expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/)
  expect(await said(answer)).toMatchObject({ status: 401, code: 'unauthenticated' })
  expect((await t.send('GET', '/health/live')).status).toBe(200)
})

test('the cookie is out of reach of pages and of other sites, and is not what is in the table alone', async () => {
  const ana = await signIn(t, 'ana@example.com')
  const answer = await auth('/sign-in/email', { email: 'ana@example.com', password: goodPassword })
  const [cookie] = answer.headers.getSetCookie()
  expect(cookie).toMatch(/^landed\.session_token=/)
  expect(cookie).toMatch(/; HttpOnly/)
  expect(cookie).toMatch(/; SameSite=Lax/)
  expect(cookie).not.toMatch(/; (Secure|Domain)/)
  const { rows } = await t.app.pool.query<{ token: string }>('select token from sessions')
  for (const value of [
    rows[0]?.token,
    `${rows[0]?.token}.AAAA`,
    `${rows[0]?.token}.`,
    '',
    'x.y',
    `${ana.headers?.['cookie']?.slice(22)}x`,
  ]) {
    expect((await t.send('GET', '/api/v1/me', { headers: { cookie: `landed.session_token=${value}` } })).status, value).toBe(401)
  }
})

test('a session that was there before signing in is worth nothing, and each sign-in makes its own', async () => {
  const planted = 'landed.session_token=planted-by-somebody-else'
  const first = await auth('/sign-in/email', { email: 'ben@example.com', password: goodPassword }, { cookie: planted })
  const second = await auth('/sign-in/email', { email: 'ben@example.com', password: goodPassword }, { cookie: cookieOf(first) })
  expect(cookieOf(first)).not.toContain('planted')
  expect(cookieOf(second)).not.toBe(cookieOf(first))
  expect((await t.send('GET', '/api/v1/me', { headers: { cookie: planted } })).status).toBe(401)
})

test('signing out, ending another session and ending all take effect at once', async () => {
  const [one, two, three] = [await signIn(t, 'ben@example.com'), await signIn(t, 'ben@example.com'), await signIn(t, 'ben@example.com')]
  const status = async (person: typeof one) => (await person.send('GET', '/api/v1/me')).status
  expect((await one.send('POST', '/api/auth/sign-out')).status).toBe(200)
  expect([await status(one), await status(two)]).toEqual([401, 200])
  const sessions = (await (await two.send('GET', '/api/auth/list-sessions')).json()) as { token: string; ipAddress: string }[]
  expect(sessions.every(({ ipAddress }) => ipAddress === '127.0.0.1')).toBe(true)
  const own = two.headers?.['cookie'] ?? ''
  const other = sessions.find(({ token }) => three.headers?.['cookie']?.includes(token))
  expect(own).not.toContain(other?.token)
  await two.send('POST', '/api/auth/revoke-session', { body: { token: other?.token } })
  expect([await status(two), await status(three)]).toEqual([200, 401])
  const four = await signIn(t, 'ben@example.com')
  await four.send('POST', '/api/auth/revoke-other-sessions')
  expect([await status(two), await status(four)]).toEqual([401, 200])
})

test('a session ends by its time, and nobody can end that of another', async () => {
  const ben = await signIn(t, 'ben@example.com')
  const ana = await signIn(t, 'ana@example.com')
  const [session] = (await (await ben.send('GET', '/api/auth/list-sessions')).json()) as { token: string }[]
  await ana.send('POST', '/api/auth/revoke-session', { body: { token: session?.token } })
  expect((await ben.send('GET', '/api/v1/me')).status).toBe(200)
  t.setNow(new Date(Date.now() + 31 * 24 * 60 * 60 * 1000).toISOString())
  expect((await ben.send('GET', '/api/v1/me')).status).toBe(401)
  t.setNow(null)
})

test('an address that has an account is answered like one that has none', async () => {
  const known = await auth('/sign-up/email', { email: 'ana@example.com', password: 'another password of hers', name: 'x' })
  const unknown = await auth('/sign-up/email', { email: 'carl@example.com', password: 'another password of his', name: 'x' })
  const shape = async (answer: Response) => ({
    status: answer.status,
    cookies: answer.headers.getSetCookie(),
    body: mask(await answer.json()),
  })
  expect(await shape(known)).toEqual(await shape(unknown))
  await signIn(t, 'ana@example.com')
  const wrong = await said(await auth('/sign-in/email', { email: 'ana@example.com', password: 'another password of hers' }))
  const nobody = await said(await auth('/sign-in/email', { email: 'nobody@example.com', password: 'another password of hers' }))
  expect(wrong).toEqual({ status: 401, code: 'unauthenticated', fields: undefined })
  expect(nobody).toEqual(wrong)
})
const mask = (value: unknown) =>
  JSON.stringify(value, (name, inner: unknown) => (['id', 'email', 'createdAt', 'updatedAt'].includes(name) ? name : inner))

test('what is wrong with a field is said at the field', async () => {
  expect(await said(await auth('/sign-up/email', { email: 'no', password: goodPassword }))).toMatchObject({
    status: 422,
    fields: ['email'],
  })
  expect(await said(await auth('/sign-up/email', { email: 'd@example.com', password: 'short' }))).toMatchObject({
    status: 422,
    fields: ['password'],
  })
  expect(await said(await auth('/sign-up/email', { email: 'd@example.com', password: 'x'.repeat(129) }))).toMatchObject({
    status: 422,
    fields: ['password'],
  })
  expect(await said(await auth('/sign-in/email', {}))).toMatchObject({ status: 422, fields: ['email'] })
  expect(await said(await t.send('POST', '/api/auth/sign-in/email', { body: '{' }))).toMatchObject({ status: 400, code: 'malformed_json' })
  expect(await said(await auth('/nothing-here', {}))).toMatchObject({ status: 404, code: 'not_found' })
  expect(await said(await auth('/request-password-reset', { email: 'ana@example.com' }))).toMatchObject({ status: 409, code: 'conflict' })
})

test('a new password asks for the old one and ends the other sessions', async () => {
  const dora = await makePerson(t, 'dora@example.com')
  const elsewhere = await signIn(t, 'dora@example.com')
  const change = (currentPassword: string) =>
    dora.send('POST', '/api/auth/change-password', { body: { currentPassword, newPassword: 'a password that is new' } })
  expect(await said(await change('not the old one'))).toMatchObject({ status: 422, fields: ['currentPassword'] })
  const changed = await change(goodPassword)
  expect(changed.status).toBe(200)
  expect((await elsewhere.send('GET', '/api/v1/me')).status).toBe(401)
  expect((await askingWith(t, { cookie: cookieOf(changed) }).send('GET', '/api/v1/me')).status).toBe(200)
  await signIn(t, 'dora@example.com', 'a password that is new')
})

test('a new e-mail asks for the password', async () => {
  const emil = await makePerson(t, 'emil@example.com')
  const change = (body: object) => emil.send('POST', '/api/auth/change-email', { body })
  expect(await said(await change({ newEmail: 'e@example.com' }))).toMatchObject({ status: 422, fields: ['password'] })
  expect(await said(await change({ newEmail: 'e@example.com', password: 'not the right one' }))).toMatchObject({
    status: 422,
    fields: ['password'],
  })
  expect((await change({ newEmail: 'ana@example.com', password: goodPassword })).status).toBe(200)
  expect(await emil.client.account.me()).toMatchObject({ email: 'emil@example.com' })
  expect((await change({ newEmail: 'E@example.com', password: goodPassword })).status).toBe(200)
  expect(await emil.client.account.me()).toMatchObject({ email: 'e@example.com' })
})

test('a password that is tried first is refused, wherever it is set', async () => {
  const signUp = (password: string) => auth('/sign-up/email', { email: 'greta.lund@example.com', password })
  for (const password of ['qwertyuiop', '1234567890', 'Password123', 'GretaLund2026', 'landed-landed-1', 'greta.lund@example.com'])
    expect(await said(await signUp(password)), password).toEqual({ status: 422, code: 'validation_failed', fields: ['password'] })
  const greta = await makePerson(t, 'greta.lund@example.com')
  const change = await greta.send('POST', '/api/auth/change-password', {
    body: { currentPassword: goodPassword, newPassword: 'qwertyuiop' },
  })
  expect(await said(change)).toMatchObject({ status: 422, fields: ['newPassword'] })
  const reset = await auth('/reset-password', { token: 'x', newPassword: '1234567890' })
  expect(await said(reset)).toMatchObject({ status: 422, fields: ['newPassword'] })
})

test('nothing changes the account around these', async () => {
  const ben = await signIn(t, 'ben@example.com')
  for (const [path, body] of [
    ['/update-user', { isAdmin: true, is_admin: true, name: 'x' }],
    ['/delete-user', {}],
    ['/update-session', { userId: 'x' }],
  ] as const) {
    expect((await ben.send('POST', `/api/auth${path}`, { body })).status, path).toBe(404)
  }
  await auth('/sign-up/email', {
    email: 'eve@example.com',
    password: goodPassword,
    is_admin: true,
    isAdmin: true,
    email_verified: true,
    emailVerified: true,
    disabled_at: null,
  })
  const eve = await signIn(t, 'eve@example.com')
  expect(await eve.client.account.me()).toMatchObject({ is_admin: false, email_verified: false })
})

test('a page of another site can neither sign in nor out', async () => {
  const ana = await signIn(t, 'ana@example.com')
  for (const path of ['/sign-in/email', '/sign-up/email', '/sign-out', '/change-password', '/request-password-reset']) {
    const answer = await ana.send('POST', `/api/auth${path}`, {
      body: { email: 'ana@example.com', password: goodPassword },
      headers: { origin: 'https://evil.example' },
    })
    expect(await said(answer), path).toMatchObject({ status: 403, code: 'origin_refused' })
  }
  expect((await ana.send('GET', '/api/v1/me')).status).toBe(200)
})

test('trying passwords is slowed down by address and account, whatever is tried then, and others are not', async () => {
  await makePerson(t, 'frieda@example.com')
  const attempt = (email: string, password: string) => auth('/sign-in/email', { email, password })
  for (let n = 0; n < 10; n++) expect((await attempt('frieda@example.com', `wrong password ${n}`)).status).toBe(401)
  for (const email of ['frieda@example.com', 'FRIEDA@example.com']) {
    const answer = await attempt(email, goodPassword)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await said(answer)).toMatchObject({ status: 429, code: 'rate_limited' })
  }
  expect((await attempt('ana@example.com', goodPassword)).status).toBe(200)
  // X-Forwarded-For is not believed, so nobody gets another address by it.
  const answer = await auth('/sign-in/email', { email: 'frieda@example.com', password: goodPassword }, { 'x-forwarded-for': '203.0.113.9' })
  expect(answer.status).toBe(429)
  t.setNow(new Date(Date.now() + 16 * 60 * 1000).toISOString())
  expect((await attempt('frieda@example.com', goodPassword)).status).toBe(200)
  t.setNow(null)
})

test('a password is kept as a hash alone', async () => {
  const { rows } = await t.app.pool.query<{ text: string }>(`select sign_in_methods::text as text from sign_in_methods`)
  expect(rows.length).toBeGreaterThan(3)
  expect(rows.filter(({ text }) => text.includes('correct horse'))).toEqual([])
})
