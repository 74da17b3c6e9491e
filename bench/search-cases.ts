import { sql } from 'kysely'
import type { JobFilter } from '../contract/jobs.ts'
import { JobSort } from '../contract/jobs.ts'
import type { OpenApp } from '../server/app.ts'
import { writeCursor } from '../server/database/keyset.ts'
import { selectJobs } from '../server/features/jobs/jobs.ts'

export type SearchCase = { name: string; path: string }

/** What is asked for, with words as frequent in these jobs as each case says. `jobs`: how many the person has. */
export async function searchCases(app: OpenApp, jobs: number): Promise<SearchCase[]> {
  const wordIn = async (share: number) => {
    const { rows } = await app.pool.query<{ word: string }>(
      'select word from search_words where user_id = $1 and length(word) > 4 order by abs(jobs - $2), word limit 1',
      [app.localUser.id, Math.max(1, Math.round(share * jobs))],
    )
    return rows[0]?.word ?? ''
  }
  const [rare, uncommon, middling, common] = [await wordIn(20 / 1_000_000), await wordIn(0.004), await wordIn(0.06), await wordIn(0.3)]
  const list = (name: string, query: object) => ({ name, path: `/api/v1/jobs?${parametersOf({ limit: 50, ...query })}` })
  const text = (name: string, q: string, more: object = {}) => list(name, { q, sort: 'relevance', highlight: true, ...more })
  const four: JobFilter = { status: ['archived'], remote_option: ['remote'], job_type: ['contract'], salary_currency: ['EUR'] }
  const three: JobFilter = { status: ['open'], remote_option: ['remote'], salary_min: 90_000 }
  const cases = [
    list('the list as it opens', {}),
    text('a rare word', `${rare} `),
    text('a word in 0.4 %', `${uncommon} `),
    text('a word in 6 %', `${middling} `),
    text('a word in 30 %', `${common} `),
    text('a word in all', 'the '),
    text('no hit', 'qqzzxx '),
    text('a phrase', '"platform team"'),
    text('a beginning', common.slice(0, 4)),
    text('a mistyped word', `${common.slice(0, 2)}${common[3]}${common[2]}${common.slice(4)} `),
    text('words, one left out, one of two', `${common} -${middling} ${uncommon} or ${rare} `),
    list('four filters', four),
    text('a word in 30 % and three filters', `${common} `, three),
    text('a rare word and three filters', `${rare} `, three),
    list('a skill and a range of days', { tech_stack: ['C++'], posted_from: '2026-06-01', posted_to: '2026-06-30' }),
  ]
  for (const sort of JobSort.options) {
    if (sort.endsWith('relevance')) continue
    cases.push(list(`sort=${sort}`, { sort }))
    if (jobs > 1_000) cases.push(list(`sort=${sort}, after ${jobs / 2} rows`, { sort, cursor: await cursorAt(app, {}, sort, jobs / 2) }))
  }
  for (const sort of ['-created_at', 'company', '-salary', '-match_score'] as const) {
    for (const [name, word] of [
      ['0.4 %', uncommon],
      ['6 %', middling],
      ['30 %', common],
    ] as const) // prettier-ignore
      cases.push(text(`a word in ${name}, sort=${sort}`, `${word} `, { sort }))
  }
  if (jobs > 1_000) {
    const deep = { q: `${common} ` }
    const cursor = await cursorAt(app, deep, '-created_at', Math.round(jobs * 0.1))
    cases.push(text(`a word in 30 %, after ${Math.round(jobs * 0.1)} hits`, deep.q, { sort: '-created_at', cursor }))
  }
  for (const q of ['', 's', 'sen', 'platform', 'zzz', common.slice(0, 3)]) {
    cases.push({ name: `suggestions for "${q}"`, path: `/api/v1/search/suggest?${parametersOf({ q })}` })
  }
  return cases
}

function parametersOf(query: object): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) for (const one of [value].flat()) parameters.append(name, String(one))
  return parameters.toString()
}

/** The cursor that walking so far would have given. */
async function cursorAt(app: OpenApp, filter: JobFilter, sort: JobSort, rows: number): Promise<string> {
  const { from, where, id, sort: key } = await selectJobs(app, app.localUser, filter, sort)
  const direction = key.descending ? sql`desc` : sql`asc`
  const place = await app.db.transaction().execute(async (db) => {
    await sql`set local statement_timeout = 0`.execute(db)
    const found = await sql<{ value: string | number | null; id: string }>`
      select ${key.expression} as value, ${id} as id from ${from} where ${where}
      order by ${key.expression} ${direction} nulls last, ${id} ${direction} offset ${rows} limit 1`.execute(db)
    return found.rows[0]!
  })
  return writeCursor(place, [app.localUser.id, 'jobs', filter, sort])
}
