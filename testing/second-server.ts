import { pino } from 'pino'
import { afterAll, beforeAll } from 'vitest'
import { type Client, createClient } from '../client/client.ts'
import { createApp, type OpenApp } from '../server/app.ts'
import { readConfig } from '../server/config.ts'
import { startServer } from '../server/server.ts'
import type { TestApp } from './test-app.ts'

/** Another server on the database of `first`, which must be in use already. */
export function useSecondServer(
  first: TestApp,
  env: () => Record<string, string> = () => ({}),
): { app: OpenApp; url: string; client: Client } {
  const second = {} as ReturnType<typeof useSecondServer>
  let stop: () => Promise<void>
  beforeAll(async () => {
    const { databaseUrl, dataDir } = first.app.config
    const config = readConfig({
      PORT: '0',
      DATABASE_URL: databaseUrl as string,
      DATA_DIR: dataDir,
      CHECK_ANSWERS: 'true',
      ROW_SECURITY: 'on',
      ...env(),
    })
    const app = await createApp(config, { log: pino({ level: 'silent' }), now: first.app.now })
    const server = await startServer(app)
    Object.assign(second, { app, url: server.url, client: createClient({ baseUrl: server.url }) })
    stop = async () => {
      await server.stop()
      await app[Symbol.asyncDispose]()
    }
  })
  afterAll(() => stop?.())
  return second
}
