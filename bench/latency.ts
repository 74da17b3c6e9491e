/** What one request takes at 10,000 jobs, beside the least that the same pool takes for anything. No promise of its own. */
import { createClient } from '../client/client.ts'
import { makeFolder, openApp, startServer } from './bench-server.ts'
import { milliseconds, printTable, quantile } from './print-table.ts'
import { fillAccount } from './sample-jobs.ts'

const requests = 200

async function time(act: (at: number) => Promise<unknown>): Promise<number[]> {
  for (let at = 0; at < 20; at++) await act(at)
  const took: number[] = []
  for (let at = 0; at < requests; at++) {
    const began = performance.now()
    await act(at)
    took.push(performance.now() - began)
  }
  return took
}

await using place = await makeFolder()
await using app = await openApp(place.dataDir)
await fillAccount(app, 10_000, 40)
await using server = await startServer(place)
const client = createClient({ baseUrl: server.url })
const { items } = await client.jobs.list({ query: { limit: 200 } })
const id = (at: number) => ({ id: (items[at % items.length] as { id: string }).id })

const measured: [string, number[]][] = [
  ['read a job', await time((at) => client.jobs.get({ params: id(at) }))],
  ['add a job', await time((at) => client.jobs.create({ body: { company: `Marulho ${at}`, title: 'Engineer', tech_stack: ['Go'] } }))],
  ['change a job', await time((at) => client.jobs.update({ params: id(at), body: { notes: `call ${at} ${performance.now()}` } }))],
  ['list 50 jobs', await time(() => client.jobs.list())],
  ['search, a word in most jobs', await time(() => client.jobs.list({ query: { q: 'harbour' } }))],
  ['search, a word in few jobs', await time((at) => client.jobs.list({ query: { q: `velotram ${at}` } }))],
  ['/health/live: HTTP alone', await time(() => client.operations.live())],
  ['limit: select 1 on an equal pool', await time(() => app.pool.query('select 1'))],
]
printTable(`One request at a time, 10,000 jobs (${requests} of each, through the typed client)`, [
  ['', 'p50', 'p95'],
  ...measured.map(([name, took]) => [name, milliseconds(quantile(took, 0.5)), milliseconds(quantile(took, 0.95))]),
])
