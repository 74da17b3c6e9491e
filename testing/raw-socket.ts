import { createHash, randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { livePath } from '../contract/live.ts'

export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const

type Frame = { opcode: number; isFinal: boolean; payload: Buffer }

/** A WebSocket after RFC 6455 written by hand, byte for byte, so that it can also break every rule of it. */
export class RawSocket {
  readonly socket: Socket
  readonly frames: Frame[] = []
  head = ''
  isEnded = false
  #bytes = Buffer.alloc(0)
  #isUpgraded = false
  readonly #waiting: (() => void)[] = []

  constructor(url: string) {
    const { hostname, port } = new URL(url)
    this.socket = connect(Number(port), hostname)
    this.socket.on('error', () => {})
    this.socket.on('data', (chunk) => {
      this.#bytes = Buffer.concat([this.#bytes, chunk])
      this.#read()
      this.#wake()
    })
    this.socket.on('close', () => {
      this.isEnded = true
      this.#wake()
    })
  }

  /** Asks to be upgraded, and gives the answer's head. `headers`: undefined takes one away. */
  async upgrade(headers: Record<string, string | undefined> = {}, line = `GET ${livePath} HTTP/1.1`): Promise<string> {
    const key = randomBytes(16).toString('base64')
    const all = {
      host: '127.0.0.1',
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': key,
      ...headers,
    }
    const lines = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]))
    this.socket.write(`${[line, ...lines].join('\r\n')}\r\n\r\n`)
    await this.#until(() => this.head !== '' || this.isEnded)
    return this.head
  }

  /** What the server must answer to the key that was sent. */
  static accept(key: string): string {
    return createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
  }

  send(opcode: number, payload: string | Buffer, { isFinal = true, isMasked = true, reserved = 0 } = {}): void {
    const data = Buffer.from(payload)
    const length = lengthOf(data)
    const first = Buffer.from([(isFinal ? 0x80 : 0) | reserved | opcode])
    if (!isMasked) {
      this.socket.write(Buffer.concat([first, length, data]))
      return
    }
    length[0] = (length[0] as number) | 0x80
    const mask = randomBytes(4)
    const masked = data.map((byte, at) => byte ^ (mask[at % 4] as number))
    this.socket.write(Buffer.concat([first, length, mask, masked]))
  }

  say(message: unknown): void {
    this.send(opcodes.text, JSON.stringify(message))
  }

  /** The first frame of this kind that was not given before. */
  async next(opcode: number): Promise<Frame> {
    await this.#until(() => this.frames.some((frame) => frame.opcode === opcode) || this.isEnded)
    const at = this.frames.findIndex((frame) => frame.opcode === opcode)
    if (at < 0) throw new Error(`the connection ended without a frame ${opcode}`)
    return this.frames.splice(at, 1)[0] as Frame
  }

  async nextMessage(): Promise<{ type: string } & Record<string, unknown>> {
    return JSON.parse((await this.next(opcodes.text)).payload.toString()) as { type: string }
  }

  /** The code that the server closes with; 1006: it only ended. */
  async closed(): Promise<number> {
    await this.#until(() => this.frames.some(({ opcode }) => opcode === opcodes.close) || this.isEnded)
    const frame = this.frames.find(({ opcode }) => opcode === opcodes.close)
    return frame ? (frame.payload.length >= 2 ? frame.payload.readUInt16BE(0) : 1005) : 1006
  }

  async #until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake()
  }

  #read(): void {
    if (!this.#isUpgraded) {
      const end = this.#bytes.indexOf('\r\n\r\n')
      if (end < 0) return
      this.head = this.#bytes.toString('latin1', 0, end)
      this.#bytes = this.#bytes.subarray(end + 4)
      this.#isUpgraded = true
    }
    for (;;) {
      const bytes = this.#bytes
      if (bytes.length < 2) return
      const short = (bytes[1] as number) & 127
      const start = short === 126 ? 4 : short === 127 ? 10 : 2
      if (bytes.length < start) return
      const length = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short
      if (bytes.length < start + length) return
      const first = bytes[0] as number
      this.frames.push({ opcode: first & 15, isFinal: first >= 128, payload: Buffer.from(bytes.subarray(start, start + length)) })
      this.#bytes = bytes.subarray(start + length)
    }
  }
}

function lengthOf({ length }: Buffer): Buffer {
  if (length < 126) return Buffer.from([length])
  const bytes = Buffer.alloc(length < 65_536 ? 3 : 9)
  bytes[0] = length < 65_536 ? 126 : 127
  if (length < 65_536) bytes.writeUInt16BE(length, 1)
  else bytes.writeBigUInt64BE(BigInt(length), 1)
  return bytes
}
