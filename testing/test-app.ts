import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, inject } from 'vitest'
import { type Client, createClient } from '../client/client.ts'
import { createApp, type OpenApp } from '../server/app.ts'
import { readConfig } from '../server/config.ts'
import { startServer } from '../server/server.ts'
import { makeDatabase } from './database.ts'

/** A real server on a real database of its own, for all tests of a file. Answers are checked against the contract. */
export type TestApp = {
  app: OpenApp
  url: string
  client: Client
  /** Sent with each request, where somebody has signed in. */
  headers?: Record<string, string>
  /** A request that the client would not let through. `path` from the root on. */
  send(method: string, path: string, more?: { body?: unknown; headers?: Record<string, string> }): Promise<Response>
  /** What `now()` says from here on; null: the real time. */
  setNow(instant: string | null): void
}

export function useTestApp(env: Record<string, string> | (() => Record<string, string>) = {}): TestApp {
  const test = {} as TestApp
  let stop: () => Promise<void>
  let now: string | null = null
  beforeAll(async () => {
    const database = await makeDatabase(inject('cluster'))
    const dataDir = await mkdtemp(join(tmpdir(), 'landed-test-files-'))
    const config = readConfig({
      PORT: '0',
      DATABASE_URL: database.url,
      DATA_DIR: dataDir,
      CHECK_ANSWERS: 'true',
      BACKUPS: 'off',
      REMINDERS: 'off',
      // A query that forgets whose rows it is about finds none.
      ROW_SECURITY: 'on',
      ...(typeof env === 'function' ? env() : env),
    })
    const app = await createApp(config, {
      log: pino({ level: 'silent' }),
      now: () => (now ? new Date(now) : new Date()),
    })
    const server = await startServer(app)
    Object.assign(test, {
      app,
      url: server.url,
      client: createClient({ baseUrl: server.url }),
      setNow: (instant: string | null) => {
        now = instant
      },
      send: (method: string, path: string, { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {}) =>
        fetch(`${server.url}${path}`, {
          method,
          headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
          ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        }),
    } satisfies TestApp)
    stop = async () => {
      await server.stop()
      await app[Symbol.asyncDispose]()
      await database.drop()
      await rm(dataDir, { recursive: true, force: true })
    }
  })
  afterAll(() => stop?.())
  return test
}
