import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import type { JobInput } from '../../../contract/jobs.ts'
import { matchWeights } from '../../../contract/matches.ts'
import type { ProfileInput } from '../../../contract/profile.ts'
import { asFile, downloadBackup } from '../../../testing/backup-archives.ts'
import { accountsOn, makePerson, type Person } from '../../../testing/people.ts'
import { useTestApp } from '../../../testing/test-app.ts'

const server = useTestApp(accountsOn)

let t: Person
let people = 0
beforeEach(async () => {
  t = await makePerson(server, `person${people++}@example.com`)
})

const profile = {
  skills: ['JavaScript', 'C++', 'postgres', '.NET'].map((name) => ({ name })),
  preferred_locations: ['Lisbon'],
  remote_preference: 'remote',
  job_types: ['full_time'],
  desired_salary_min: 60_000,
  salary_currency: 'EUR',
  experience_level: 'senior',
  years_experience: 6,
} as const
const fitting: Partial<JobInput> = {
  title: 'Senior Engineer',
  location: 'Lisbon, Portugal',
  remote_option: 'hybrid',
  job_type: 'full_time',
  tech_stack: ['JS', 'c++', 'PostgreSQL', 'dotnet'],
  salary_max: 5_500,
  salary_period: 'month',
  salary_currency: 'EUR',
}
const set = (said: object) => t.client.profile.replace({ body: said })
const add = (said: Partial<JobInput> = {}) => t.client.jobs.create({ body: { company: 'Northwind', title: 'Engineer', ...said } })
const job = (id: string) => t.client.jobs.get({ params: { id } })
const match = (id: string) => t.client.matches.get({ params: { id } })
const scores = async () =>
  (await t.client.jobs.list({ query: { sort: 'created_at', limit: 200 } })).items.map(({ match_score }) => match_score)

test('the score is there when the job is, with its reasons in words and as data', async () => {
  await set(profile)
  const made = await add(fitting)
  // Everything but the half that hybrid has of remote.
  expect(made.match_score).toBe(93)
  const { score, parts } = await match(made.id)
  expect(score).toBe(93)
  expect(parts.map(({ kind, score }) => [kind, score])).toEqual([
    ['skills', 100],
    ['place', 100],
    ['remote', 50],
    ['job_type', 100],
    ['salary', 100],
    ['experience', 100],
  ])
  expect(parts[0]).toMatchObject({ weight: 40, data: { have: ['JS', 'c++', 'PostgreSQL', 'dotnet'], missing: [] } })
  expect(parts.map(({ words }) => words)).toEqual([
    '4 of 4 skills: JS, c++, PostgreSQL and dotnet',
    'In Lisbon, Portugal, as you like it',
    'Hybrid; you prefer remote',
    'Full-time, as you like it',
    'Up to 66,000 EUR a year, as you want it',
    'Your experience is what it asks for',
  ])
})

test.each<[string, Partial<JobInput>, string, number | null, string]>([
  ['a spelling of one skill twice counts once', { tech_stack: ['js', 'JavaScript', 'Go'] }, 'skills', 50, '1 of 2 skills: js; not Go'],
  ['C is not C++', { tech_stack: ['C', 'C#'] }, 'skills', 0, '0 of 2 skills; not C and C#'],
  ['a place is whole words', { location: 'Lisbonne' }, 'place', 0, 'In Lisbonne'],
  [
    'another currency is not compared',
    { salary_max: 90_000, salary_currency: 'USD' },
    'salary',
    null,
    'It pays in USD, which is not held against your EUR',
  ],
  ['pay below', { salary_max: 45_000, salary_currency: 'EUR' }, 'salary', 50, 'Up to 45,000 EUR a year; you want 60,000'],
  ['a level beside yours', { title: 'Lead Engineer' }, 'experience', 50, 'Your experience is close to what it asks for'],
  ['years', { requirements: 'At least 12+ years of work' }, 'experience', 50, 'Your experience is close to what it asks for'],
  ['nothing said', { title: 'Engineer' }, 'experience', null, 'The job does not say what experience it asks for'],
])('%s', async (_, said, kind, score, words) => {
  await set(profile)
  const { parts } = await match((await add(said)).id)
  expect(parts.find((part) => part.kind === kind)).toMatchObject({ score, words })
})

