import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { useTestApp } from '../../testing/test-app.ts'
import { startServer } from '../server.ts'

const t = useTestApp()

test('a connection that never asked anything does not keep the server from stopping', async () => {
  const server = await startServer(t.app)
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  await once(socket, 'connect')
  expect((await fetch(`${server.url}/health/live`)).status).toBe(200)
  const closed = once(socket, 'close')
  await server.stop()
  await closed
})
