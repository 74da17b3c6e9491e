/**
 * The comment at the end of a backup is the SHA-256 of every byte before it, so that a change anywhere is noticed: also
 * where no file of the archive is. Who packs the files again, without the comment, still has the hashes of the manifest.
 */
import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { Transform, type TransformCallback } from 'node:stream'

const prefix = 'sha256:'
const length = prefix.length + 64
const pieceBytes = 64 * 1024

/** Stands at the end of what a Seal is given; it puts the hash in its place. */
export const blankSeal = ' '.repeat(length)

export class Seal extends Transform {
  readonly #hash = createHash('sha256')
  #held = Buffer.alloc(0)
  #isEnding = false

  /** The blank is among what comes from now on. */
  expectEnd(): void {
    this.#isEnding = true
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const all = this.#held.length > 0 ? Buffer.concat([this.#held, chunk]) : chunk
    // What may be the blank waits for more.
    const out = this.#isEnding ? all.subarray(0, Math.max(0, all.length - length)) : all
    this.#held = Buffer.from(all.subarray(out.length))
    this.#hash.update(out)
    done(null, out)
  }

  override _flush(done: TransformCallback): void {
    done(null, `${prefix}${this.#hash.digest('hex')}`)
  }
}

/** `none` where there is no such comment. */
export async function checkSeal(file: FileHandle, size: number): Promise<'whole' | 'broken' | 'none'> {
  const end = Buffer.alloc(Math.min(size, length))
  await file.read(end, 0, end.length, size - end.length)
  const told = end.toString('latin1')
  if (!/^sha256:[0-9a-f]{64}$/.test(told)) return 'none'
  const hash = createHash('sha256')
  for await (const piece of piecesOf(file, 0, size - length)) hash.update(piece)
  return `${prefix}${hash.digest('hex')}` === told ? 'whole' : 'broken'
}

/** From `start` up to `end`. Not a stream of the file's own: that closes the file when it is left in the middle. */
export async function* piecesOf(file: FileHandle, start: number, end: number): AsyncGenerator<Buffer> {
  for (let at = start; at < end; ) {
    // A new one each time: what was given out may still be in use.
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(Math.min(pieceBytes, end - at)), 0, undefined, at)
    if (bytesRead === 0) return
    at += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}
