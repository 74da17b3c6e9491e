import { WebSocket } from 'ws'
import { livePath, type ServerMessage } from '../contract/live.ts'
import type { TestApp } from './test-app.ts'

/** A plain connection that remembers what it was sent. */
export class LiveSocket {
  readonly received: ServerMessage[] = []
  readonly socket: WebSocket
  /** The code it was closed with, or the status it was refused with. */
  readonly ended: Promise<number>
  private waiting: (() => void)[] = []

  constructor(t: Pick<TestApp, 'url'>, headers: Record<string, string> = {}, path: string = livePath) {
    this.socket = new WebSocket(`${t.url.replace(/^http/, 'ws')}${path}`, { headers })
    this.ended = new Promise((resolve) => {
      this.socket.on('close', resolve)
      this.socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0))
    })
    this.socket.on('error', () => {})
    this.socket.on('message', (data: Buffer) => {
      this.received.push(JSON.parse(data.toString()) as ServerMessage)
      for (const wake of this.waiting.splice(0)) wake()
    })
  }

  async send(message: unknown): Promise<void> {
    if (this.socket.readyState === WebSocket.CONNECTING) await new Promise((resolve) => this.socket.once('open', resolve))
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message))
  }

  /** Says hello and waits for the answer. */
  async hello(last_seq: number | null) {
    await this.send({ type: 'hello', last_seq })
    return this.next('ready')
  }

  /** The first message of this type, and of those `isIt`. */
  async next<T extends ServerMessage['type']>(type: T, isIt: (message: ServerMessage & { type: T }) => boolean = () => true) {
    for (;;) {
      const found = this.received.find((message): message is ServerMessage & { type: T } => message.type === type && isIt(message as never))
      if (found) return found
      await new Promise<void>((resolve) => this.waiting.push(resolve))
    }
  }

  get seqs(): number[] {
    return this.received.flatMap((message) => (message.type === 'notification' ? [message.seq] : []))
  }
}
