/**
 * Promise: any search of 1,000,000 jobs within 50 ms, of 10,000 within 10 ms (p95, over the wire, nothing kept, one client).
 * Each size is loaded into a folder below SEARCH_FOLDER and used again by the next run; SEARCH_JOBS takes other sizes: `10000,100000`.
 */
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openApp, startServer } from './bench-server.ts'
import { leanClient } from './lean-client.ts'
import { judge, milliseconds, printTable, quantile } from './print-table.ts'
import { searchAccount } from './search-account.ts'
import { searchCases } from './search-cases.ts'

const folder = process.env['SEARCH_FOLDER'] ?? join(tmpdir(), 'landed-bench-search')
const sizes = (process.env['SEARCH_JOBS'] ?? '10000,100000,1000000').split(',').map(Number)
const others = 1_000
const requests = 100

type Measured = Map<string, { p50: number; p95: number }>

/** One request after the other. What an answer is kept under is renewed before each, as any change of a job would. */
async function measure(size: number): Promise<Measured> {
  const place = await searchAccount(join(folder, String(size)), size, others)
  await using app = await openApp(place.dataDir)
  await using server = await startServer(place)
  await using client = await leanClient(server.url)
  const measured: Measured = new Map()
  const time = async (path: string) => {
    await app.pool.query('update user_generations set generation = gen_random_uuid() where user_id = $1', [app.localUser.id])
    const { status, headers, ms } = await client.get(path)
    if (status !== 200 || headers.includes('cache;desc=hit')) throw new Error(`${path}: ${headers}`)
    return ms
  }
  const cases = await searchCases(app, size)
  // A server that has just been started compiles what it runs.
  for (let round = 0; round < 10; round++) for (const { path } of cases) await time(path)
  for (const { name, path } of cases) {
    for (let at = 0; at < 3; at++) await time(path)
    const took: number[] = []
    for (let at = 0; at < requests; at++) took.push(await time(path))
    measured.set(name.replace(/\d+ (rows|hits)/, 'half of the $1'), { p50: quantile(took, 0.5), p95: quantile(took, 0.95) })
  }
  const least: number[] = []
  for (let at = 0; at < requests; at++) least.push((await client.get('/health/live')).ms)
  measured.set('limit: HTTP alone', { p50: quantile(least, 0.5), p95: quantile(least, 0.95) })
  return measured
}

const bySize = new Map<number, Measured>()
for (const size of sizes) bySize.set(size, await measure(size))

const names = [...bySize.values()].at(-1)!.keys()
printTable(`One request at a time, a page of 50, marked where something is searched for (${requests} of each; p50 / p95)`, [
  ['', ...sizes.map((size) => `${size.toLocaleString('en')} jobs`)],
  ...[...names].map((name) => [
    name,
    ...sizes.map((size) => {
      const one = bySize.get(size)?.get(name)
      return one ? `${milliseconds(one.p50)} / ${milliseconds(one.p95)}` : ''
    }),
  ]),
])
for (const [size, promised] of [
  [10_000, 10],
  [1_000_000, 50],
] as const) {
  const measured = bySize.get(size)
  if (!measured) continue
  const slow = [...measured].filter(([, { p95 }]) => p95 > promised)
  const worst = [...measured].sort(([, a], [, b]) => b.p95 - a.p95)[0]!
  judge(
    `every one within ${promised} ms at ${size.toLocaleString('en')} jobs (p95)`,
    slow.length === 0,
    `${milliseconds(worst[1].p95)} at most (${worst[0]}); beyond: ${slow.length} of ${measured.size}`,
  )
}
