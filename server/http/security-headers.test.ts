import { describe, expect, test } from 'vitest'
import { accountsOn, goodPassword } from '../../testing/people.ts'
import { type TestApp, useTestApp } from '../../testing/test-app.ts'

const everywhere = ['/api/v1/jobs', '/api/v1/nothing', '/health/live', '/openapi.json', '/docs', '/docs/api', '/problems/not_found', '/%zz']

describe('on this machine', () => {
  const t = useTestApp()

  test.each(everywhere)('%s: no script but ours, no frame, no guessing of types, nothing for other pages', async (path) => {
    const { headers } = await t.send('GET', path)
    const csp = Object.fromEntries(
      (headers.get('content-security-policy') ?? '').split('; ').map((part) => part.split(/ (.*)/).slice(0, 2)),
    )
    expect(csp).toMatchObject({
      'default-src': "'self'",
      'script-src': "'self'",
      'script-src-attr': "'none'",
      'object-src': "'none'",
      'base-uri': "'none'",
      'form-action': "'self'",
      'frame-ancestors': "'none'",
    })
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    })
    for (const name of [
      'access-control-allow-origin',
      'access-control-allow-credentials',
      'x-powered-by',
      'server',
      'strict-transport-security',
    ])
      expect(headers.has(name), name).toBe(false)
  })

  test('what is answered is kept by nobody in between', async () => {
    expect((await t.send('GET', '/api/v1/jobs')).headers.get('cache-control')).toBe('no-store')
    expect((await t.send('POST', '/api/v1/jobs', { body: { company: 'a', title: 'b' } })).headers.get('cache-control')).toBe('no-store')
  })

  test.each(['/api/v1/exports/jobs?format=csv', '/api/v1/exports/jobs?format=json', '/api/v1/exports/backup'])(
    '%s is saved, never shown: and if it were, it could do nothing',
    async (path) => {
      const { headers } = await t.send('GET', path)
      expect(headers.get('content-disposition')).toMatch(/^attachment; /)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/)
      expect(headers.get('cache-control')).toBe('no-store')
    },
  )

  test.each(['https://evil.example', 'null'])('a page of %s may ask for nothing in advance', async (origin) => {
    const answer = await t.send('OPTIONS', '/api/v1/jobs', {
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([])
  })
})

describe('behind https', () => {
  const t = useTestApp({ ...accountsOn, PUBLIC_URL: 'https://landed.example.com' })
  const signUp = { email: 'ana@example.com', password: goodPassword }
  const cookieOf = async (t: TestApp) => {
    await t.send('POST', '/api/auth/sign-up/email', { body: signUp })
    return (await t.send('POST', '/api/auth/sign-in/email', { body: signUp })).headers.getSetCookie()[0] ?? ''
  }

  test('browsers are told to come by https alone', async () => {
    for (const path of everywhere)
      expect((await t.send('GET', path)).headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains')
  })

  test('the cookie is of this name alone, never sent by http, and out of reach of scripts', async () => {
    const cookie = await cookieOf(t)
    expect(cookie).toMatch(/^__Host-landed\.session_token=/)
    for (const flag of ['Secure', 'HttpOnly', 'SameSite=Lax', 'Path=/']) expect(cookie.split('; ')).toContain(flag)
    expect(cookie).not.toMatch(/Domain/i)
    const carried = cookie.split(';')[0] as string
    const me = (cookie: string) => t.send('GET', '/api/v1/me', { headers: { cookie } })
    expect((await me(carried)).status).toBe(200)
    // Under a name that http, or a neighbour below the domain, could have set.
    expect((await me(carried.replace('__Host-', ''))).status).toBe(401)
    expect((await me(carried.replace('__Host-', '__Secure-'))).status).toBe(401)
    expect((await t.send('POST', '/api/auth/sign-out', { headers: { cookie: carried } })).status).toBe(200)
    expect((await me(carried)).status).toBe(401)
  })
})
