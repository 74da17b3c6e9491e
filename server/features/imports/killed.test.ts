import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, expect, inject, test, vi } from 'vitest'
import { makeDatabase } from '../../../testing/database.ts'
import { type OwnProcess, startProcess } from '../../../testing/own-process.ts'

/** What an import leaves when its process is killed in the middle. */

vi.setConfig({ testTimeout: 90_000 })

const cleanUp: (() => unknown)[] = []
afterAll(async () => {
  for (const step of cleanUp.reverse()) await step()
})

async function startServer(env: Record<string, string>): Promise<OwnProcess> {
  const server = await startProcess(env)
  cleanUp.push(() => server.kill('SIGKILL'))
  return server
}

test.each(['SIGKILL', 'SIGTERM'] as const)(
  '%s in the middle of an import leaves nothing half-written, and the import marked as failed',
  async (signal) => {
    const database = await makeDatabase(inject('cluster'))
    cleanUp.push(database.drop)
    const dataDir = await mkdtemp(join(tmpdir(), 'landed-killed-'))
    cleanUp.push(() => rm(dataDir, { recursive: true, force: true }))
    const env = { DATABASE_URL: database.url, DATA_DIR: dataDir }

    const first = await startServer(env)
    const lines = Array.from({ length: 6_000 }, (_, at) => `Northwind,Job ${at},some words to index ${at % 100}\n`)
    const { id } = await first.client.imports.create({ file: new Blob(['company,title,notes\n', ...lines]) })
    // Part of it is written by then, in a transaction that has not ended.
    while ((await first.client.imports.get({ params: { id } })).processed === 0) await setTimeout(20)
    await first.kill(signal)

    const second = await startServer(env)
    expect(await second.client.imports.get({ params: { id } })).toMatchObject({
      status: 'failed',
      created: 0,
      problem: { code: 'interrupted' },
    })
    expect((await second.client.jobs.list()).total.value).toBe(0)
    expect(await second.client.imports.create({ file: new Blob(['company,title\n', 'Northwind,Again\n']) })).toMatchObject({ created: 1 })
    await second.kill('SIGTERM')
  },
)
