/** Takes connections at `/ws/notifications`, keeps an eye on them, and ends them when the server does. */
import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import type { WebSocketServer } from 'ws'
import { closeCodes, livePath } from '../../contract/live.ts'
import type { App } from '../app.ts'
import { AppError } from '../errors.ts'
import { countAsking } from '../http/rate-limits.ts'
import { type User, whoIsAsking } from '../http/who-is-asking.ts'
import { Connection } from './connection.ts'

const beatEveryMs = 30_000
const closeWithinMs = 1_000
/** Beyond this a message is not even read; below, a longer one than the protocol has is answered with its close code. */
const longestPayload = 64 * 1024

export function serveLive(server: FastifyInstance, app: App): void {
  const open = new Set<Connection>()
  // Loaded with the first connection, not with every start.
  let sockets: Promise<WebSocketServer> | null = null
  const load = async () => {
    const { WebSocketServer } = await import('ws')
    return new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: longestPayload })
  }
  const counts = new Map<string, number>()
  const count = ({ id }: User, more: 1 | -1) => {
    const now = (counts.get(id) ?? 0) + more
    if (now === 0) counts.delete(id)
    else counts.set(id, now)
    return now
  }
  const admit = (user: User) => count(user, 1) <= app.config.liveConnections

  const take = async (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    if (request.url?.split('?')[0] !== livePath) return refuse(stream, '404 Not Found')
    if (app.lifecycle.stopping) return refuse(stream, '503 Service Unavailable')
    let user: User | null = null
    try {
      user = (await countAsking(app, request, 'connections', () => whoIsAsking(app, 'read', request.headers))).user
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      // Who cannot send headers, as a page of a browser cannot, signs in with the first message.
      if (error.code !== 'unauthenticated') return refuse(stream, `${error.status} ${STATUS_CODES[error.status]}`, error.headers)
    }
    sockets ??= load()
    const upgrading = await sockets
    upgrading.handleUpgrade(request, stream, head, (socket) => {
      const connection = new Connection(app, socket, request.headers, user, admit)
      open.add(connection)
      socket.once('close', () => {
        open.delete(connection)
        if (connection.user) count(connection.user, -1)
      })
    })
  }

  server.server.on('upgrade', (request, stream, head) => {
    stream.on('error', () => stream.destroy())
    void take(request, stream, head).catch((error: unknown) => {
      app.log.error({ err: error }, 'a connection could not be taken')
      refuse(stream, '500 Internal Server Error')
    })
  })
  const beat = setInterval(() => {
    for (const connection of open) connection.beat()
  }, beatEveryMs).unref()
  server.addHook('preClose', async () => {
    clearInterval(beat)
    for (const connection of open) connection.close(closeCodes.goingAway, 'the server stops; come again')
    for (const until = Date.now() + closeWithinMs; open.size > 0 && Date.now() < until; ) await pause(10)
    for (const connection of open) connection.terminate()
  })
}

function refuse(stream: Duplex, status: string, headers: Record<string, string> = {}): void {
  const more = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  stream.end(`HTTP/1.1 ${status}\r\n${more.join('')}Connection: close\r\nContent-Length: 0\r\n\r\n`)
}
