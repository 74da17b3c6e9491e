import { request } from 'node:http'
import { describe, expect, test } from 'vitest'
import type { Problem } from '../../contract/problems.ts'
import { useTestApp } from '../../testing/test-app.ts'

const t = useTestApp({ PUBLIC_URL: 'https://landed.example.com:8443/' })

/** fetch would not let us say Host; null leaves it out. */
function ask(headers: { host?: string | null; origin?: string }, method = 'GET', path = '/api/v1/me') {
  const { host = '127.0.0.1', ...rest } = headers
  return new Promise<{ status: number; code: string | undefined }>((resolve, reject) => {
    const asked = request(
      {
        port: new URL(t.url).port,
        host: '127.0.0.1',
        method,
        path,
        setHost: false,
        headers: { ...rest, ...(host === null ? {} : { host }) },
      },
      (answer) => {
        let text = ''
        answer.setEncoding('utf8')
        answer.on('data', (data: string) => {
          text += data
        })
        answer.on('end', () => {
          const code = answer.headers['content-type']?.startsWith('application/problem+json')
            ? (JSON.parse(text) as Problem).code
            : undefined
          resolve({ status: answer.statusCode ?? 0, code })
        })
      },
    )
    asked.on('error', reject)
    asked.end()
  })
}
const refused = { status: 403, code: 'origin_refused' }

describe('Host', () => {
  test.each([
    '127.0.0.1',
    '127.0.0.1:9',
    'localhost',
    'LOCALHOST:3000',
    '[::1]',
    '[::1]:3000',
    '127.8.9.1',
    'landed.example.com',
    'landed.example.com:8443',
    'Landed.Example.com',
  ])('%s is ours', async (host) => {
    expect((await ask({ host })).status).toBe(200)
  })

  test.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.nip.io',
    'evil.example:3000',
    'sub.landed.example.com',
    'landed.example.com.evil.example',
    '192.168.0.1',
    '0.0.0.0',
    '[::]',
    '[::ffff:127.0.0.1]',
    '2130706433',
    '127.1',
    'localhost@evil.example',
    'localhost:evil.example',
    '',
    null,
  ])('%s is not', async (host) => {
    expect(await ask({ host })).toEqual(refused)
  })
})

describe('Origin', () => {
  test.each([
    undefined,
    'http://127.0.0.1:3000',
    'http://localhost:5173',
    'http://[::1]:3000',
    'https://localhost',
    'https://landed.example.com:8443',
  ])('%s is ours', async (origin) => {
    expect((await ask(origin === undefined ? {} : { origin })).status).toBe(200)
  })

  test.each([
    'null',
    'https://evil.example',
    'http://localhost.evil.example',
    'https://landed.example.com',
    'http://landed.example.com:8443',
    'https://landed.example.com:8443.evil.example',
    'https://evil.example/https://landed.example.com:8443',
    'http://localhost@evil.example',
    'file://',
    'file://localhost',
    'chrome-extension://localhost',
    'localhost',
    '',
    'http://localhost, https://evil.example',
  ])('%s is not', async (origin) => {
    expect(await ask({ origin })).toEqual(refused)
  })
})

test('a page of the machine in front is not of the server it asks under its public name', async () => {
  expect(await ask({ host: 'landed.example.com:8443', origin: 'http://localhost:8080' })).toEqual(refused)
  expect((await ask({ host: 'landed.example.com:8443', origin: 'https://landed.example.com:8443' })).status).toBe(200)
})

test('on every address, whatever the method, before anything else is looked at', async () => {
  for (const path of [
    '/',
    '/api/v1/jobs',
    '/api/v1/jobs/x',
    '/api/v1/nothing',
    '/health/live',
    '/health/ready',
    '/openapi.json',
    '/docs',
    '/problems/not_found',
  ]) {
    for (const method of ['GET', 'POST', 'PATCH', 'DELETE', 'OPTIONS']) {
      expect(await ask({ origin: 'https://evil.example' }, method, path), `${method} ${path}`).toEqual(refused)
      expect(await ask({ host: 'evil.example' }, method, path), `${method} ${path}`).toEqual(refused)
    }
  }
})

test('no page of another origin is let in by a header of ours', async () => {
  const answer = await t.send('OPTIONS', '/api/v1/jobs', { headers: { 'access-control-request-method': 'POST' } })
  expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin')
})

test('a refused request changes nothing', async () => {
  const answer = await fetch(`${t.url}/api/v1/jobs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'https://evil.example', 'idempotency-key': 'k' },
    body: JSON.stringify({ company: 'a', title: 'b' }),
  })
  expect(answer.status).toBe(403)
  expect((await t.client.jobs.list()).total.value).toBe(0)
})
