import { afterAll, expect, test } from 'vitest'
import { LiveSocket } from '../../testing/live-socket.ts'
import { useTestApp } from '../../testing/test-app.ts'

let one: LiveSocket
// Hooks run the other way round: this one after the server has stopped.
afterAll(async () => expect(await one.ended).toBe(1001))

const t = useTestApp()

test('a connection that is open when the server stops …', async () => {
  one = new LiveSocket(t)
  expect((await one.hello(null)).type).toBe('ready')
})
