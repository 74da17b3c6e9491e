import { execFile } from 'node:child_process'
import { get, type IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import type pg from 'pg'
import { type DataFormat, wholeRecord } from '../contract/exports.ts'
import type { App } from '../server/app.ts'
import { jobFields } from '../server/features/exports/fields.ts'
import { type Columns, csvRows, jsonRows } from '../server/features/exports/statements.ts'
import { selectJobs } from '../server/features/jobs/jobs.ts'
import { makeFolder, openApp, startServer } from './bench-server.ts'
import { judge, milliseconds, printTable, quantile } from './print-table.ts'
import { fillAccount } from './sample-jobs.ts'

const rows = 100_000
const rounds = 5

export type Round = { ms: number; bytes: number; firstByteMs: number }

/** `GET /exports/jobs` of 100,000 jobs beside `COPY … TO STDOUT` of the same query, in turn; prints what it saw. */
export async function measureExport(format: DataFormat): Promise<void> {
  await using place = await makeFolder()
  await using app = await openApp(place.dataDir)
  await fillAccount(app, rows, 0)
  await using landed = await startServer(place)
  const url = `${landed.url}/api/v1/exports/jobs?format=${format}`
  const { exact, plain } = await statements(app, format)

  await download(`${url}&company=nobody`)
  const memory = watchMemory(landed.pid)
  const [exported, copied, copiedPlain]: [Round[], Round[], Round[]] = [[], [], []]
  for (let round = 0; round < rounds; round++) {
    exported.push(await download(url))
    copied.push(await copy(app, exact))
    copiedPlain.push(await copy(app, plain))
  }
  const { before, peak } = await memory.stop()

  const line = (name: string, measured: Round[]) => {
    const ms = median(measured.map((round) => round.ms))
    const megabytes = (measured[0] as Round).bytes / 1e6
    return [name, milliseconds(ms), `${megabytes.toFixed(0)} MB`, `${((megabytes / ms) * 1000).toFixed(0)} MB/s`]
  }
  printTable(`${rows} jobs as ${format}, ${rounds} rounds in turn, medians`, [
    ['', 'time', 'size', 'rate'],
    line('GET /exports/jobs', exported),
    line('limit: COPY of the same query', copied),
    line('COPY of the bare columns', copiedPlain),
  ])
  const ratios = exported.map((round, at) => (copied[at] as Round).ms / round.ms)
  const shown = ratios.map(percent).join(', ')
  judge('at least 70 % of the limit', median(ratios) >= 0.7, `${percent(median(ratios))} (rounds: ${shown})`)
  const firstBytes = exported.map((round) => round.firstByteMs)
  const slowest = milliseconds(Math.max(...firstBytes))
  judge('first byte within 200 ms', median(firstBytes) <= 200, `${milliseconds(median(firstBytes))}, ${slowest} at most`)
  const growth = (peak - before) / 1024
  judge('memory grows by 50 MB at most', growth <= 50, `${growth.toFixed(0)} MB (from ${(before / 1024).toFixed(0)} MB)`)
}

const median = (values: readonly number[]) => quantile(values, 0.5)
const percent = (ratio: number) => `${(ratio * 100).toFixed(0)} %`

/** `exact` is what the server sends; `plain` has the columns as they stand, without guard and wire formats. */
async function statements(app: App, format: DataFormat): Promise<{ exact: string; plain: string }> {
  const columns = wholeRecord.jobs[format].map((name): Columns[number] => [name, jobFields[name]!])
  const selection = await selectJobs(app, app.localUser, {}, '-created_at')
  const exact = format === 'csv' ? csvRows(columns, selection) : jsonRows(columns, selection)
  const rowsOf = `select ${columns.map(([name]) => name).join(', ')} ${/ from jobs where .* desc/s.exec(exact)?.[0]}`
  const plain =
    format === 'csv' ? `copy (${rowsOf}) to stdout (format csv)` : `copy (select row_to_json(item) from (${rowsOf}) as item) to stdout`
  return { exact, plain }
}

export async function download(url: string): Promise<Round> {
  const started = performance.now()
  const response = await new Promise<IncomingMessage>((resolve, reject) => get(url, { agent: false }, resolve).on('error', reject))
  if (response.statusCode !== 200) throw new Error(`${url} answered ${response.statusCode}`)
  let bytes = 0
  let firstByteMs = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    firstByteMs ||= performance.now() - started
    bytes += chunk.length
  }
  return { ms: performance.now() - started, bytes, firstByteMs }
}

/** Takes what PostgreSQL sends and does nothing with it. */
class Drain implements pg.Submittable {
  bytes = 0
  readonly done = Promise.withResolvers<void>()
  readonly #statement: string
  constructor(statement: string) {
    this.#statement = statement
  }
  submit(connection: pg.Connection): void {
    connection.query(this.#statement)
  }
  handleCopyData({ chunk }: { chunk: Buffer }): void {
    this.bytes += chunk.length
  }
  handleCommandComplete(): void {}
  handleReadyForQuery(): void {
    this.done.resolve()
  }
  handleError(error: Error): void {
    this.done.reject(error)
  }
}

export async function copy(app: App, statement: string): Promise<Round> {
  const client = await app.streams.connect()
  const started = performance.now()
  const drain = client.query(new Drain(statement))
  await drain.done.promise
  client.release()
  return { ms: performance.now() - started, bytes: drain.bytes, firstByteMs: 0 }
}

/** The resident memory of a process in kB, before and at its highest. */
export function watchMemory(pid: number): { stop(): Promise<{ before: number; peak: number }> } {
  // A server that is gone has ended for a reason that is told elsewhere.
  const resident = () =>
    promisify(execFile)('ps', ['-o', 'rss=', '-p', `${pid}`]).then(
      ({ stdout }) => Number(stdout),
      () => 0,
    )
  let watching = true
  const watched = (async () => {
    const before = await resident()
    let peak = before
    while (watching) {
      peak = Math.max(peak, await resident())
      await sleep(100)
    }
    return { before, peak }
  })()
  return {
    stop: () => {
      watching = false
      return watched
    },
  }
}
