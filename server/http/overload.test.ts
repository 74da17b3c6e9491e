import { setImmediate, setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { useTestApp } from '../../testing/test-app.ts'

const t = useTestApp()
const read = () => t.send('GET', '/api/v1/jobs')

/** Asks again and again, without waiting for answers that do not come, until one has this status. */
async function untilAnswered(status: number): Promise<Response> {
  for (;;) {
    const answer = await Promise.race([read(), sleep(200, null)])
    if (answer?.status === status) return answer
  }
}

test('when the database has no connection left for long, who comes is told to come again; then all goes on', async () => {
  const all = await Promise.all(Array.from({ length: t.app.pool.options.max }, () => t.app.pool.connect()))
  const refused = await untilAnswered(503)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await refused.json()).toMatchObject({ code: 'overloaded' })
  expect((await t.send('GET', '/health/live')).status).toBe(200)
  for (const client of all) client.release()
  await untilAnswered(200)
})

test('when the event loop is late again and again, likewise; once is nothing', async () => {
  const stall = async () => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_400)
    await setImmediate()
  }
  await stall()
  expect((await read()).status).toBe(200)
  for (let n = 0; n < 4; n++) await stall()
  const asked = read()
  await setImmediate()
  await stall()
  expect((await asked).status).toBe(503)
  await untilAnswered(200)
})
