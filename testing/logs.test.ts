import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { createClient } from '../client/client.ts'
import { createApp } from '../server/app.ts'
import { readConfig } from '../server/config.ts'
import { createLog } from '../server/log.ts'
import { startServer } from '../server/server.ts'
import { makeDatabase } from './database.ts'
import { askAsDocumented, exampleOf, pathOf, readOperations } from './openapi-operations.ts'
import { accountsOn, makePerson, tokenOf } from './people.ts'
import type { TestApp } from './test-app.ts'

/** Everything is asked with marked words; the log, at its most talkative, must have none of them. */
const mark = 'zq7marked'
const log: string[] = []
let t: TestApp
let stop: () => Promise<void>

beforeAll(async () => {
  const database = await makeDatabase(inject('cluster'))
  const dataDir = await mkdtemp(join(tmpdir(), 'landed-test-files-'))
  const config = readConfig({ ...accountsOn, PORT: '0', DATABASE_URL: database.url, DATA_DIR: dataDir, BACKUPS: 'off' })
  const app = await createApp(config, { log: createLog('trace', { write: (line) => void log.push(line) }) })
  const { url, stop: close } = await startServer(app)
  const send: TestApp['send'] = (method, path, { body, headers = {} } = {}) =>
    fetch(`${url}${path}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
  t = { app, url, client: createClient({ baseUrl: url }), send, setNow: () => {} }
  stop = async () => {
    await close()
    await app[Symbol.asyncDispose]()
    await database.drop()
    await rm(dataDir, { recursive: true, force: true })
  }
})
afterAll(() => stop())

test('no password, cookie, token, address, query or record gets into the log, however a request ends', async () => {
  const ana = await makePerson(t, `${mark}@example.com`, `a password ${mark}`)
  const token = (await tokenOf(ana, ['read', 'write']))['authorization'] as string
  await t.send('POST', '/api/auth/sign-in/email', { body: { email: `${mark}@example.com`, password: `wrong ${mark}` } })
  await t.send('POST', '/api/auth/request-password-reset', { body: { email: `${mark}@example.com` } })
  const strangers: Record<string, string>[] = [
    { authorization: `Bearer ldd_${mark}` },
    { cookie: `landed.session_token=${mark}.${mark}` },
    { authorization: token },
  ]
  for (const headers of strangers) await t.send('GET', `/api/v1/jobs?q=${mark}`, { headers })
  await ana.send('POST', '/api/v1/jobs', { body: `{"company": "${mark}` })
  await ana.send('POST', '/api/v1/jobs', { body: { company: mark, title: mark, frobnicate: mark } })
  await ana.send('GET', `/${mark}/${mark}?${mark}=1`)
  await ana.send('GET', `/%zz${mark}`)
  const file = new File([`company,title\r\n${mark},${mark}\r\n,${mark}\r\n`], `${mark}.csv`)
  await ana.client.imports.create({ file, body: {} })

  for (const operation of (await readOperations(ana)).filter(({ path, method }) => !(method === 'DELETE' && path === '/api/v1/me'))) {
    const { body, headers } = exampleOf(operation)
    const marked = typeof body === 'string' ? body.replace(/"(company|title|notes|note|name|headline)":"[^"]*"/g, `"$1":"${mark}"`) : body
    const query = operation.parameters.some(({ in: place, name }) => place === 'query' && name === 'q') ? `?q=${mark}` : ''
    await askAsDocumented(ana, operation, `${pathOf(operation, () => mark)}${query}`, {
      ...(marked === undefined ? {} : { body: marked }),
      headers: { ...headers },
    })
  }

  // The unexpected: PostgreSQL then tells the whole row that it refused.
  await t.app.pool.query(`alter table jobs add constraint refused check (title <> '${mark} refused')`)
  const failed = await ana.send('POST', '/api/v1/jobs', { body: { company: mark, title: `${mark} refused`, notes: mark } })
  expect(failed.status).toBe(500)

  expect(log.filter((line) => line.includes('"msg":"request"')).length).toBeGreaterThan(80)
  expect(log.filter((line) => line.includes('violates check constraint'))).toHaveLength(1)
  // What was tried with accounts can be told from it all the same.
  expect(log.filter((line) => line.includes('"act":"POST /sign-in/email"')).length).toBeGreaterThan(1)
  const secrets = [mark, token.slice('Bearer '.length), ana.headers?.['cookie']?.split('=')[1] as string]
  for (const secret of secrets) expect(log.filter((line) => line.includes(secret))).toEqual([])
})
