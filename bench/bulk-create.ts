/** Promise: 10,000 jobs in one request at 40 % of the rate of COPY of the same rows into the same table. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { v7 as uuidv7 } from 'uuid'
import type { OpenApp } from '../server/app.ts'
import { CopyIn } from './copy-in.ts'
import { type BulkBench, cleanUp, openBulkBench, timeStatement } from './measure-bulk.ts'
import { judge, milliseconds, printTable, quantile } from './print-table.ts'
import { sampleJobs } from './sample-jobs.ts'

const count = 10_000
const rounds = 5
const percent = (ratio: number) => `${(ratio * 100).toFixed(0)} %`

type NewJob = Record<string, unknown>

/** The rows as the app stores them, from a file, as `\copy` does it. */
async function copy(app: OpenApp, folder: string, jobs: readonly NewJob[]): Promise<number> {
  const now = new Date().toISOString()
  const names = Object.keys(jobs[0] as NewJob)
  const cell = (value: unknown) => (Array.isArray(value) ? `{${value.map((one) => `"${one}"`).join(',')}}` : String(value))
  const path = join(folder, 'jobs.copy')
  writeFileSync(
    path,
    jobs.map((job) => `${[app.localUser.id, uuidv7(), now, now, ...names.map((name) => cell(job[name]))].join('\t')}\n`).join(''),
  )
  const client = await app.streams.connect()
  try {
    const began = performance.now()
    await client.query(new CopyIn(`copy jobs (user_id, id, created_at, updated_at, ${names.join(', ')}) from stdin`, path)).done
    return performance.now() - began
  } finally {
    client.release()
  }
}

async function empty(app: OpenApp): Promise<void> {
  await timeStatement(app, 'truncate jobs, bulk_changes, bulk_before_images cascade')
  await cleanUp(app)
}

async function measure(bench: BulkBench, name: string, jobs: readonly NewJob[]): Promise<void> {
  const body = JSON.stringify({ jobs })
  await bench.post('/jobs/bulk-create', JSON.stringify({ jobs: jobs.slice(0, 500) }))
  await empty(bench.app)
  const seen: { copyMs: number; bulkMs: number; blockMs: number }[] = []
  for (let round = 0; round < rounds; round++) {
    const copyMs = await copy(bench.app, bench.folder, jobs)
    await empty(bench.app)
    await bench.longestBlock()
    const { took } = await bench.post('/jobs/bulk-create', body)
    seen.push({ copyMs, bulkMs: took, blockMs: await bench.longestBlock() })
    await empty(bench.app)
  }
  const median = (of: (round: (typeof seen)[number]) => number) => quantile(seen.map(of), 0.5)
  const line = (what: string, ms: number) => [what, milliseconds(ms), `${Math.round((count / ms) * 1000)} rows/s`]
  printTable(`${count} ${name} (${(body.length / 1024 / 1024).toFixed(1)} MB), ${rounds} rounds in turn, medians`, [
    ['', 'time', 'rate'],
    line(
      'one request',
      median(({ bulkMs }) => bulkMs),
    ),
    line(
      'limit: COPY of the same rows into the same table',
      median(({ copyMs }) => copyMs),
    ),
  ])
  const ratios = seen.map(({ copyMs, bulkMs }) => copyMs / bulkMs)
  judge(
    'at least 40 % of the rate of COPY',
    quantile(ratios, 0.5) >= 0.4,
    `${percent(quantile(ratios, 0.5))} (rounds: ${ratios.map(percent).join(', ')})`,
  )
  const blocks = seen.map(({ blockMs }) => blockMs)
  judge(
    'the event loop is never blocked for more than 100 ms',
    quantile(blocks, 0.5) <= 100,
    `${blocks.map((ms) => ms.toFixed(0)).join(', ')} ms (${idleMs.toFixed(0)} ms with nothing to do)`,
  )
}

await using bench = await openBulkBench()
await bench.longestBlock()
await sleep(5_000)
// On a machine that does other things too, even a loop with nothing to do stands still at times.
const idleMs = await bench.longestBlock()
const nextJob = sampleJobs(count)
const postings = Array.from({ length: count }, nextJob)
await measure(bench, 'postings of 2 kB', postings)
await measure(
  bench,
  'jobs of a few words',
  postings.map(({ company, title, location, tech_stack, source }) => ({ company, title, location, tech_stack, source })),
)
