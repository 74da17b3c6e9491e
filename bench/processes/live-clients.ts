/** Thousands of connections from one process, each of which counts what it gets. */
import { performance } from 'node:perf_hooks'
import { WebSocket } from 'ws'
import type { LiveClientsActs } from '../measure-live.ts'
import { answerParent } from './answer-parent.ts'

type Connection = { socket: WebSocket; token: string | null; lastSeq: number }

const opensAtOnce = 200
let url = ''
let connections: Connection[] = []
let received = 0
let wrong = 0
let closed = 0
let wanted = { total: Number.POSITIVE_INFINITY, reached: (_at: number) => {} }
let arrivals: number[] = []
const now = () => performance.timeOrigin + performance.now()

/** Resolves with `ready`; of a bare server, with the opening. */
function connect(connection: Connection, lastSeq: number | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const { token } = connection
    const socket = new WebSocket(url, { perMessageDeflate: false, ...(token ? { headers: { authorization: `Bearer ${token}` } } : {}) })
    connection.socket = socket
    socket.on('error', reject)
    socket.on('close', () => {
      closed++
      reject(new Error('closed'))
    })
    socket.on('open', () => {
      if (token) socket.send(JSON.stringify({ type: 'hello', last_seq: lastSeq }))
      else resolve()
    })
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as { type: string; seq: number }
      if (message.type === 'ready') {
        if (lastSeq === null) connection.lastSeq = message.seq
        resolve()
      }
      if (message.type !== 'notification') return
      if (token && message.seq !== connection.lastSeq + 1) wrong++
      connection.lastSeq = message.seq
      arrivals.push(now())
      if (++received === wanted.total) wanted.reached(now())
    })
  })
}

async function inTurn(all: readonly Connection[], open: (connection: Connection) => Promise<void>): Promise<number> {
  const began = performance.now()
  const waiting = all.values()
  await Promise.all(
    Array.from({ length: opensAtOnce }, async () => {
      for (const connection of waiting) await open(connection)
    }),
  )
  return performance.now() - began
}

async function cut(): Promise<void> {
  const closing = connections.map(({ socket }) => new Promise((resolve) => socket.once('close', resolve)))
  for (const { socket } of connections) socket.terminate()
  await Promise.all(closing)
  closed = 0
}

answerParent<LiveClientsActs>({
  open: async ({ url: to, tokens, count }) => {
    url = to
    const added = Array.from({ length: count }, (_, at) => ({ token: tokens[at % tokens.length] ?? null, lastSeq: 0 }) as Connection)
    connections.push(...added)
    return inTurn(added, (connection) => connect(connection, null))
  },
  /** All at once, each with what it has seen. */
  comeAgain: async () => {
    const began = performance.now()
    await Promise.all(connections.map((connection) => connect(connection, connection.lastSeq)))
    return performance.now() - began
  },
  drop: cut,
  forget: async () => {
    await cut()
    connections = []
  },
  reset: async () => {
    received = 0
    arrivals = []
  },
  /** The moment at which so many in all had arrived since `reset`. */
  reach: (total) =>
    new Promise<number>((resolve) => {
      if (received >= total) resolve(now())
      else wanted = { total, reached: resolve }
    }),
  counts: async () => ({ received, wrong, closed, open: connections.length }),
  arrivals: async () => arrivals,
})
