import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OpenIdProvider, startOpenIdProvider } from '../../../testing/openid-provider.ts'
import { accountsOn, askingWith, cookieOf, goodPassword, makePerson, type Person, signIn } from '../../../testing/people.ts'
import { type TestApp, useTestApp } from '../../../testing/test-app.ts'

const publicUrl = 'http://landed.example.com'
let provider: OpenIdProvider
beforeAll(async () => {
  provider = await startOpenIdProvider(`${publicUrl}/api/auth/callback/oidc`)
})
afterAll(() => provider.close())

const withProvider =
  (more: Record<string, string> = {}) =>
  () => ({ ...accountsOn, ...provider.env, PUBLIC_URL: publicUrl, ...more })

type Leaving = { cookie: string; address: string }

/** The button is pressed: where the browser is sent, and the cookie it keeps meanwhile. */
async function leave(t: TestApp): Promise<Leaving> {
  const answer = await t.send('POST', '/api/auth/sign-in/social', {
    body: { provider: 'oidc', callbackURL: '/jobs', errorCallbackURL: '/sign-in' },
  })
  expect(answer.status).toBe(200)
  return { cookie: cookieOf(answer), address: ((await answer.json()) as { url: string }).url }
}

/** Back at Landed: where it leads, and the session if there is one. */
async function comeBack(t: TestApp, cookie: string, address: string) {
  const { pathname, search } = new URL(address)
  const answer = await fetch(`${t.url}${pathname}${search}`, { redirect: 'manual', headers: { cookie } })
  const to = new URL(answer.headers.get('location') ?? '', publicUrl)
  const session = answer.headers.getSetCookie().some((one) => /^landed\.session_token=[^;]/.test(one)) ? cookieOf(answer) : null
  return { status: answer.status, to: to.pathname, error: to.searchParams.get('error'), session }
}

async function arrive(t: TestApp, subject: string) {
  const { cookie, address } = await leave(t)
  return comeBack(t, cookie, await provider.signInAs(subject, address))
}

async function signedIn(t: TestApp, subject: string): Promise<TestApp> {
  const { to, session } = await arrive(t, subject)
  expect(to).toBe('/jobs')
  return askingWith(t, { cookie: session ?? '' })
}

const refused = (error: string) => ({ status: 302, to: '/sign-in', error, session: null })

