/** Promise: what is asked for again while nothing changed is answered within 2 ms (p95, over the wire, one client). Beside its limit: HTTP alone. */
import { countAll } from '../server/features/search/counting.ts'
import { makeFolder, openApp, startServer } from './bench-server.ts'
import { leanClient } from './lean-client.ts'
import { judge, milliseconds, printTable, quantile } from './print-table.ts'
import { fillAccount } from './sample-jobs.ts'

const requests = 500
const promisedMs = 2

await using place = await makeFolder()
await using app = await openApp(place.dataDir)
await fillAccount(app, 10_000, 40)
// Else the server does it meanwhile.
await countAll(app)
await using server = await startServer(place)

await using client = await leanClient(server.url)

async function time(path: string, isKept: boolean): Promise<number[]> {
  const took: number[] = []
  for (let at = -50; at < requests; at++) {
    const { headers, ms } = await client.get(path)
    if (at < 0) continue
    if (isKept && !headers.includes('cache;desc=hit')) throw new Error(`${path} was made anew`)
    took.push(ms)
  }
  return took
}

const measured: [string, number[]][] = [
  ['the list of jobs', await time('/api/v1/jobs?limit=50', true)],
  ['a search', await time('/api/v1/jobs?q=harbour&sort=relevance&highlight=true&limit=50', true)],
  ['the profile', await time('/api/v1/profile', true)],
  ['what Today shows', await time('/api/v1/analytics/dashboard', true)],
]
const least = await time('/health/live', false)
printTable(`Asked again, one at a time, 10,000 jobs (${requests} of each)`, [
  ['', 'p50', 'p95'],
  ...[...measured, ['limit: HTTP alone', least] as const].map(([name, took]) => [
    name,
    milliseconds(quantile(took, 0.5)),
    milliseconds(quantile(took, 0.95)),
  ]),
])
for (const [name, took] of measured) {
  const p95 = quantile(took, 0.95)
  judge(`${name} within ${promisedMs} ms (p95)`, p95 <= promisedMs, milliseconds(p95))
}
