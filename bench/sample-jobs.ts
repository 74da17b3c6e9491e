import { v7 as uuidv7 } from 'uuid'
import type { App } from '../server/app.ts'

const words =
  'platform team product customers data search tables maps reliable release design review feature users payment forms ship week remote office support measure quality library screen mobile backend service plan write explain learn harbour clinic library school river energy music print archive'.split(
    ' ',
  )
const companies = ['Marulho', 'Quillstone', 'Hafenlicht', 'Papermoth', 'Velotram', 'Ninevane', 'Tallyhouse', 'Kvarnsten']
const titles = ['Platform Engineer', 'Frontend Engineer', 'Product Engineer', 'Data Engineer', 'Designer', 'Support Engineer']
const skills = ['TypeScript', 'React', 'PostgreSQL', 'Go', 'Rust', 'Python', 'Vue', 'Docker', 'C++', 'Kotlin']

/** The same numbers on every run: a linear congruential generator. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

export type SampleJob = ReturnType<ReturnType<typeof sampleJobs>>

/** Makes jobs of about 2 kB each, as postings are. */
export function sampleJobs(seed: number) {
  const next = numbers(seed)
  const pick = <const T extends string>(from: readonly T[]) => from[next(from.length)] as T
  const text = (length: number) => Array.from({ length }, () => pick(words)).join(' ')
  return () => ({
    company: `${pick(companies)} ${next(400)}`,
    title: pick(titles),
    location: 'Lisbon, Portugal',
    remote_option: pick(['onsite', 'hybrid', 'remote']),
    description: text(200),
    requirements: text(40),
    responsibilities: text(40),
    salary_min: 40_000 + next(30) * 1_000,
    salary_max: 70_000 + next(30) * 1_000,
    salary_currency: 'EUR',
    salary_period: 'year' as const,
    tech_stack: [...new Set([pick(skills), pick(skills), pick(skills)])],
    tags: [],
    source: 'Referral',
    status: 'open' as const,
    priority: next(6),
  })
}

/** Written straight into the table. */
export async function fillJobs(app: App, userId: string, count: number): Promise<void> {
  const nextJob = sampleJobs(count)
  const start = Date.now() - count * 60_000
  for (let from = 0; from < count; from += 1_000) {
    const rows = Array.from({ length: Math.min(1_000, count - from) }, (_, at) => ({
      user_id: userId,
      id: uuidv7(),
      ...nextJob(),
      version: 1,
      created_at: new Date(start + (from + at) * 60_000).toISOString(),
      updated_at: new Date(start + (from + at) * 60_000).toISOString(),
    }))
    const columns = Object.keys(rows[0] as object).join(', ')
    await app.pool.query(`insert into jobs (${columns}) select ${columns} from jsonb_populate_recordset(null::jobs, $1)`, [
      JSON.stringify(rows),
    ])
  }
}

/** The user of the bench with `count` jobs, beside `others` other users with 250 each. */
export async function fillAccount(app: App, count: number, others: number): Promise<void> {
  await fillJobs(app, app.localUser.id, count)
  for (let at = 0; at < others; at++) {
    const id = uuidv7()
    await app.pool.query('insert into users (id, created_at) values ($1, now())', [id])
    await fillJobs(app, id, 250)
  }
  await app.pool.query('vacuum (analyze) jobs')
}