test('without a wish there is no score, nor where the job says nothing of what is wished for', async () => {
  const before = await add(fitting)
  expect(before.match_score).toBeNull()
  expect(await match(before.id)).toEqual({ score: null, parts: [] })
  await set({ skills: [{ name: 'Go' }] })
  const silent = await add()
  expect(silent.match_score).toBeNull()
  expect((await match(silent.id)).parts).toMatchObject([{ kind: 'skills', score: null, words: 'The job names no skills' }])
  // From afar any place will do.
  await set({ preferred_locations: ['Porto'] })
  expect((await match((await add({ location: 'Berlin', remote_option: 'remote' })).id)).parts).toEqual([])
})

test('every way to write a job scores it, and the version stays when the profile changes', async () => {
  await set(profile)
  const { id } = await add()
  expect(await t.client.jobs.update({ params: { id }, body: { tech_stack: ['C++'] } })).toMatchObject({
    match_score: expect.any(Number),
    version: 2,
  })
  const bulk = { mode: 'atomic', dry_run: false } as const
  await t.client.bulk.createJobs({ body: { jobs: [{ company: 'A', title: 'B', tech_stack: ['js'] }], ...bulk } })
  await t.client.bulk.updateJobs({ body: { ids: [id], changes: { tech_stack: ['Cobol'] }, ...bulk } })
  await t.client.imports.create({ file: new Blob(['company,title,skills\nC,D,"js, cobol"\n']), body: {} })
  const found = (await t.client.jobs.list({ query: { sort: 'created_at' } })).items
  const shares = await Promise.all(found.map(async ({ id }) => (await match(id)).parts.find(({ kind }) => kind === 'skills')?.score))
  expect(shares).toEqual([0, 100, 50])
  expect(found.map(({ match_score }) => match_score)).toEqual(await Promise.all(found.map(async ({ id }) => (await match(id)).score)))

  await set({ skills: [{ name: 'COBOL' }] })
  expect(await scores()).toEqual([100, 0, 50])
  expect((await job(id)).version).toBe(3)
  await set({})
  expect(await scores()).toEqual([null, null, null])
})

test('many jobs are held against a new profile in the background; a list that was kept is never stale', async () => {
  const jobs = Array.from({ length: 2_500 }, (_, n) => ({ company: 'A', title: `Job ${n}`, tech_stack: [n % 2 ? 'Go' : 'Rust'] }))
  await t.client.bulk.createJobs({ body: { jobs } })
  expect((await t.client.jobs.list({ query: { limit: 1 } })).items[0]?.match_score).toBeNull()
  await set({ skills: [{ name: 'golang' }] })
  await expect
    .poll(async () => (await t.client.jobs.list({ query: { sort: '-match_score', limit: 200, q: 'job' } })).items[199]?.match_score, {
      timeout: 30_000,
    })
    .toBe(100)
  const settled = () => server.app.pool.query('select 1 from stale_matches')
  await expect.poll(async () => (await settled()).rows.length, { timeout: 30_000 }).toBe(0)
  const { rows } = await server.app.pool.query('select match_score, count(*) as n from jobs where user_id = $1 group by 1 order by 1', [
    (await t.client.account.me()).id,
  ])
  expect(rows).toEqual([
    { match_score: 0, n: 1_250 },
    { match_score: 100, n: 1_250 },
  ])
})

test('a job that is being written while the profile changes is held against the new one in the end', async () => {
  await set({ skills: [{ name: 'Go' }] })
  const writer = await server.app.pool.connect()
  const user = (await t.client.account.me()).id
  try {
    await writer.query('begin')
    await writer.query(
      `insert into jobs (user_id, id, company, title, tech_stack, created_at, updated_at) values ($1, gen_random_uuid(), 'A', 'B', '{Rust}', now(), now())`,
      [user],
    )
    await set({ skills: [{ name: 'Rust' }] })
    await writer.query('commit')
  } finally {
    writer.release()
  }
  await expect.poll(scores, { timeout: 20_000 }).toEqual([100])
})

