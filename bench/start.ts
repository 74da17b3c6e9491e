/** Promise: a warm start to the first answer, embedded PostgreSQL included, within 2 s. */
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { startEmbedded } from '../server/database/embedded/embedded.ts'
import { makeFolder, openApp, startProcess, startServer } from './bench-server.ts'
import { judge, milliseconds, printTable, quantile } from './print-table.ts'
import { fillAccount } from './sample-jobs.ts'

const rounds = 7
const bareFastify = fileURLToPath(new URL('./processes/bare-fastify.ts', import.meta.url))
const log = pino({ level: 'silent' })

await using place = await makeFolder()
{
  await using app = await openApp(place.dataDir)
  await fillAccount(app, 1_000, 0)
}

async function untilAnswer(start: () => Promise<{ url: string } & AsyncDisposable>, path: string): Promise<number> {
  const began = performance.now()
  await using server = await start()
  const answer = await fetch(`${server.url}${path}`)
  await answer.text()
  if (!answer.ok) throw new Error(`the first answer was ${answer.status}`)
  return performance.now() - began
}

async function untilPostgres(): Promise<number> {
  const began = performance.now()
  const embedded = await startEmbedded({ dataDir: place.dataDir, log })
  const took = performance.now() - began
  await embedded.stop()
  return took
}

const landed: number[] = []
const postgres: number[] = []
const bare: number[] = []
for (let round = 0; round < rounds; round++) {
  landed.push(await untilAnswer(() => startServer(place), '/api/v1/jobs'))
  postgres.push(await untilPostgres())
  bare.push(await untilAnswer(() => startProcess(bareFastify, place), '/'))
}
const row = (name: string, values: number[]) => [name, milliseconds(quantile(values, 0.5)), milliseconds(Math.max(...values))]
printTable(`Warm start to the first page of jobs (${rounds} starts)`, [
  ['', 'median', 'slowest'],
  row('Landed, its PostgreSQL included', landed),
  row('limit: the embedded PostgreSQL alone', postgres),
  row('limit: node with a bare Fastify', bare),
])
judge('within 2 s', quantile(landed, 0.5) <= 2_000, milliseconds(quantile(landed, 0.5)))
