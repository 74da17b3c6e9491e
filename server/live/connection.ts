/** One connection of `/ws/notifications` from its first message to its last. */
import type { IncomingHttpHeaders } from 'node:http'
import type { RawData, WebSocket } from 'ws'
import { ClientMessage, closeCodes, liveReplayLimit, type ServerMessage } from '../../contract/live.ts'
import type { App } from '../app.ts'
import { AppError } from '../errors.ts'
import { type User, whoIsAsking } from '../http/who-is-asking.ts'
import { caughtUp, join, type Listener, notificationText, type Source } from './live.ts'

const longestMessage = 4_096
const mostMessages = 100
const perMs = 10_000
const signInWithinMs = 5_000
/** What waits to be sent to somebody who does not read. */
const mostWaitingBytes = 1024 * 1024
/** While it catches up, so much is sent ahead of its reading. */
const mostAheadBytes = 64 * 1024
/** Whether somebody may still be here is hinted at once; this often it is asked all the same, for what ends by time and for lost hints. */
const askEveryBeats = 4

/** Counts it among those of this person; false: they have too many. */
type Admit = (connection: Connection, user: User) => boolean

let made = 0

export class Connection implements Listener {
  /** So that not all are asked at the same moment. */
  readonly place = made++
  sentSeq = 0
  isBehind = true
  missedCount = false
  user: User | null = null
  isAlive = true
  private readonly app: App
  private readonly socket: WebSocket
  private readonly headers: IncomingHttpHeaders
  private readonly signInTimer: NodeJS.Timeout | null = null
  private readonly admit: Admit
  private leave: (() => void) | null = null
  private hasSaidHello = false
  /** The greatest number it was told of. */
  private toldSeq = 0
  private beats = 0
  private counted = 0
  private countedSince = 0
  /** Messages are answered one after the other. */
  private turn: Promise<void> = Promise.resolve()

  constructor(app: App, socket: WebSocket, headers: IncomingHttpHeaders, user: User | null, admit: Admit) {
    this.app = app
    this.socket = socket
    this.headers = headers
    this.admit = admit
    socket.on('pong', () => {
      this.isAlive = true
    })
    socket.on('error', () => {})
    socket.on('close', () => this.end())
    socket.on('message', (data, isBinary) => this.receive(data, isBinary))
    if (user) this.enter(user)
    else this.signInTimer = setTimeout(() => this.close(closeCodes.notSignedIn, 'nobody signed in within 5 seconds'), signInWithinMs)
  }

  send(text: string): void {
    if (!this.isOpen) return
    if (this.socket.bufferedAmount > mostWaitingBytes) this.close(closeCodes.tooSlow, 'come again and say hello')
    else this.socket.send(text)
  }

  close(code: number, reason: string): void {
    this.end()
    this.socket.close(code, reason)
    // Whoever does not read does not answer the closing either.
    if (code === closeCodes.tooSlow) setTimeout(() => this.socket.terminate(), 1_000).unref()
  }

  /** Whether it answered the last time; asks again, also whether it may still be here. */
  beat(): void {
    if (!this.isAlive) {
      this.socket.terminate()
      return
    }
    this.isAlive = false
    this.socket.ping()
    if (!this.app.live.fanOut.isWhole() || ++this.beats % askEveryBeats === 0) this.check()
  }

  /** Whether it may still be here. */
  check(): void {
    if (!this.user || !this.isOpen) return
    void this.signIn(this.headers).catch((error: unknown) => {
      // A database that is away for a moment signs nobody out.
      if (error instanceof AppError) this.close(closeCodes.notSignedIn, 'sign in again')
    })
  }

  terminate(): void {
    this.socket.terminate()
  }