test('scores come back with a backup, and are right where the profile is another', async () => {
  await set(profile)
  const { id, match_score } = await add(fitting)
  const archive = await downloadBackup(t)
  await t.client.jobs.delete({ params: { id }, query: { permanent: true } })
  const other = await makePerson(server, `other${people}@example.com`)
  await other.client.profile.replace({ body: { skills: [{ name: 'Cobol' }] } })
  await other.client.jobs.create({ body: { company: 'Here', title: 'Before' } })
  await other.client.backups.restore({ file: asFile(archive) })
  // The profile that is here is newer, so it stays.
  await expect.poll(async () => (await other.client.jobs.get({ params: { id } })).match_score, { timeout: 20_000 }).toBe(0)
  await t.client.backups.restore({ file: asFile(archive) })
  expect((await job(id)).match_score).toBe(match_score)
})

test('a match is of one’s own profile and one’s own job', async () => {
  await set(profile)
  const { id } = await add(fitting)
  const other = await makePerson(server, `stranger${people}@example.com`)
  expect((await other.send('GET', `/api/v1/jobs/${id}/match`)).status).toBe(404)
  await other.client.profile.replace({ body: { skills: [{ name: 'Cobol' }] } })
  expect((await job(id)).match_score).toBe(93)
})

test('what fits more never scores less', async () => {
  const skills = ['Go', 'Rust', 'JS', 'C++']
  const orNone = <T>(...values: T[]) => fc.option(fc.constantFrom(...values), { nil: null })
  const wish = fc.record({
    skills: fc.uniqueArray(fc.constantFrom(...skills)).map((names) => names.map((name) => ({ name }))),
    preferred_locations: fc.uniqueArray(fc.constantFrom('Lisbon', 'Porto')),
    remote_preference: orNone('remote', 'hybrid', 'onsite'),
    job_types: fc.uniqueArray(fc.constantFrom('full_time', 'contract')),
    desired_salary_min: orNone(0, 50_000),
    salary_currency: orNone('EUR', 'USD'),
    experience_level: orNone('entry', 'senior'),
    years_experience: orNone(0, 5),
  }) as fc.Arbitrary<ProfileInput>
  const offer = fc.record({
    title: fc.constantFrom('Engineer', 'Senior Engineer', 'Intern'),
    location: orNone('Lisbon', 'Berlin'),
    remote_option: orNone('hybrid', 'onsite'),
    job_type: orNone('full_time', 'contract', 'internship'),
    tech_stack: fc.uniqueArray(fc.constantFrom(...skills, 'Cobol')),
    salary_max: orNone(20_000, 49_000, 80_000),
    salary_currency: orNone('EUR', 'USD'),
    requirements: orNone('3 years', '10+ years'),
  }) as fc.Arbitrary<Partial<JobInput>>
  const scoreOf = async (said: Partial<JobInput>) => {
    const { id, match_score } = await add(said)
    const { parts } = await match(id)
    const total = parts.reduce((sum, { weight }) => sum + weight, 0)
    expect(parts.every(({ kind, weight }) => matchWeights[kind] === weight)).toBe(true)
    if (parts.every(({ score }) => score === null)) expect(match_score).toBeNull()
    else {
      const sum = parts.reduce((sum, { weight, score }) => sum + weight * (score ?? 50), 0)
      expect(Math.abs((match_score as number) - sum / total)).toBeLessThanOrEqual(1)
    }
    return match_score ?? 50
  }
  await fc.assert(
    fc.asyncProperty(wish, offer, async (wish, offer) => {
      await set(wish)
      const score = await scoreOf(offer)
      const better: Partial<JobInput>[] = []
      if (wish.skills.length > 0) better.push({ tech_stack: wish.skills.map(({ name }) => name) })
      if (wish.preferred_locations[0]) better.push({ location: `${wish.preferred_locations[0]}, Portugal` })
      if (wish.job_types[0] && offer.job_type !== 'internship') better.push({ job_type: wish.job_types[0] })
      if (wish.salary_currency) better.push({ salary_max: 80_000, salary_currency: wish.salary_currency })
      for (const more of better) expect(await scoreOf({ ...offer, ...more })).toBeGreaterThanOrEqual(score)
    }),
    { numRuns: 25, seed: 11 },
  )
})