describe('where anybody may make an account', () => {
  const t = useTestApp(withProvider())

  test('one comes from the provider with an account made, comes again to the same, and has no password', async () => {
    provider.people.set('ana', { email: 'Ana@example.com', email_verified: true, name: 'Ana' })
    expect(await t.client.account.signInOptions()).toMatchObject({ provider: 'Village login' })
    const ana = await signedIn(t, 'ana')
    const me = await ana.client.account.me()
    expect(me).toMatchObject({ email: 'ana@example.com', email_verified: true, name: 'Ana', is_admin: true, has_password: false })
    expect((await (await signedIn(t, 'ana')).client.account.me()).id).toBe(me.id)
    // Nothing that would let us act there is kept.
    const { rows } = await t.app.pool.query('select access_token, refresh_token, id_token, password from sign_in_methods')
    expect(rows).toEqual([{ access_token: null, refresh_token: null, id_token: null, password: null }])
  })

  test('what comes back must be the answer to what was asked, in the same browser, once', async () => {
    const { cookie, address } = await leave(t)
    const back = await provider.signInAs('ana', address)
    const changed = (name: string, value: string) => {
      const url = new URL(back)
      url.searchParams.set(name, value)
      return url.href
    }
    expect(await comeBack(t, cookie, changed('state', 'x'.repeat(32)))).toMatchObject({ to: '/sign-in', session: null })
    // Another browser, which somebody lured to this address.
    expect(await comeBack(t, '', back)).toMatchObject({ ...refused('state_mismatch') })

    const again = await leave(t)
    const good = await provider.signInAs('ana', again.address)
    expect((await comeBack(t, again.cookie, good)).session).not.toBeNull()
    expect(await comeBack(t, again.cookie, good)).toMatchObject({ to: '/sign-in', session: null })

    const other = await leave(t)
    const wrongCode = new URL(await provider.signInAs('ana', other.address))
    wrongCode.searchParams.set('code', 'made-up')
    expect(await comeBack(t, other.cookie, wrongCode.href)).toEqual(refused('invalid_code'))
  })

  test('a token made for another sign-in is refused: its nonce is another', async () => {
    const { cookie, address } = await leave(t)
    const asked = new URL(address)
    expect(asked.searchParams.get('nonce')).toMatch(/^.{32}$/)
    expect(asked.searchParams.get('code_challenge_method')).toBe('S256')
    asked.searchParams.set('nonce', 'n'.repeat(32))
    expect(await comeBack(t, cookie, await provider.signInAs('ana', asked.href))).toEqual(refused('unable_to_get_user_info'))
  })

  test('an account is only taken for that of somebody there when both sides have confirmed the e-mail', async () => {
    const ben = await makePerson(t, 'ben@example.com')
    // Not confirmed there: whoever made it there gets nothing here.
    provider.people.set('mallory', { email: 'ben@example.com', email_verified: false })
    expect(await arrive(t, 'mallory')).toEqual(refused('account_not_linked'))
    // Not confirmed here: whoever made it here must not wait for its owner to come.
    provider.people.set('ben', { email: 'ben@example.com', email_verified: true })
    expect(await arrive(t, 'ben')).toEqual(refused('account_not_linked'))
    await t.app.pool.query(`update users set email_verified = true where email = 'ben@example.com'`)
    expect(await arrive(t, 'mallory')).toEqual(refused('account_not_linked'))
    expect((await (await signedIn(t, 'ben')).client.account.me()).id).toBe((await ben.client.account.me()).id)
    await signIn(t, 'ben@example.com')
  })

  test('who is disabled does not come in from elsewhere either; without an e-mail nobody does', async () => {
    const ana = await signedIn(t, 'ana')
    const { items } = await ana.client.admin.listUsers({ query: { q: 'BEN@' } })
    expect(items.map(({ email }) => email)).toEqual(['ben@example.com'])
    await ana.client.admin.changeUser({ params: { id: items[0]!.id }, body: { disabled: true } })
    expect(await arrive(t, 'ben')).toMatchObject({ to: '/sign-in', error: 'account_disabled', session: null })
    provider.people.set('nameless', { name: 'x' })
    expect(await arrive(t, 'nameless')).toMatchObject({ to: '/sign-in', error: 'email_not_found', session: null })
  })
})

describe.each(['invite', 'closed'])('with SIGN_UP=%s', (SIGN_UP) => {
  const t = useTestApp(withProvider({ SIGN_UP }))
  let ana: Person
  beforeAll(async () => {
    ana = await makePerson(t, 'ana@example.com')
  })

  test('who has no account is turned away, and an invitation to the e-mail confirmed there lets in, once', async () => {
    provider.people.set('carl', { email: 'carl@example.com', email_verified: false })
    expect(await arrive(t, 'carl')).toMatchObject({ to: '/sign-in', error: 'sign_up_closed', session: null })
    await ana.client.admin.createInvite({ body: { email: 'carl@example.com' } })
    expect(await arrive(t, 'carl')).toMatchObject({ to: '/sign-in', error: 'sign_up_closed', session: null })
    provider.people.set('carl', { email: 'carl@example.com', email_verified: true })
    const carl = await signedIn(t, 'carl')
    expect(await carl.client.account.me()).toMatchObject({ email: 'carl@example.com', is_admin: false })
    expect((await ana.client.admin.listInvites()).items[0]?.used_at).not.toBeNull()
    await carl.send('DELETE', '/api/v1/me', { body: { email: 'carl@example.com' } })
    expect(await arrive(t, 'carl')).toMatchObject({ to: '/sign-in', error: 'sign_up_closed', session: null })
    const password = await t.send('POST', '/api/auth/sign-up/email', { body: { email: 'dora@example.com', password: goodPassword } })
    expect(password.status).toBe(403)
  })
})
