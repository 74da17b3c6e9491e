/** Promise: while 1,000 records at a time are created, changed, trashed and put back, 100 readers' p95 stays within 3 times of idle. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { cleanUp, openBulkBench } from './measure-bulk.ts'
import { judge, milliseconds, printTable, quantile } from './print-table.ts'
import { fillAccount, sampleJobs } from './sample-jobs.ts'

const readers = 100
const records = 1_000
const seconds = 6
const rounds = 6
const script = fileURLToPath(new URL('./processes/readers.ts', import.meta.url))

type Load = { requests: number; p50: number; p95: number }

await using bench = await openBulkBench()
const { app, server } = bench
await fillAccount(app, 10_000, 40)
await cleanUp(app)

/** From a process of its own, so that the load does not take the measured one's time. */
async function read(): Promise<Load> {
  const { stdout } = await promisify(execFile)(process.execPath, [script, `${server.url}/api/v1/jobs?limit=50`, `${readers}`, `${seconds}`])
  return JSON.parse(stdout) as Load
}

const nextJob = sampleJobs(1)
const created = JSON.stringify({ jobs: Array.from({ length: records }, nextJob) })
let operations = 0
/** One after the other, until told to stop. */
async function work(signal: AbortSignal): Promise<void> {
  const act = async (path: string, body: object | string) => {
    operations++
    return (await bench.post(path, typeof body === 'string' ? body : JSON.stringify(body))).said
  }
  while (!signal.aborted) {
    const { created_ids: ids } = await act('/jobs/bulk-create', created)
    await act('/jobs/bulk-update', { ids, changes: { status: 'archived', add_tags: ['seen'] } })
    await act('/jobs/bulk-update', { updates: ids.map((id, at) => ({ id, notes: `Note ${at}` })) })
    const { undo_token } = await act('/jobs/bulk-delete', { ids })
    await act('/bulk/undo', { undo_token })
    await act('/jobs/bulk-delete', { ids, permanent: true })
  }
}

await read()
const idle: Load[] = []
const busy: Load[] = []
for (let round = 0; round < rounds; round++) {
  idle.push(await read())
  const stop = new AbortController()
  const working = work(stop.signal)
  busy.push(await read())
  stop.abort()
  await working
  await cleanUp(app)
}
const median = (loads: Load[], name: keyof Load) =>
  quantile(
    loads.map((load) => load[name]),
    0.5,
  )
const line = (name: string, loads: Load[]) => [
  name,
  `${(median(loads, 'requests') / seconds).toFixed(0)}`,
  milliseconds(median(loads, 'p50')),
  milliseconds(median(loads, 'p95')),
]
printTable(`GET /jobs by ${readers} readers at once, 50 of 10,000 (${rounds} rounds of ${seconds} s in turn, medians)`, [
  ['', 'requests/s', 'p50', 'p95'],
  line(`beside bulk changes of ${records} (${operations} in all)`, busy),
  line('limit: the readers alone', idle),
])
const times = busy.map(({ p95 }, at) => p95 / (idle[at] as Load).p95)
judge(
  "the readers' p95 stays within 3 times of idle",
  quantile(times, 0.5) <= 3,
  `${quantile(times, 0.5).toFixed(1)} (rounds: ${times.map((one) => one.toFixed(1)).join(', ')})`,
)
