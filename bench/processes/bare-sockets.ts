/** The least a server of WebSockets can be: `ws` alone, that echoes, and sends to some or all when it is told to. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { performance } from 'node:perf_hooks'
import { type WebSocket, WebSocketServer } from 'ws'
import type { BareSocketsActs } from '../measure-live.ts'
import { answerParent } from './answer-parent.ts'

const now = () => performance.timeOrigin + performance.now()
/** As long as a notification. */
const text = JSON.stringify({ type: 'notification', seq: 0, notification: { body: 'x'.repeat(340) } })
let greeting = 0
const server = createServer()
const sockets = new WebSocketServer({ server, perMessageDeflate: false })
const all: WebSocket[] = []
sockets.on('connection', (socket) => {
  all.push(socket)
  socket.on('message', (data) => socket.send(data))
  for (let n = 0; n < greeting; n++) socket.send(text)
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

answerParent<BareSocketsActs>({
  url: async () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  sendTo: async (count) => {
    const at = now()
    const from = Math.floor(Math.random() * Math.max(1, all.length - count))
    for (const socket of all.slice(from, from + count)) socket.send(text)
    return at
  },
  greetWith: async (count) => {
    greeting = count
  },
})
