/** Promise: a report of 500 applications within 5 s. Its limit: Typst in a process of its own, setting the same words as a plain table. */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { App } from '../server/app.ts'
import { makeFolder, openApp, startServer } from './bench-server.ts'
import { judge, milliseconds, printTable, quantile } from './print-table.ts'
import { fillJobs } from './sample-jobs.ts'

const few = 500
const many = 2_000
const rounds = 3
const plainTable = fileURLToPath(new URL('processes/plain-table.ts', import.meta.url))

type Round = { ms: number; bytes: number; megabytes: number }

await using place = await makeFolder()
await using app = await openApp(place.dataDir)
await fillJobs(app, app.localUser.id, many)
await apply(app)
await using landed = await startServer(place)

const url = `${landed.url}/api/v1/exports/applications?format=pdf`
const [reports, proofs, plain, whole]: [Round[], Round[], Round[], Round[]] = [[], [], [], []]
const cells = await cellsOf(app)
for (let round = 0; round < rounds; round++) {
  reports.push(await download(`${url}&applied_from=2026-11-01`))
  proofs.push(await download(`${url}&applied_from=2026-11-01&layout=proof-of-search`))
  plain.push(await setPlain(cells))
}
whole.push(await download(url))

const median = (measured: readonly Round[]) =>
  quantile(
    measured.map(({ ms }) => ms),
    0.5,
  )
const line = (name: string, measured: readonly Round[]) => [
  name,
  milliseconds(median(measured)),
  `${Math.max(...measured.map(({ megabytes }) => megabytes)).toFixed(0)} MB`,
  `${(measured[0]!.bytes / 1024).toFixed(0)} kB`,
]
printTable(`PDF of ${few} applications, ${rounds} rounds in turn, medians`, [
  ['', 'time', 'memory of its process', 'file'],
  line('report', reports),
  line('proof of search', proofs),
  line('limit: the words as a plain table', plain),
  line(`report of ${many}, the most there can be`, whole),
])
const took = median(reports)
judge(
  `a report of ${few} applications within 5 s`,
  took <= 5_000,
  `${milliseconds(took)}, ${(took / median(plain)).toFixed(1)} times the limit`,
)

/** An application for each job, with two to four events; the newest jobs' in November. */
async function apply({ pool, localUser }: App): Promise<void> {
  await pool.query(
    `with numbered as (select user_id, id as job_id, created_at, row_number() over (order by created_at desc) as at from jobs where user_id = $1),
     day as (select *, gen_random_uuid() as id, case when at <= ${few} then date '2026-11-01' else date '2026-06-01' end + (at % 20)::int as applied_on from numbered),
     sent as (
       insert into applications (user_id, id, job_id, status, status_since, applied_on, response_on, last_event_at, created_at, updated_at)
       select user_id, id, job_id, (array['applied', 'screening', 'interview', 'rejected'])[1 + at % 4], applied_on + (at % 4)::int, applied_on,
         case when at % 4 > 0 then applied_on + 1 end, created_at, created_at, created_at from day returning user_id, id)
     insert into application_events (user_id, id, application_id, type, to_status, occurred_at, occurred_on, recorded_at)
     select day.user_id, gen_random_uuid(), day.id, 'status_changed', (array['applied', 'screening', 'interview', 'rejected'])[1 + step],
       day.applied_on + step, day.applied_on + step, now()
     from day, generate_series(0, 3) as step where step <= day.at % 4`,
    [localUser.id],
  )
  await pool.query('vacuum (analyze) applications, application_events, jobs')
}

/** The words of the report's rows, four cells each. */
async function cellsOf({ pool, localUser }: App): Promise<string[]> {
  const { rows } = await pool.query<{ cells: string[] }>(
    `select array[applied_on::text, company || ' ' || title, a.status, (
       select string_agg(initcap(to_status) || ' ' || to_char(occurred_on, 'DD Mon'), ' · ' order by occurred_at)
       from application_events e where e.user_id = a.user_id and e.application_id = a.id)] as cells
     from applications a join jobs j on j.user_id = a.user_id and j.id = a.job_id
     where a.user_id = $1 and applied_on >= '2026-11-01'`,
    [localUser.id],
  )
  return rows.flatMap((row) => row.cells)
}

async function download(address: string): Promise<Round> {
  const memory = watchMemory('typesetter.ts')
  const started = performance.now()
  const response = await fetch(address)
  const { byteLength: bytes } = await response.arrayBuffer()
  const ms = performance.now() - started
  if (response.status !== 200) throw new Error(`${address} answered ${response.status}`)
  return { ms, bytes, megabytes: await memory.stop() }
}

async function setPlain(cells: readonly string[]): Promise<Round> {
  const memory = watchMemory('plain-table.ts')
  const started = performance.now()
  const child = spawn(process.execPath, ['--liftoff-only', plainTable], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify(cells))
  const [pdf, [code]] = await Promise.all([buffer(child.stdout), once(child, 'close')])
  const ms = performance.now() - started
  if (code !== 0 || pdf.length === 0) throw new Error(`the plain table ended with ${code}`)
  return { ms, bytes: pdf.length, megabytes: await memory.stop() }
}

/** The most resident memory, in MB, of the process that runs this script. */
function watchMemory(script: string): { stop(): Promise<number> } {
  let watching = true
  const watched = (async () => {
    let peak = 0
    while (watching) {
      const { stdout } = await promisify(execFile)('ps', ['-axo', 'rss=,args='])
      const found = stdout.split('\n').find((one) => one.includes(script))
      peak = Math.max(peak, Number.parseInt(found ?? '0', 10) / 1024)
      await sleep(50)
    }
    return peak
  })()
  return {
    stop: () => {
      watching = false
      return watched
    },
  }
}
