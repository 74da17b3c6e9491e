import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { OpenApp } from '../server/app.ts'
import { makeFolder, openApp, type Running, startServer } from './bench-server.ts'

const watchLoop = fileURLToPath(new URL('./processes/watch-loop.ts', import.meta.url))

/** The real server in a process of its own that watches its event loop, and the same database from here. */
export async function openBulkBench() {
  const place = await makeFolder()
  const app = await openApp(place.dataDir)
  const server = await startServer({ ...place, flags: ['--import', watchLoop] })
  return {
    app,
    folder: place.folder,
    server,
    post: (path: string, body: string) => post(server, path, body),
    /** The longest that the server's event loop stood still since the last time, in milliseconds. */
    longestBlock: () => longestBlock(server, place.dataDir),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await app[Symbol.asyncDispose]()
      await place[Symbol.asyncDispose]()
    },
  }
}
export type BulkBench = Awaited<ReturnType<typeof openBulkBench>>

type Said = { succeeded: number; failed: number; undo_token: string; created_ids: string[] }

/** Sends a body that is text already, and gives the answer with the milliseconds until it was there. */
async function post(server: Running, path: string, body: string): Promise<{ took: number; said: Said }> {
  const began = performance.now()
  const answer = await fetch(`${server.url}/api/v1${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  const text = await answer.text()
  const took = performance.now() - began
  if (!answer.ok) throw new Error(`${path} answers ${answer.status}: ${text.slice(0, 500)}`)
  const said = JSON.parse(text) as Said
  if (said.failed > 0) throw new Error(`${path}: ${said.failed} failed: ${text.slice(0, 500)}`)
  return { took, said }
}

async function longestBlock({ pid }: Running, dataDir: string): Promise<number> {
  const file = join(dataDir, 'event-loop.json')
  await rm(file, { force: true })
  process.kill(pid, 'SIGUSR2')
  for (;;) {
    const said = await readFile(file, 'utf8').catch(() => null)
    if (said) return (JSON.parse(said) as { longestMs: number }).longestMs
    await sleep(10)
  }
}

/** What a statement takes on a connection that has no limit of time. */
export async function timeStatement(app: OpenApp, statement: string, values: unknown[] = []): Promise<number> {
  const client = await app.streams.connect()
  try {
    const began = performance.now()
    await client.query(statement, values)
    return performance.now() - began
  } finally {
    client.release()
  }
}

/** So that no round pays for what the one before left behind. */
export async function cleanUp(app: OpenApp): Promise<void> {
  for (const table of ['jobs', 'applications', 'bulk_before_images']) await timeStatement(app, `vacuum (analyze) ${table}`)
}
