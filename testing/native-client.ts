import { livePath } from '../contract/live.ts'

/**
 * A client of the live channel that is not ours: the WebSocket that Node has by itself, and docs/notifications.md, read as somebody
 * who writes one in another language would. It comes again to one of the addresses until it is stopped.
 */
export class NativeClient {
  readonly seqs: number[] = []
  comings = 0
  #socket: WebSocket | null = null
  #isStopped = false
  #timer: NodeJS.Timeout | null = null
  readonly #urls: readonly string[]
  #lastSeq: number

  constructor(urls: readonly string[], lastSeq: number) {
    this.#urls = urls
    this.#lastSeq = lastSeq
    this.#come()
  }

  stop(): void {
    this.#isStopped = true
    if (this.#timer) clearTimeout(this.#timer)
    this.#socket?.close()
  }

  /** Lets go of the present connection. */
  drop(): void {
    this.#socket?.close()
  }

  #come(): void {
    const url = this.#urls[this.comings++ % this.#urls.length] as string
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}${livePath}`)
    this.#socket = socket
    socket.addEventListener('open', () => socket.send(JSON.stringify({ type: 'hello', last_seq: this.#lastSeq })))
    socket.addEventListener('message', ({ data }) => {
      const message = JSON.parse(String(data)) as { type: string; seq: number }
      if (message.type !== 'notification') return
      this.seqs.push(message.seq)
      this.#lastSeq = message.seq
      socket.send(JSON.stringify({ type: 'ack', seq: message.seq }))
    })
    socket.addEventListener('close', () => {
      if (!this.#isStopped) this.#timer = setTimeout(() => this.#come(), 50 + Math.random() * 200)
    })
  }
}
