/**
 * Promise: a backup of 100,000 jobs grows the server's memory by 50 MB at most, and begins within 200 ms. Beside its limit:
 * COPY of the same queries, deflated as much. And what it takes to restore it, beside inserting the same rows from a table.
 */
import { openAsBlob } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createDeflateRaw } from 'node:zlib'
import { createClient } from '../client/client.ts'
import type { App } from '../server/app.ts'
import { openSnapshot } from '../server/database/stream-copy.ts'
import { compressionLevel, contentsOf, csvCopies } from '../server/features/backups/write-archive.ts'
import { makeFolder, openApp, startServer } from './bench-server.ts'
import { copy, download, type Round, watchMemory } from './measure-export.ts'
import { judge, milliseconds, printTable, quantile } from './print-table.ts'
import { fillAccount } from './sample-jobs.ts'

const jobs = 100_000
const applications = 20_000
const rounds = 3

await using place = await makeFolder()
await using app = await openApp(place.dataDir)
await fillAccount(app, jobs, 0)
await fillApplications(app)
await using landed = await startServer(place)
const url = `${landed.url}/api/v1/exports/backup`
const statements = await statementsOf(app)

await (await fetch(`${landed.url}/api/v1/jobs`)).text()
const memory = watchMemory(landed.pid)
const [backups, deflated, copied]: [Round[], Round[], Round[]] = [[], [], []]
for (let round = 0; round < rounds; round++) {
  backups.push(await download(url))
  deflated.push(await inTurn(statements, (statement) => deflate(app, statement)))
  copied.push(await inTurn(statements, (statement) => copy(app, statement)))
}
const { before, peak } = await memory.stop()

const median = (values: readonly number[]) => quantile(values, 0.5)
const line = (name: string, measured: Round[]) => {
  const ms = median(measured.map((round) => round.ms))
  const records = jobs + applications
  return [name, milliseconds(ms), `${((measured[0] as Round).bytes / 1e6).toFixed(0)} MB`, `${Math.round((records / ms) * 1000)} records/s`]
}
printTable(`${jobs} jobs and ${applications} applications, ${rounds} rounds in turn, medians`, [
  ['', 'time', 'size', 'rate'],
  line('GET /exports/backup', backups),
  line('limit: COPY of the same queries, deflated', deflated),
  line('COPY of the same queries', copied),
])
const ratio = median(backups.map((round, at) => (deflated[at] as Round).ms / round.ms))
console.log(`  ${(ratio * 100).toFixed(0)} % of the limit`)
const firstBytes = backups.map(({ firstByteMs }) => firstByteMs)
judge(
  'first byte within 200 ms',
  median(firstBytes) <= 200,
  `${milliseconds(median(firstBytes))}, ${milliseconds(Math.max(...firstBytes))} at most`,
)
const growth = (peak - before) / 1024
judge('memory grows by 50 MB at most', growth <= 50, `${growth.toFixed(0)} MB (from ${(before / 1024).toFixed(0)} MB)`)

const client = createClient({ baseUrl: landed.url })
const path = join(place.folder, 'backup.zip')
await writeFile(path, (await client.backups.download()).body as unknown as AsyncIterable<Uint8Array>)
const insertMs = await insertAgain(app)
await app.pool.query('truncate jobs cascade')
const restoring = watchMemory(landed.pid)
const began = performance.now()
const { records } = await client.backups.restore({ file: await openAsBlob(path) })
const restoreMs = performance.now() - began
const grown = await restoring.stop()
if (records['jobs']?.added !== jobs) throw new Error(`restored ${JSON.stringify(records)}`)
printTable('restoring it into an empty account', [
  ['', 'time', 'rate'],
  ['POST /imports/backup', milliseconds(restoreMs), `${Math.round((jobs / restoreMs) * 1000)} jobs/s`],
  ['limit: the same rows inserted from a table', milliseconds(insertMs), `${Math.round((jobs / insertMs) * 1000)} jobs/s`],
])
console.log(
  `  ${((insertMs / restoreMs) * 100).toFixed(0)} % of the limit; memory grew by ${((grown.peak - grown.before) / 1024).toFixed(0)} MB`,
)

async function fillApplications(app: App): Promise<void> {
  await app.pool.query(
    `insert into applications (user_id, id, job_id, status, status_since, applied_on, last_event_at, created_at, updated_at)
     select user_id, gen_random_uuid(), id, 'applied', '2026-11-01', '2026-11-01', now(), now(), now() from jobs limit $1`,
    [applications],
  )
  await app.pool.query(
    `insert into application_events (user_id, id, application_id, type, to_status, occurred_at, occurred_on, recorded_at)
     select user_id, gen_random_uuid(), id, 'status_changed', 'applied', now(), '2026-11-01', now() from applications, generate_series(1, 3)`,
  )
  await app.pool.query('vacuum (analyze) jobs, applications, application_events')
}

/** What the server sends, in its order. */
async function statementsOf(app: App): Promise<string[]> {
  const snapshot = await openSnapshot(app)
  const { contents } = await contentsOf(snapshot, app.localUser, await csvCopies(app, app.localUser))
  await snapshot.end('finished')
  return contents.flatMap(({ sections }) => sections.map(({ statement }) => statement))
}

async function inTurn(statements: readonly string[], run: (statement: string) => Promise<Round>): Promise<Round> {
  const all: Round[] = []
  for (const statement of statements) all.push(await run(statement))
  const sum = (of: (round: Round) => number) => all.reduce((total, round) => total + of(round), 0)
  return { ms: sum(({ ms }) => ms), bytes: sum(({ bytes }) => bytes), firstByteMs: 0 }
}

async function deflate(app: App, statement: string): Promise<Round> {
  const snapshot = await openSnapshot(app)
  const started = performance.now()
  let bytes = 0
  const count = new Writable({
    write(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      done()
    },
  })
  const rows = snapshot.copy(statement, { head: '', beforeFirst: '', between: '\n', tail: () => '' })
  await pipeline(rows, createDeflateRaw({ level: compressionLevel }), count)
  const ms = performance.now() - started
  await snapshot.end('finished')
  return { ms, bytes, firstByteMs: 0 }
}

/** The jobs of the account, out of a table without indexes into the same one with all of them. */
async function insertAgain(app: App): Promise<number> {
  const { rows } = await app.pool.query<{ name: string }>(
    `select column_name as name from information_schema.columns where table_name = 'jobs' and table_schema = 'public' and is_generated = 'NEVER'`,
  )
  const names = rows.map(({ name }) => name).join(', ')
  const snapshot = await app.streams.connect()
  await snapshot.query(`create temp table jobs_alone as select ${names} from jobs`)
  await snapshot.query('truncate jobs cascade')
  const started = performance.now()
  await snapshot.query(`insert into jobs (${names}) select ${names} from jobs_alone`)
  const ms = performance.now() - started
  snapshot.release(true)
  return ms
}