  private receive(data: RawData, isBinary: boolean): void {
    const now = performance.now()
    if (now - this.countedSince > perMs) {
      this.countedSince = now
      this.counted = 0
    }
    const message = read(isBinary ? '' : data.toString())
    if (++this.counted > mostMessages || !message) {
      this.close(closeCodes.badMessage, message ? `more than ${mostMessages} messages in 10 seconds` : 'not a message of this protocol')
      return
    }
    this.isAlive = true
    this.turn = this.turn
      .then(() => this.answer(message))
      .catch((error: unknown) => {
        this.app.log.warn({ err: error }, 'a connection could not be served')
        this.close(1011, 'something went wrong; come again')
      })
  }

  private async answer(message: ClientMessage): Promise<void> {
    if (!this.isOpen) return
    switch (message.type) {
      case 'auth':
        return this.authenticate(message.token)
      case 'hello':
        return this.greet(message.last_seq)
      case 'ack':
        if (!this.hasSaidHello || message.seq > Math.max(this.sentSeq, this.toldSeq))
          this.close(closeCodes.badMessage, 'nothing of this number was sent')
        return
      case 'ping':
        return this.tell({ type: 'pong' })
    }
  }

  private async authenticate(token: string): Promise<void> {
    const headers = { ...this.headers, authorization: `Bearer ${token}` }
    const user = await this.signIn(headers).catch((error: unknown) => {
      if (error instanceof AppError) return null
      throw error
    })
    if (!user || (this.user && this.user.id !== user.id)) return this.close(closeCodes.notSignedIn, 'this token is not valid here')
    if (!this.user) {
      Object.assign(this.headers, headers)
      this.enter(user)
    }
  }

  private async signIn(headers: IncomingHttpHeaders): Promise<User> {
    return (await whoIsAsking(this.app, 'read', headers)) as User
  }

  private enter(user: User): void {
    if (this.signInTimer) clearTimeout(this.signInTimer)
    this.user = user
    if (!this.admit(this, user)) this.close(closeCodes.tooManyConnections, 'too many connections')
  }

  private async greet(lastSeq: number | null): Promise<void> {
    const { source } = this.app.live
    if (!this.user) return this.close(closeCodes.notSignedIn, 'sign in first')
    if (this.hasSaidHello || !source) return this.close(closeCodes.badMessage, 'hello is said once')
    this.hasSaidHello = true
    const { seq, unread } = await source.standing(this.user.id)
    if (!this.isOpen) return
    this.toldSeq = seq
    this.tell({ type: 'ready', seq, unread })
    // In the same breath: who reads everything anew now hears of each change that comes after.
    this.leave = join(this.app, this.user.id, this)
    await this.catchUp(source, this.user, lastSeq, seq)
    if (this.isOpen) caughtUp(this.app, this.user.id, this)
  }

  /** What it missed, as fast as it reads; what comes meanwhile is looked for once it has caught up. */
  private async catchUp(source: Source, user: User, lastSeq: number | null, seq: number): Promise<void> {
    this.sentSeq = lastSeq ?? seq
    if (lastSeq === null || lastSeq === seq) return
    const isForeign = lastSeq > seq
    const missed = isForeign ? [] : await source.after(user.id, lastSeq, liveReplayLimit + 1)
    if (isForeign || missed.length > liveReplayLimit) {
      this.sentSeq = seq
      return this.tell({ type: 'resync', seq })
    }
    for (const notification of missed) {
      if (!this.isOpen) return
      const written = new Promise<void>((resolve) => this.socket.send(notificationText(notification), () => resolve()))
      this.sentSeq = notification.seq
      if (this.socket.bufferedAmount > mostAheadBytes) await written
    }
  }

  private tell(message: ServerMessage): void {
    this.send(JSON.stringify(message))
  }

  private get isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN
  }

  private end(): void {
    if (this.signInTimer) clearTimeout(this.signInTimer)
    this.leave?.()
    this.leave = null
  }
}

function read(text: string): ClientMessage | null {
  if (text.length > longestMessage) return null
  try {
    return ClientMessage.parse(JSON.parse(text))
  } catch {
    return null
  }
}
