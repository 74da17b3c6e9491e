import { createWriteStream, openAsBlob } from 'node:fs'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { createClient } from '../client/client.ts'
import type { Import } from '../contract/imports.ts'
import { createApp, type OpenApp } from '../server/app.ts'
import { readConfig } from '../server/config.ts'
import { startServer } from '../server/server.ts'
import { asStarted, makeFolder } from './bench-server.ts'
import { CopyIn } from './copy-in.ts'
import { judge, milliseconds, printTable, quantile } from './print-table.ts'
import { type Posting, postings } from './sample-postings.ts'

type Stages = Record<'read_and_stage_ms' | 'match_ms' | 'write_ms' | 'note_rows_ms', number>

/** A server in this process, on a database of its own; `stages` has what the last import said of itself. */
export async function openBench() {
  const place = await makeFolder()
  const told: { stages: Stages | null } = { stages: null }
  const log = pino({ level: 'debug' }, { write: (line: string) => readStages(line, told) })
  const app = await createApp(readConfig({ DATA_DIR: place.dataDir, PORT: '0' }), { log })
  const server = await startServer(app)
  return {
    app,
    folder: place.folder,
    client: createClient({ baseUrl: server.url }),
    told,
    async [Symbol.asyncDispose]() {
      await server.stop()
      await app[Symbol.asyncDispose]()
      await place[Symbol.asyncDispose]()
    },
  }
}
type Bench = Awaited<ReturnType<typeof openBench>>

function readStages(line: string, told: { stages: Stages | null }): void {
  if (line.includes('"carried out an import"')) told.stages = JSON.parse(line) as Stages
}

/** Importing a file of postings beside COPY of the same rows into the same table with the same indexes, in turn. */
export async function measureImport({ rows, rounds, share }: { rows: number; rounds: number; share: number }): Promise<void> {
  asStarted()
  await using bench = await openBench()
  const { app } = bench
  const csv = await writeCsv(join(bench.folder, 'jobs.csv'), rows)
  await importFile(bench, await writeCsv(join(bench.folder, 'warm.csv'), 500))
  await empty(app)
  // On a machine that does other things too, even a loop with nothing to do stands still at times.
  const idle = watchProcess()
  await sleep(5_000)
  const idleBlockMs = idle.stop().longestBlockMs

  const seen: {
    copyMs: number
    importMs: number
    acceptedMs: number
    undoMs: number
    stages: Stages
    longestBlockMs: number
    grownMb: number
  }[] = []
  for (let round = 0; round < rounds; round++) {
    const copyMs = await copyRows(app, join(bench.folder, 'jobs.copy'), rows)
    await empty(app)
    const watch = watchProcess()
    const done = await importFile(bench, csv)
    const watched = watch.stop()
    const began = performance.now()
    await bench.client.imports.undo({ params: { id: done.id } })
    seen.push({ copyMs, ...done, undoMs: performance.now() - began, stages: bench.told.stages as Stages, ...watched })
    await empty(app)
  }

  const median = (of: (round: (typeof seen)[number]) => number) => quantile(seen.map(of), 0.5)
  const line = (name: string, ms: number) => [name, milliseconds(ms), `${Math.round((rows / ms) * 1000)} rows/s`]
  printTable(`${rows} postings from a CSV file, ${rounds} rounds in turn, medians`, [
    ['', 'time', 'rate'],
    line(
      'import, from the upload to the last row',
      median((round) => round.importMs),
    ),
    line(
      '  upload, encoding, header, dates and words',
      median((round) => round.acceptedMs),
    ),
    line(
      '  rows read, checked and staged',
      median((round) => round.stages.read_and_stage_ms),
    ),
    line(
      '  matched',
      median((round) => round.stages.match_ms),
    ),
    line(
      '  written',
      median((round) => round.stages.write_ms),
    ),
    line(
      '  noted for undo and the next import',
      median((round) => round.stages.note_rows_ms),
    ),
    line(
      'undone',
      median((round) => round.undoMs),
    ),
    line(
      'limit: COPY of the same rows into the same table',
      median((round) => round.copyMs),
    ),
  ])
  const ratios = seen.map((round) => round.copyMs / round.importMs)
  const ratio = quantile(ratios, 0.5)
  judge(
    `at least ${percent(share)} of the rows per second of COPY`,
    ratio >= share,
    `${percent(ratio)} (rounds: ${ratios.map(percent).join(', ')})`,
  )
  const grownMb = Math.max(...seen.map((round) => round.grownMb))
  judge('memory grows by 200 MB at most', grownMb <= 200, `${grownMb.toFixed(0)} MB`)
  const blockMs = Math.max(...seen.map((round) => round.longestBlockMs))
  judge(
    'the event loop is never blocked for more than 100 ms',
    blockMs <= 100,
    `${blockMs.toFixed(0)} ms at most (${idleBlockMs.toFixed(0)} ms with nothing to do)`,
  )
}

const percent = (ratio: number) => `${(ratio * 100).toFixed(0)} %`

async function importFile({ client }: Bench, path: string): Promise<Import & { importMs: number; acceptedMs: number }> {
  const began = performance.now()
  let one = await client.imports.create({ file: await openAsBlob(path), filename: 'jobs.csv' })
  const acceptedMs = performance.now() - began
  while (one.status === 'queued' || one.status === 'running') {
    await sleep(50)
    one = await client.imports.get({ params: { id: one.id } })
  }
  if (one.status !== 'completed' || one.created !== one.total) throw new Error(`the import ended as ${JSON.stringify(one)}`)
  return { ...one, importMs: performance.now() - began, acceptedMs }
}

export async function writeCsv(path: string, rows: number): Promise<string> {
  await pipeline(function* () {
    yield 'Title,Company,Location,Type,Level,YearsExp,Country,Skills\r\n'
    for (const one of postings(rows))
      yield `${one.title},${one.company},"${one.location}",Full Time,Experienced,3-5 Yrs of Exp,Portugal,${one.skills.join(' - ')}\r\n`
  }, createWriteStream(path))
  return path
}

/** The rows as the import would store them, from a file, as `\copy` does it. */
async function copyRows(app: OpenApp, path: string, rows: number): Promise<number> {
  const now = new Date().toISOString()
  const line = ({ title, company, location, skills }: Posting) =>
    [
      app.localUser.id,
      uuidv7(),
      company,
      title,
      location,
      'full_time',
      `{${skills.map((skill) => `"${skill}"`).join(',')}}`,
      now,
      now,
    ].join('\t')
  await pipeline(function* () {
    for (const one of postings(rows)) yield `${line(one)}\n`
  }, createWriteStream(path))
  const client = await app.pool.connect()
  try {
    await client.query('begin')
    await client.query('set local statement_timeout = 0')
    const began = performance.now()
    const columns = 'user_id, id, company, title, location, job_type, tech_stack, created_at, updated_at'
    await client.query(new CopyIn(`copy jobs (${columns}) from stdin`, path)).done
    await client.query('commit')
    return performance.now() - began
  } finally {
    client.release()
  }
}

async function empty(app: OpenApp): Promise<void> {
  await app.pool.query('truncate jobs, imports, import_rows cascade')
}

/** The longest the event loop stood still, and how far the memory of this process rose. */
function watchProcess() {
  globalThis.gc?.()
  const before = process.memoryUsage().rss
  let peak = before
  const look = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss)
  }, 50)
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  return {
    stop() {
      clearInterval(look)
      delay.disable()
      return { longestBlockMs: delay.max / 1e6, grownMb: (peak - before) / 1024 / 1024 }
    },
  }
}
