import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, expect, inject, test, vi } from 'vitest'
import { makeDatabase } from './database.ts'

/** The server as a process: how it starts, what it says when it cannot, how it stops. */

// A cold start on a busy machine takes its time.
vi.setConfig({ testTimeout: 90_000 })

const main = fileURLToPath(new URL('../server/main.ts', import.meta.url))
const cleanUp: (() => unknown)[] = []
afterAll(async () => {
  for (const step of cleanUp.reverse()) await step()
})

type Running = { child: ChildProcess; said: () => string; url: Promise<string>; ended: Promise<number | null> }

function start(env: Record<string, string>): Running {
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env['PATH'], PORT: '0', ...env },
    cwd: tmpdir(),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const url = new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      text += chunk
      const found = /"url":"(http:[^"]+)"/.exec(text)
      if (found) resolve(found[1] as string)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    void ended.then((code) => reject(new Error(`ended with ${code}:\n${text}`)))
  })
  url.catch(() => {})
  cleanUp.push(() => child.kill('SIGKILL'))
  return { child, said: () => text, url, ended }
}

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'landed-process-'))
  await chmod(path, 0o755)
  cleanUp.push(() => rm(path, { recursive: true, force: true }))
  return join(path, 'data')
}

async function database(): Promise<string> {
  const made = await makeDatabase(inject('cluster'))
  cleanUp.push(made.drop)
  return made.url
}

test('every wrong setting is named at once, with its remedy and without secrets, and the process ends with 1', async () => {
  const { ended, said } = start({
    PORT: '99999',
    LOG_LEVEL: 'loud',
    HOST: '0.0.0.0',
    DATABASE_URL: 'mysql://root:hunter2@db/x',
    PUBLIC_URL: 'landed',
    BACKUPS: 'sometimes',
    BACKUP_KEEP: '0',
  })
  expect(await ended).toBe(1)
  for (const name of ['PORT', 'LOG_LEVEL', 'HOST', 'DATABASE_URL', 'PUBLIC_URL', 'BACKUPS', 'BACKUP_KEEP'])
    expect(said()).toContain(`- ${name}`)
  expect(said()).not.toContain('hunter2')
  expect(said()).not.toMatch(/at .*\.ts:\d/)
})

test('without accounts it does not listen where others can reach it', async () => {
  const { ended, said } = start({ HOST: '0.0.0.0' })
  expect(await ended).toBe(1)
  expect(said()).toContain('anybody there could read your search')
})

test('a taken port is said plainly', async () => {
  const env = { DATABASE_URL: await database(), DATA_DIR: await folder() }
  const first = start(env)
  const port = new URL(await first.url).port
  const second = start({ ...env, PORT: port })
  expect(await second.ended).toBe(1)
  expect(second.said()).toContain('set PORT to a free port')
})

test('a database newer than the code is refused and left as it is', async () => {
  const url = await database()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`insert into migrations (name) values ('9999-from-the-future.sql')`)
  const { ended, said } = start({ DATABASE_URL: url, DATA_DIR: await folder() })
  expect(await ended).toBe(1)
  expect(said()).toContain('9999-from-the-future.sql')
  const { rows } = await client.query(`select name from migrations where name like '9999%'`)
  expect(rows).toHaveLength(1)
  await client.end()
})

test('a data folder that cannot be made is named', async () => {
  // Below a file nobody can make a folder, not even root.
  const { ended, said } = start({ DATA_DIR: join(main, 'data') })
  expect(await ended).toBe(1)
  expect(said()).toContain(join(main, 'data'))
  expect(said()).not.toMatch(/at .*\.ts:\d/)
})

test('SIGTERM lets a request finish, then everything stops with 0; records are there after the next start', async () => {
  const dataDir = await folder()
  const first = start({ DATA_DIR: dataDir })
  const url = await first.url
  // Half a request is on its way when the signal comes.
  const answered = new Promise<number | undefined>((resolve, reject) => {
    const body = JSON.stringify({ company: 'Northwind', title: 'Engineer' })
    const sending = request(
      `${url}/api/v1/jobs`,
      { method: 'POST', headers: { 'content-type': 'application/json', 'content-length': body.length } },
      (response) => {
        response.resume()
        resolve(response.statusCode)
      },
    )
    sending.on('error', reject)
    sending.write(body.slice(0, 10))
    setTimeout(() => first.child.kill('SIGTERM'), 300)
    // Through npm the signal arrives twice.
    setTimeout(() => first.child.kill('SIGTERM'), 350)
    setTimeout(() => sending.end(body.slice(10)), 700)
  })
  expect(await answered).toBe(201)
  expect(await first.ended).toBe(0)
  expect(first.said()).toContain('"msg":"stopped"')

  const second = start({ DATA_DIR: dataDir })
  const list = (await (await fetch(`${await second.url}/api/v1/jobs`)).json()) as { items: { company: string }[] }
  expect(list.items.map((job) => job.company)).toEqual(['Northwind'])
  second.child.kill('SIGINT')
  expect(await second.ended).toBe(0)
})

test('one log line a request: id, user, route, status, duration, and neither body nor query', async () => {
  const running = start({ DATABASE_URL: await database(), DATA_DIR: await folder() })
  const url = await running.url
  await fetch(`${url}/api/v1/jobs?q=secret-wish`, { headers: { 'x-request-id': 'my-id-1' } })
  running.child.kill('SIGTERM')
  await running.ended
  const lines = running
    .said()
    .split('\n')
    .filter((line) => line.includes('my-id-1'))
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0] as string)).toMatchObject({
    request_id: 'my-id-1',
    user: expect.any(String),
    method: 'GET',
    route: '/api/v1/jobs',
    status: 200,
    duration_ms: expect.any(Number),
  })
  expect(running.said()).not.toContain('secret-wish')
})
