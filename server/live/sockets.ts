/** Takes connections at `/ws/notifications`, keeps an eye on them, and ends them when the server does. */
import { type IncomingHttpHeaders, type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import type { WebSocket, WebSocketServer } from 'ws'
import { closeCodes, livePath } from '../../contract/live.ts'
import type { App } from '../app.ts'
import { AppError } from '../errors.ts'
import { countAsking } from '../http/rate-limits.ts'
import { type User, whoIsAsking } from '../http/who-is-asking.ts'
import { Connection } from './connection.ts'
import { listenToOthers } from './live.ts'

const beatEveryMs = 30_000
const turns = 30
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
  const byUser = new Map<string, Set<Connection>>()
  const admit = (connection: Connection, { id }: User) => {
    const theirs = byUser.get(id) ?? new Set()
    byUser.set(id, theirs.add(connection))
    return theirs.size <= app.config.liveConnections
  }
  const dismiss = (connection: Connection) => {
    open.delete(connection)
    const id = connection.user?.id
    const theirs = id === undefined ? undefined : byUser.get(id)
    theirs?.delete(connection)
    if (id !== undefined && theirs?.size === 0) byUser.delete(id)
  }
  let isClosing = false

  const take = async (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    if (request.url?.split('?')[0] !== livePath) return refuse(stream, '404 Not Found')
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
    // Last, for it may have begun since: who is let in now would hold up the end.
    if (isClosing || app.lifecycle.stopping) return refuse(stream, '503 Service Unavailable')
    const { headers } = request
    upgrading.handleUpgrade(request, stream, head, (socket) => receive(socket, headers, user))
  }
  // Apart, so that the request and all that hangs on it is not kept as long as the connection.
  const receive = (socket: WebSocket, { host, origin, cookie, authorization }: IncomingHttpHeaders, user: User | null) => {
    const connection = new Connection(app, socket, { host, origin, cookie, authorization }, user, admit)
    open.add(connection)
    socket.once('close', () => dismiss(connection))
  }

  server.server.on('upgrade', (request, stream, head) => {
    stream.on('error', () => stream.destroy())
    void take(request, stream, head).catch((error: unknown) => {
      app.log.error({ err: error }, 'a connection could not be taken')
      refuse(stream, '500 Internal Server Error')
    })
  })
  app.live.check = (userId) => {
    for (const connection of byUser.get(userId) ?? []) connection.check()
  }
  const stopListening = listenToOthers(app)
  const stopBeating = beatInTurn(open)
  server.addHook('preClose', async () => {
    isClosing = true
    stopBeating()
    stopListening()
    for (const connection of open) connection.close(closeCodes.goingAway, 'the server stops; come again')
    for (const until = Date.now() + closeWithinMs; open.size > 0 && Date.now() < until; ) await pause(10)
    for (const connection of open) connection.terminate()
  })
}

/** Each of them once in 30 seconds, spread over the time: all at once would be felt by everybody. */
function beatInTurn(open: ReadonlySet<Connection>): () => void {
  let turn = 0
  const timer = setInterval(() => {
    turn = (turn + 1) % turns
    for (const connection of open) if (connection.place % turns === turn) connection.beat()
  }, beatEveryMs / turns).unref()
  return () => clearInterval(timer)
}

function refuse(stream: Duplex, status: string, headers: Record<string, string> = {}): void {
  const more = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  stream.end(`HTTP/1.1 ${status}\r\n${more.join('')}Connection: close\r\nContent-Length: 0\r\n\r\n`)
}
