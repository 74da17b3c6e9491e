import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadPostings } from '../../../bench/search-account.ts'
import type { JobFilter, JobSort } from '../../../contract/jobs.ts'
import { useTestApp } from '../../../testing/test-app.ts'
import { orderOf } from '../../database/keyset.ts'
import { selectJobs } from './jobs.ts'

/** In a list too long to be looked up at once, every way to a page finds what reading the whole table finds, in the same order. */

const t = useTestApp()
const jobs = 16_000
const page = 200
const pages = 4
let folder = ''
/** Words that few, some and nearly all jobs have. */
let words: string[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'landed-long-'))
  await loadPostings(t.app, folder, jobs, 10, 400)
  const { pool, localUser } = t.app
  // Thousands of one moment, as after an import: the newest but a hundred, and some in the middle.
  await pool.query(
    `update jobs set created_at = moved.created_at from (
       select id, case when at between 100 and 2999 then timestamptz '2026-11-19T20:00Z' else timestamptz '2026-11-12T20:00Z' end as created_at
       from (select id, row_number() over (order by created_at desc) as at from jobs where user_id = $1) as numbered
       where at between 100 and 2999 or at between 9000 and 12000
     ) as moved where jobs.user_id = $1 and jobs.id = moved.id`,
    [localUser.id],
  )
  await pool.query(`update jobs set deleted_at = created_at where user_id = $1 and hashtext(id::text) % 50 = 0`, [localUser.id])
  await pool.query('vacuum analyze jobs')
  const { rows } = await pool.query<{ word: string }>(
    `select word from unnest(array[1, 5, 40, 200, 1000, 3000, 8000, 24000]) as wanted, lateral (
       select word from search_words where user_id = $1 and length(word) > 3 order by abs(jobs - wanted), word limit 2) as found`,
    [localUser.id],
  )
  words = [...new Set(rows.map(({ word }) => word))]
  expect(words.length).toBeGreaterThan(10)
}, 120_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Read from end to end, and sorted. */
async function expected(filter: JobFilter, sort: JobSort): Promise<string[]> {
  const list = await selectJobs(t.app, t.app.localUser, filter, sort)
  return t.app.db.transaction().execute(async (db) => {
    await sql`set local enable_indexscan = off; set local enable_bitmapscan = off; set local enable_indexonlyscan = off`.execute(db)
    const { rows } = await sql<{
      id: string
    }>`select ${list.id} as id from ${list.from} where ${list.where} order by ${orderOf(list)}`.execute(db)
    return rows.map(({ id }) => id)
  })
}

async function expectRight(filter: JobFilter, sort: JobSort): Promise<number> {
  const all = await expected(filter, sort)
  const most = filter.q === undefined ? 10_000 : 1_000
  const said = JSON.stringify({ ...filter, sort })
  let cursor: string | undefined
  for (let at = 0; at < pages; at++) {
    const found = await t.client.jobs.list({ query: { ...filter, sort, limit: page, ...(cursor === undefined ? {} : { cursor }) } })
    expect(
      found.items.map(({ id }) => id),
      `${said}, page ${at}`,
    ).toEqual(all.slice(at * page, (at + 1) * page))
    const total = all.length > most ? { value: most, relation: 'at_least' } : { value: all.length, relation: 'exact' }
    expect(found.total, `${said}, page ${at}`).toEqual(total)
    expect(found.next_cursor !== null, said).toBe(all.length > (at + 1) * page)
    if (found.next_cursor === null) break
    cursor = found.next_cursor
  }
  return all.length
}

const sorts = ['relevance', '-relevance', '-created_at', 'created_at', 'company', '-salary', 'match_score', '-posted_on'] as const
const oneOf = <T>(...values: T[]) => fc.constantFrom(...values)
const one: Partial<Record<keyof JobFilter, fc.Arbitrary<unknown>>> = {
  status: oneOf(['open'], ['archived']),
  remote_option: oneOf(['remote'], ['onsite', 'hybrid']),
  job_type: oneOf(['contract']),
  salary_currency: oneOf(['EUR']),
  tech_stack: oneOf(['C++'], ['Go', 'Rust']),
  company: oneOf(['Acme'], ['Group']),
  salary_min: oneOf(90_000, 400_000),
  posted_from: oneOf('2026-06-01', '2026-11-03', '2026-10-20'),
  posted_to: oneOf('2026-06-30', '2026-11-17', '2026-12-24'),
  created_from: oneOf('2026-11-05', '2026-11-19'),
  created_to: oneOf('2026-11-12', '2026-11-19'),
  has_application: oneOf(false),
}
const filters = fc
  .subarray(Object.keys(one) as (keyof JobFilter)[], { minLength: 1, maxLength: 3 })
  .chain((names) =>
    fc.record(Object.fromEntries(names.flatMap((name) => (one[name] ? [[name, one[name]]] : [])))),
  ) as fc.Arbitrary<JobFilter>

test('searched for, with words of any frequency, beginnings and phrases', async () => {
  const word = fc.nat().map((n) => words[n % words.length] as string)
  const typed = fc.oneof(
    word.map((one) => `${one} `),
    fc.tuple(word, fc.integer({ min: 1, max: 4 })).map(([one, letters]) => one.slice(0, letters)),
    fc.tuple(word, word).map(([one, other]) => `${one} or ${other} `),
    fc.tuple(word, word).map(([one, other]) => `${one} -${other} `),
    oneOf('"platform team"', '"software engineer"', 'senior engineer '),
  )
  const seen = { none: 0, few: 0, many: 0 }
  await fc.assert(
    fc.asyncProperty(typed, fc.oneof(fc.constant({}), filters), oneOf(...sorts), async (q, filter, sort) => {
      const n = await expectRight({ ...filter, q }, sort)
      seen[n === 0 ? 'none' : n <= page ? 'few' : 'many']++
    }),
    { numRuns: 110 },
  )
  for (const [how, times] of Object.entries(seen)) expect(times, how).toBeGreaterThan(0)
}, 120_000)

test('filtered without a search', async () => {
  let many = 0
  await fc.assert(
    fc.asyncProperty(filters, oneOf(...sorts), async (filter, sort) => {
      if ((await expectRight(filter, sort)) > page) many++
    }),
    { numRuns: 70 },
  )
  expect(many).toBeGreaterThan(0)
}, 120_000)
