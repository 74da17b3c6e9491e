/** Promise: `GET /jobs`, a page of 50 of 10,000, at 60 % of the rate of a bare Fastify handler that runs the same SQL. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg, { type QueryConfig } from 'pg'
import type { App } from '../server/app.ts'
import { findJobs } from '../server/features/jobs/jobs.ts'
import { makeFolder, openApp, startProcess, startServer } from './bench-server.ts'
import { judge, printTable, quantile } from './print-table.ts'
import { fillAccount } from './sample-jobs.ts'

const rounds = 12
const seconds = 2
const connections = 16
const autocannon = fileURLToPath(import.meta.resolve('autocannon'))

type Load = { requests: { average: number }; latency: { p50: number; p99: number }; errors: number; non2xx: number }

/** From a process of its own, so that the load does not take the measured one's time. */
async function load(url: string, duration: number): Promise<Load> {
  const { stdout } = await promisify(execFile)(process.execPath, [autocannon, '-j', '-c', `${connections}`, '-d', `${duration}`, url])
  const result = JSON.parse(stdout) as Load
  if (result.errors + result.non2xx > 0) throw new Error(`${url}: ${result.errors} errors, ${result.non2xx} refusals`)
  return result
}

/** What the app sends to the database for one page, parameters included. Reading the settings is not part of the page. */
async function captureStatements(app: App): Promise<QueryConfig[]> {
  const seen: QueryConfig[] = []
  const send = Reflect.get(pg.Client.prototype, 'query') as (...args: unknown[]) => unknown
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [first, values = []] = args
    seen.push(typeof first === 'string' ? { text: first, values: values as unknown[] } : (first as QueryConfig))
    return send.apply(this, args)
  } as typeof pg.Client.prototype.query
  await findJobs(app, app.localUser, { sort: '-created_at', limit: 50 })
  pg.Client.prototype.query = send as typeof pg.Client.prototype.query
  return seen.filter((statement) => /\bfrom jobs\b/.test(statement.text))
}

await using place = await makeFolder()
await using app = await openApp(place.dataDir)
await fillAccount(app, 10_000, 40)
const statements = await captureStatements(app)
await using landed = await startServer(place)
await using bare = await startProcess(fileURLToPath(new URL('./processes/bare-list.ts', import.meta.url)), {
  ...place,
  args: [JSON.stringify(statements)],
})
const page = `${landed.url}/api/v1/jobs?limit=50`

const { items } = (await (await fetch(page)).json()) as { items: { id: string }[] }
const rows = ((await (await fetch(bare.url)).json()) as { id?: string }[][]).find((rows) => rows[0]?.id) ?? []
if (items.length !== 50 || items.some((item, at) => item.id !== rows[at]?.id)) throw new Error('the two answer different pages')

await load(page, 2)
await load(bare.url, 2)
const ours: Load[] = []
const limits: Load[] = []
for (let round = 0; round < rounds; round++) {
  ours.push(await load(page, seconds))
  limits.push(await load(bare.url, seconds))
}
const ratios = ours.map((one, at) => one.requests.average / (limits[at] as Load).requests.average)
const rate = (loads: Load[]) =>
  quantile(
    loads.map((one) => one.requests.average),
    0.5,
  ).toFixed(0)
const latency = (loads: Load[], name: 'p50' | 'p99') =>
  `${quantile(
    loads.map((one) => one.latency[name]),
    0.5,
  )} ms`
printTable(`GET /jobs, 50 of 10,000 (${connections} connections, ${rounds} rounds of ${seconds} s in turn, medians)`, [
  ['', 'requests/s', 'p50', 'p99'],
  ['Landed', rate(ours), latency(ours, 'p50'), latency(ours, 'p99')],
  [`limit: bare Fastify, the same ${statements.length} statements`, rate(limits), latency(limits, 'p50'), latency(limits, 'p99')],
])
const ratio = quantile(ratios, 0.5)
const shown = ratios.map((one) => `${(one * 100).toFixed(0)} %`).join(', ')
judge('at least 60 % of the limit', ratio >= 0.6, `${(ratio * 100).toFixed(0)} % (rounds: ${shown})`)
