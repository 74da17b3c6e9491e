import { createWriteStream } from 'node:fs'
import { chmod, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { v7 as uuidv7 } from 'uuid'
import type { OpenApp } from '../server/app.ts'
import { countAll } from '../server/features/search/counting.ts'
import { openApp } from './bench-server.ts'
import { CopyIn } from './copy-in.ts'
import { type SearchPosting, searchPostings } from './search-postings.ts'

const minute = 60_000
const ofOthers = 150

/**
 * A folder with one person's `jobs` jobs, a minute apart, beside `others` people with 150 each. What was loaded before into the same
 * folder is used again: a million take a while.
 */
export async function searchAccount(folder: string, jobs: number, others: number): Promise<{ folder: string; dataDir: string }> {
  const place = { folder, dataDir: join(folder, 'data') }
  // Root's PostgreSQL runs under another account, which must get through.
  await mkdir(place.dataDir, { recursive: true, mode: 0o711 })
  await chmod(folder, 0o711)
  await using app = await openApp(place.dataDir)
  const { rows } = await app.pool.query<{ n: number }>('select count(*) as n from jobs')
  if (rows[0]?.n === jobs + others * ofOthers) return place
  await app.pool.query('truncate jobs cascade')
  await loadPostings(app, folder, jobs, others)
  return place
}

/** The same into any database that has no jobs yet; `folder` is for a file on the way. Descriptions can be cut, in characters. */
export async function loadPostings(app: OpenApp, folder: string, jobs: number, others: number, longest = Infinity): Promise<void> {
  await withoutIndexes(app, async () => {
    await copyJobs(app, folder, app.localUser.id, jobs, 1, longest)
    for (let at = 0; at < others; at++) {
      const id = uuidv7()
      await app.pool.query('insert into users (id, created_at) values ($1, now())', [id])
      await copyJobs(app, folder, id, ofOthers, 2 + at, longest)
    }
  })
  await countAll(app)
  await patiently(app, ['vacuum (analyze) jobs', 'vacuum (analyze) search_terms', 'vacuum (analyze) search_words'])
}

/** Indexes are made afterwards, and words counted at once. */
async function withoutIndexes(app: OpenApp, load: () => Promise<void>): Promise<void> {
  const { rows } = await app.pool.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
     where indrelid = 'jobs'::regclass and not indisprimary`,
  )
  await patiently(app, [...rows.map(({ name }) => `drop index ${name}`), 'alter table jobs disable trigger user'])
  await load()
  await patiently(app, [
    'alter table jobs enable trigger user',
    "set maintenance_work_mem = '1GB'",
    ...rows.map(({ definition }) => definition),
    `insert into search_changes (user_id, job_id, change, live, company, title, location, tech_stack)
     select user_id, id, 1, true, company, title, location, tech_stack from jobs`,
  ])
}

async function patiently(app: OpenApp, statements: readonly string[]): Promise<void> {
  const client = await app.pool.connect()
  try {
    await client.query('set statement_timeout = 0')
    for (const statement of statements) await client.query(statement)
  } finally {
    // Its settings go with it.
    client.release(true)
  }
}

const columns = [
  'company',
  'title',
  'location',
  'remote_option',
  'job_type',
  'description',
  'salary_min',
  'salary_max',
  'salary_currency',
  'salary_period',
  'tech_stack',
  'tags',
  'url',
  'source',
  'status',
  'priority',
  'notes',
  'posted_on',
  'deadline_on',
  'match_score',
] as const satisfies (keyof SearchPosting)[] // prettier-ignore

async function copyJobs(app: OpenApp, folder: string, userId: string, count: number, seed: number, longest: number): Promise<void> {
  const path = join(folder, 'jobs.copy')
  const start = Date.UTC(2026, 10, 20) - count * minute
  const cell = (value: SearchPosting[keyof SearchPosting]) =>
    value === null ? '\\N' : Array.isArray(value) ? `{${value.map((word) => `"${word}"`).join(',')}}` : String(value).slice(0, longest)
  await pipeline(function* () {
    let at = 0
    for (const posting of searchPostings(count, seed)) {
      const created = start + at * minute
      const touched = created + ((at * 7_919) % 5_000) * minute
      const own = [userId, uuidv7({ msecs: created }), new Date(created).toISOString(), new Date(touched).toISOString()]
      yield `${[...own, ...columns.map((name) => cell(posting[name]))].join('\t')}\n`
      at++
    }
  }, createWriteStream(path))
  const client = await app.pool.connect()
  try {
    await client.query('set statement_timeout = 0')
    await client.query(new CopyIn(`copy jobs (user_id, id, created_at, updated_at, ${columns.join(', ')}) from stdin`, path)).done
  } finally {
    client.release(true)
    await rm(path)
  }
}
