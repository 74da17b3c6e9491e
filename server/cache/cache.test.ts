import pg from 'pg'
import { beforeEach, expect, test } from 'vitest'
import { lockTable } from '../../testing/lock-table.ts'
import { statementsOf } from '../../testing/statements.ts'
import { useTestApp } from '../../testing/test-app.ts'

/** Answers are given again as long as they are true, and not a moment longer. */

const t = useTestApp()
const hit = 'cache;desc=hit'
const miss = 'cache;desc=miss'

beforeEach(async () => {
  await t.app.pool.query('truncate jobs cascade')
})

const addJob = (company: string) => t.client.jobs.create({ body: { company, title: 'Engineer' } })
const companies = async () => (await t.client.jobs.list()).items.map((job) => job.company).toSorted()
const outcomeOf = async (path: string) => {
  const answer = await t.send('GET', `/api/v1${path}`)
  await answer.arrayBuffer()
  return answer.headers.get('server-timing')
}

/** Somebody at the same database who is none of ours. */
async function stranger() {
  const client = new pg.Client({ connectionString: t.app.config.databaseUrl as string })
  await client.connect()
  const insert = (company: string) =>
    client.query(
      `insert into jobs (user_id, id, company, title, created_at, updated_at) values ($1, gen_random_uuid(), $2, 'Engineer', now(), now())`,
      [t.app.localUser.id, company],
    )
  return { query: (text: string) => client.query(text), insert, [Symbol.asyncDispose]: () => client.end() }
}

test('the second answer is the first, byte for byte, and costs one statement', async () => {
  await addJob('Marulho')
  const read = async () => {
    const answer = await t.send('GET', '/api/v1/jobs?limit=50')
    const { date: _, 'x-request-id': __, 'server-timing': outcome, ...headers } = Object.fromEntries(answer.headers)
    return { outcome, headers, body: await answer.text() }
  }
  const first = await read()
  let again: typeof first | undefined
  const statements = await statementsOf(async () => {
    again = await read()
  })
  expect(first.outcome).toBe(miss)
  expect(again).toEqual({ ...first, outcome: hit })
  expect(first.headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'content-length': `${Buffer.byteLength(first.body)}`,
  })
  expect(statements).toHaveLength(1)
  const head = await t.send('HEAD', '/api/v1/jobs?limit=50')
  expect(head.headers.get('content-length')).toBe(first.headers['content-length'])
})

test('another query is another question, and each is counted', async () => {
  await addJob('Marulho')
  const before = { ...(t.app.cache.counts()['/jobs'] ?? { hit: 0, shared: 0, miss: 0 }) }
  const asked = ['/jobs', '/jobs?limit=2', '/jobs?sort=company', '/jobs?q=marulho', '/applications', '/profile']
  for (const path of asked) expect(await outcomeOf(path), path).toBe(miss)
  for (const path of asked) expect(await outcomeOf(path), path).toBe(hit)
  expect(t.app.cache.counts()['/jobs']).toEqual({ hit: before.hit + 4, shared: before.shared, miss: before.miss + 4 })
})

test('after any change of anything, nothing is taken from before', async () => {
  const job = await addJob('Marulho')
  const application = await t.client.applications.create({ body: { job_id: job.id } })
  const params = { id: application.id }
  const writes: [string, () => Promise<unknown>][] = [
    ['a job', () => t.client.jobs.update({ params: { id: job.id }, body: { notes: 'call' } })],
    ['settings', () => t.client.settings.update({ body: { timezone: 'Asia/Tokyo' } })],
    ['the profile', () => t.client.profile.update({ body: { headline: `${Math.random()}` } })],
    ['an application', () => t.client.applications.update({ params, body: { notes: 'sent' } })],
    ['an event', () => t.client.applications.addEvent({ params, body: { to_status: 'screening' } })],
    ['an interview', () => t.client.applications.addInterview({ params, body: { starts_at: '2990-01-02T08:00:00.000Z' } })],
    ['the trash', () => t.client.jobs.delete({ params: { id: job.id } })],
    ['a restore', () => t.client.jobs.restore({ params: { id: job.id } })],
    ['real deletion', () => t.client.jobs.delete({ params: { id: job.id }, query: { permanent: true } })],
  ]
  for (const [what, write] of writes) {
    for (const path of ['/jobs', '/applications', '/profile']) await outcomeOf(path)
    await write()
    for (const path of ['/jobs', '/applications', '/profile']) expect(await outcomeOf(path), `${path} after ${what}`).toBe(miss)
  }
})

