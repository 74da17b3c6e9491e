import { type ClientMessage, closeCodes, livePath, type ServerMessage } from '../contract/live.ts'
import type { LiveTiming } from './live.ts'

/** How a conversation ended: `code` as in closeCodes, 1006 when it broke off. `livedMs`: since `ready`; 0, it never came. */
export type Ending = { code: number; livedMs: number }

type Options = {
  url: string
  token?: string | undefined
  lastSeq: number | null
  timing: LiveTiming
  take: (message: ServerMessage) => void
  /** Ends it from our side. */
  signal: AbortSignal
  WebSocket: typeof WebSocket
}

/** `ws://…/ws/notifications` of the server at `baseUrl`; empty in a page that it served. */
export function liveUrl(baseUrl: string): string {
  const url = new URL(livePath, baseUrl || globalThis.location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return url.href
}

const brokeOff = 1006

/** One socket from its opening to its end, which it always comes to: what says nothing any more is given up. */
export function converse({ url, token, lastSeq, timing, take, signal, WebSocket }: Options): {
  ended: Promise<Ending>
  /** Asks the other side for a sign of life now. */
  check(): void
} {
  const socket = new WebSocket(url)
  const say = (message: ClientMessage) => socket.send(JSON.stringify(message))
  let readyAt: number | null = null
  let timer: ReturnType<typeof setTimeout>
  let end: (code: number) => void
  const ended = new Promise<Ending>((resolve) => {
    end = (code) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', leave)
      socket.onopen = socket.onmessage = socket.onclose = socket.onerror = null
      // A half-open connection does not answer the closing either: nobody waits for it.
      if (socket.readyState < WebSocket.CLOSING) socket.close()
      resolve({ code, livedMs: readyAt === null ? 0 : performance.now() - readyAt })
    }
  })
  const leave = () => end(1000)
  const waitFor = (ms: number, then: () => void) => {
    clearTimeout(timer)
    timer = setTimeout(then, ms)
  }
  // Pings of the protocol itself are answered out of our sight, so these are our own.
  const ask = () => {
    if (socket.readyState !== WebSocket.OPEN) return
    say({ type: 'ping' })
    waitFor(timing.answerWithinMs, () => end(brokeOff))
  }
  const heard = () => waitFor(timing.pingAfterMs, ask)

  waitFor(timing.answerWithinMs, () => end(brokeOff))
  signal.addEventListener('abort', leave)
  socket.onopen = () => {
    if (token !== undefined) say({ type: 'auth', token })
    say({ type: 'hello', last_seq: lastSeq })
  }
  socket.onmessage = ({ data }) => {
    const message = read(data)
    if (!message) return end(brokeOff)
    if (message.type === 'ready') readyAt = performance.now()
    // What is heard before `ready` is no answer yet.
    if (readyAt !== null) heard()
    take(message)
  }
  socket.onclose = ({ code }) => end(code)
  // Followed by a close, but not with every implementation when it could not be opened.
  socket.onerror = () => {
    if (socket.readyState === WebSocket.CLOSED) end(brokeOff)
  }
  return { ended, check: () => readyAt !== null && ask() }
}

// Something between here and Landed may speak as well.
function read(data: unknown): ServerMessage | null {
  try {
    return JSON.parse(String(data)) as ServerMessage
  } catch {
    return null
  }
}

/** Of endings that come again at once if one does the same again at once. */
export const isOurMistake = (code: number) => code === closeCodes.badMessage || code === closeCodes.tooManyConnections
