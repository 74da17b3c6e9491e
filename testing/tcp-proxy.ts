import { connect, createServer, type Server, type Socket } from 'node:net'

/** Stands between a client and a server, and fails as networks do. */
export class TcpProxy {
  readonly port: number
  #server: Server | null = null
  readonly #pairs = new Set<[Socket, Socket]>()
  readonly #to: { host: string; port: number }
  #refuses: RegExp | null = null

  private constructor(port: number, to: { host: string; port: number }) {
    this.port = port
    this.#to = to
  }

  static async to(url: string): Promise<TcpProxy> {
    const { hostname, port } = new URL(url)
    const proxy = new TcpProxy(await freePort(), { host: hostname, port: Number(port) })
    await proxy.open()
    return proxy
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  async open(): Promise<void> {
    if (this.#server) return
    this.#server = createServer((near) => this.#join(near))
    await new Promise<void>((resolve) => this.#server?.listen(this.port, '127.0.0.1', resolve))
  }

  /** Every connection breaks. */
  cut(): void {
    for (const pair of this.#pairs) for (const socket of pair) socket.destroy()
  }

  /** Every connection breaks, and no other is taken until it is opened again. */
  async close(): Promise<void> {
    const server = this.#server
    this.#server = null
    this.cut()
    await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()))
  }

  /** The connections that are there stay, and nothing goes through them any more, in either way. Others are taken. */
  stall(): void {
    for (const pair of this.#pairs) for (const socket of pair) socket.pause()
  }

  /** Of connections that begin with it nothing arrives. Null: everything gets through. */
  refuse(pattern: RegExp | null): void {
    this.#refuses = pattern
  }

  #join(near: Socket): void {
    const far = connect(this.#to)
    const pair: [Socket, Socket] = [near, far]
    this.#pairs.add(pair)
    let isFirst = true
    near.on('data', (chunk) => {
      if (isFirst && this.#refuses?.test(chunk.toString('latin1'))) {
        near.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
        return
      }
      isFirst = false
      far.write(chunk)
    })
    far.on('data', (chunk) => near.write(chunk))
    for (const socket of pair) {
      socket.on('error', () => {})
      socket.on('close', () => {
        this.#pairs.delete(pair)
        for (const one of pair) one.destroy()
      })
    }
  }
}

export const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