test('what is refused changes nothing, and a refusal is not kept', async () => {
  await outcomeOf('/jobs')
  expect((await t.send('POST', '/api/v1/jobs', { body: { company: 'Marulho' } })).status).toBe(422)
  expect(await outcomeOf('/jobs')).toBe(hit)
  for (let at = 0; at < 2; at++) {
    const answer = await t.send('GET', '/api/v1/jobs?cursor=damaged')
    expect([answer.status, answer.headers.get('server-timing')]).toEqual([400, null])
  }
})

test('two hundred who ask at once share one load', async () => {
  await addJob('Marulho')
  const ofLoad = (sent: readonly string[]) => sent.filter((text) => /\bfrom jobs\b/.test(text)).length
  const alone = ofLoad(await statementsOf(() => t.client.jobs.list({ query: { limit: 7 } })))
  expect(alone).toBeGreaterThan(0)
  const shared = () => t.app.cache.counts()['/jobs']?.shared ?? 0
  const before = shared()
  const lock = await lockTable(t.app.config.databaseUrl as string, 'jobs', 'access exclusive')
  const statements = await statementsOf(async () => {
    const all = Promise.all(Array.from({ length: 200 }, async () => (await t.send('GET', '/api/v1/jobs?limit=8')).text()))
    while (shared() - before < 199) await new Promise((resolve) => setTimeout(resolve, 10))
    await lock.release()
    expect(new Set(await all).size).toBe(1)
  })
  expect(ofLoad(statements)).toBe(alone)
})

test('what was not committed when an answer was made is in the next one', async () => {
  await using other = await stranger()
  await other.query('begin')
  await other.insert('Later')
  expect(await companies()).toEqual([])
  expect(await outcomeOf('/jobs')).toBe(hit)
  await other.query('commit')
  expect(await companies()).toEqual(['Later'])
})

test('what commits while an answer is being made is in every answer to who asks after that', async () => {
  await using other = await stranger()
  const question = { userId: t.app.localUser.id, name: 'test', key: 'count', seconds: 60 }
  const count = async () => {
    const { rows } = await t.app.pool.query<{ n: number }>('select count(*)::int as n from jobs')
    return Buffer.from(String(rows[0]?.n))
  }
  const ask = async () => {
    const { json, outcome } = await t.app.cache.answer(question, async () => ({ json: await count() }))
    return [json.toString(), outcome]
  }
  const halfway = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  // Made of what was there before, and kept only when the change is long done.
  const slow = t.app.cache.answer(question, async () => {
    const json = await count()
    halfway.resolve()
    await goOn.promise
    return { json }
  })
  await halfway.promise
  await other.insert('Between')
  expect(await ask()).toEqual(['1', 'miss'])
  goOn.resolve()
  expect((await slow).json.toString()).toBe('0')
  expect(await ask()).toEqual(['1', 'miss'])
  expect(await ask()).toEqual(['1', 'hit'])

  // The other way round: the answer has the change already, though not its generation.
  await other.query('begin')
  await other.insert('Next')
  await t.app.cache.answer({ ...question, key: 'other' }, async () => {
    await other.query('commit')
    return { json: await count() }
  })
  const again = await t.app.cache.answer({ ...question, key: 'other' }, async () => ({ json: await count() }))
  expect([again.json.toString(), again.outcome]).toEqual(['2', 'miss'])
})

test('whoever asks while a long answer is made and nothing has changed waits for that one', async () => {
  const question = { userId: t.app.localUser.id, name: 'test', key: 'long', seconds: 60 }
  const goOn = Promise.withResolvers<void>()
  const load = async () => {
    await goOn.promise
    return { json: Buffer.from('1') }
  }
  const asked = [t.app.cache.answer(question, load), t.app.cache.answer(question, load)]
  while ((t.app.cache.counts()['test']?.shared ?? 0) === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  goOn.resolve()
  expect((await Promise.all(asked)).map(({ outcome }) => outcome).toSorted()).toEqual(['miss', 'shared'])
})

test('a load that fails is nobody else’s: the next one loads anew', async () => {
  const question = { userId: t.app.localUser.id, name: 'test', key: 'failing', seconds: 60 }
  await expect(t.app.cache.answer(question, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect((await t.app.cache.answer(question, async () => ({ json: Buffer.from('1') }))).outcome).toBe('miss')
})
