import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { PoolClient } from 'pg'
import { beforeAll, expect, test } from 'vitest'
import { useTestApp } from '../../../testing/test-app.ts'
import { startTypesetting, typesettingOf } from './pdf/typesetting.ts'

const t = useTestApp()

beforeAll(async () => {
  await t.client.jobs.create({ body: { company: 'Northwind', title: 'Engineer' } })
})

function ask() {
  const hangUp = new AbortController()
  const answer = fetch(`${t.url}/api/v1/exports/jobs?format=pdf`, { signal: hangUp.signal })
  // Who hangs up expects nothing.
  answer.catch(() => {})
  return { answer, hangUp: () => hangUp.abort() }
}
const state = () => typesettingOf(t.app)
const until = (check: () => boolean) => expect.poll(check, { timeout: 30_000, interval: 5 }).toBe(true)
const isIdle = () => !state().isBusy && state().waiting.size === 0

/** Nobody can read jobs while this runs, so the first turn lasts. */
async function whileTheFirstIsHeld(work: () => Promise<void>): Promise<void> {
  const holder: PoolClient = await t.app.pool.connect()
  try {
    await holder.query('begin; lock table jobs in access exclusive mode')
    await work()
  } finally {
    await holder.query('rollback')
    holder.release()
  }
}

/** A process that sets a report; the answer is still to come. */
async function askUntilUnderWay() {
  await until(isIdle)
  const asked = ask()
  await until(() => state().underWay !== null)
  return { ...asked, child: state().underWay! }
}

test('one at a time, the others in a row; beyond it one is told to come back; who hangs up gives the place away', async () => {
  const { limits } = state()
  const asked: ReturnType<typeof ask>[] = []
  await whileTheFirstIsHeld(async () => {
    asked.push(ask())
    await until(() => state().isBusy)
    for (let at = 0; at < limits.waiting; at++) asked.push(ask())
    await until(() => state().waiting.size === limits.waiting)
    const refused = await ask().answer
    expect([refused.status, await refused.json()]).toMatchObject([503, { code: 'overloaded' }])
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    for (const { hangUp } of asked.splice(2, limits.waiting - 1)) hangUp()
    await until(() => state().waiting.size === 1)
    expect(state().underWay).toBeNull()
  })
  for (const { answer } of asked) expect((await answer).status).toBe(200)
  await until(isIdle)
})

test('who hangs up while it is being set ends the process, and the next one has its turn', async () => {
  const { child, hangUp } = await askUntilUnderWay()
  hangUp()
  await until(() => child.signalCode !== null)
  expect(child.signalCode).toBe('SIGKILL')
  const next = await ask().answer
  expect([next.status, next.headers.get('content-type')]).toEqual([200, 'application/pdf'])
  await next.arrayBuffer()
})

test('the process knows nothing of how Landed was started', async () => {
  const { answer, child } = await askUntilUnderWay()
  const place = `/proc/${child.pid}/environ`
  if (existsSync(place)) expect(await readFile(place, 'utf8')).toBe('')
  expect(child.spawnargs.join(' ')).not.toContain(t.app.config.databaseUrl)
  expect((await answer).status).toBe(200)
})

test.each([
  ['timeoutMs', 1, 'took longer than 0.001 seconds'],
  ['memoryMb', 10, 'took more memory than it may'],
] as const)('beyond %s it is given up, and says what helps', async (limit, low, said) => {
  const { limits } = state()
  const usual = limits[limit]
  limits[limit] = low
  const given = await ask().answer
  limits[limit] = usual
  expect([given.status, await given.json()]).toMatchObject([503, { code: 'overloaded', detail: expect.stringContaining(said) }])
  expect((await ask().answer).status).toBe(200)
})

test('a server that stops waits for none of them', async () => {
  const stop = await startTypesetting(t.app)
  const { answer, child } = await askUntilUnderWay()
  await stop()
  const given = await answer
  expect([given.status, await given.json()]).toMatchObject([503, { code: 'not_ready' }])
  expect(child.signalCode).toBe('SIGKILL')
})
