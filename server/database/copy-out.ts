import { Readable } from 'node:stream'
import type pg from 'pg'
import { freeYoungBuffers } from './young-buffers.ts'

/** What stands around the rows of a file. */
export type Framing = {
  /** Goes out at once, before the first row is there. */
  head: string
  beforeFirst: string
  between: string
  /** Goes out only when every row did. */
  tail(count: number): string
}

const blockSize = 64 * 1024
const blocksBetweenCollections = 100
const gatherMs = 2

/**
 * `copy … to stdout` as a stream of bytes: give it to `client.query`. It takes from PostgreSQL no faster than its reader
 * takes from it, and ends only after PostgreSQL has said that every row was sent; anything else is an error of the stream.
 * PostgreSQL sends one message a row (its protocol promises that), so the line ends can be replaced without parsing.
 */
export class CopyOut extends Readable implements pg.Submittable {
  readonly #begun = Promise.withResolvers<void>()
  readonly #over = Promise.withResolvers<'finished' | 'refused' | 'left'>()
  readonly #statement: string
  readonly #framing: Framing
  readonly #stallAfterMs: number
  #connection: pg.Connection | undefined
  #block = Buffer.allocUnsafeSlow(blockSize)
  // Of the block, what is before `from` went out, and what is after `to` is free.
  #from = 0
  #to = 0
  #blocks = 0
  #rows = 0
  #announced: number | undefined
  #wanted = false
  #flushing = false
  #stall: NodeJS.Timeout | undefined

  constructor(statement: string, framing: Framing, { stallAfterMs = 120_000 } = {}) {
    super({ highWaterMark: blockSize })
    this.#statement = statement
    this.#framing = framing
    this.#stallAfterMs = stallAfterMs
    this.#begun.promise.catch(() => {})
    this.#stage(framing.head)
  }

  /** Settles with the first row, or the end; rejects when PostgreSQL refuses before. */
  get begun(): Promise<void> {
    return this.#begun.promise
  }

  /** When the connection is not needed any more: all was sent, PostgreSQL refused, or the reader left it in the middle. */
  get over(): Promise<'finished' | 'refused' | 'left'> {
    return this.#over.promise
  }

  /** How many went out; all of them once the stream has ended. */
  get rows(): number {
    return this.#rows
  }

  submit(connection: pg.Connection): void {
    this.#connection = connection
    connection.query(this.#statement)
  }

  handleCopyData({ chunk }: { chunk: Buffer }): void {
    if (this.destroyed) return
    this.#stage(this.#rows === 0 ? this.#framing.beforeFirst : this.#framing.between)
    // without the \n that ends it
    this.#stage(chunk.subarray(0, -1))
    this.#rows += 1
    this.#begun.resolve()
    this.#flushSoon()
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.#announced = Number(/^COPY (\d+)$/.exec(text)?.[1])
  }

  handleReadyForQuery(): void {
    if (this.destroyed) return
    if (this.#announced !== this.#rows) {
      this.handleError(new Error(`PostgreSQL sent ${this.#rows} rows and spoke of ${this.#announced}`))
      return
    }
    // From here on the connection is another's, so it may not stay paused.
    this.#connection?.stream.resume()
    this.#connection = undefined
    clearTimeout(this.#stall)
    this.#begun.resolve()
    this.#over.resolve('finished')
    this.#stage(this.#framing.tail(this.#rows))
    this.#flush()
    this.push(null)
  }

  handleError(error: Error): void {
    this.#over.resolve('refused')
    this.destroy(error)
  }

  override _read(): void {
    clearTimeout(this.#stall)
    this.#wanted = true
    this.#connection?.stream.resume()
    this.#flushSoon()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    clearTimeout(this.#stall)
    this.#over.resolve('left')
    this.#begun.reject(error ?? new Error('the reader left'))
    done(error)
  }

  #stage(bytes: Buffer | string): void {
    const all = typeof bytes === 'string' ? Buffer.from(bytes) : bytes
    for (let at = 0; at < all.length; ) {
      const copied = all.copy(this.#block, this.#to, at)
      at += copied
      this.#to += copied
      if (this.#to < blockSize) continue
      this.#flush()
      this.#blocks += 1
      if (this.#blocks % blocksBetweenCollections === 0) freeYoungBuffers()
      this.#block = Buffer.allocUnsafeSlow(blockSize)
      this.#from = 0
      this.#to = 0
    }
  }

  // A reader that waits gets what there is, but not at once: whole blocks take far less time to send.
  #flushSoon(): void {
    if (!this.#wanted || this.#flushing || this.#to === this.#from) return
    this.#flushing = true
    setTimeout(() => {
      this.#flushing = false
      if (this.#wanted && !this.destroyed) this.#flush()
    }, gatherMs)
  }

  #flush(): void {
    if (this.#to === this.#from) return
    const staged = this.#block.subarray(this.#from, this.#to)
    this.#from = this.#to
    this.#wanted = false
    if (this.push(staged) || !this.#connection) return
    this.#connection.stream.pause()
    clearTimeout(this.#stall)
    this.#stall = setTimeout(() => this.destroy(new Error('nobody takes the file any more')), this.#stallAfterMs)
  }
}
