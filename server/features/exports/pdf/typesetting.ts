/** PDFs are set by processes of their own, one at a time: each takes a core and some hundred MB, which are gone with it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { buffer, text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { App } from '../../../app.ts'
import { AppError, conflict } from '../../../errors.ts'
import type { PdfDocument } from './document.ts'

const typesetter = fileURLToPath(new URL('./typesetter.ts', import.meta.url))

// It reads what strangers wrote in postings, so it gets nothing that it does not need: no environment, no way to write a file or
// start a program. The quick compiler of V8 alone takes less memory, and less time but for the longest reports.
const flagsFor = ({ memoryMb }: Limits) => [
  '--permission',
  '--allow-fs-read=*',
  '--max-old-space-size=256',
  // of 64 kB
  `--wasm-max-mem-pages=${memoryMb * 16}`,
  '--liftoff-only',
  '--no-warnings',
]

/** Two thousand records take 310 MB in all, and on two quiet cores 4 seconds. */
type Limits = { waiting: number; timeoutMs: number; memoryMb: number }

type Typesetting = {
  limits: Limits
  isBusy: boolean
  /** Those whose turn comes next, in order; to call one begins its turn. */
  waiting: Set<() => void>
  underWay: ChildProcess | null
  stop: AbortController
}

// By the pool, which every copy of an App shares.
const typesettings = new WeakMap<App['pool'], Typesetting>()

export function typesettingOf(app: App): Typesetting {
  const known = typesettings.get(app.pool)
  if (known) return known
  const made: Typesetting = {
    limits: { waiting: 8, timeoutMs: 120_000, memoryMb: 512 },
    isBusy: false,
    waiting: new Set(),
    underWay: null,
    stop: new AbortController(),
  }
  typesettings.set(app.pool, made)
  return made
}

/** When the server closes, nobody is left to wait for. */
export async function startTypesetting(app: App): Promise<() => Promise<void>> {
  const { stop } = typesettingOf(app)
  return async () => stop.abort(new AppError('not_ready', 'Landed is being stopped. Ask for the file again when it is back.'))
}

/**
 * The PDF of what `makeDocument` reads when its turn comes. Throws `overloaded` when too many wait, or when it takes too long;
 * `hungUp` gives the place away, or ends the process.
 */
export async function typeset(app: App, hungUp: AbortSignal, makeDocument: () => Promise<PdfDocument>): Promise<Buffer> {
  const typesetting = typesettingOf(app)
  const left = AbortSignal.any([hungUp, typesetting.stop.signal])
  await turn(typesetting, left)
  try {
    refuseWhoLeft(left)
    const document = await makeDocument()
    refuseWhoLeft(left)
    return await run(typesetting, document, left)
  } finally {
    const [next] = typesetting.waiting
    if (next) next()
    else typesetting.isBusy = false
  }
}

const refuseWhoLeft = (left: AbortSignal) => {
  if (!left.aborted) return
  throw left.reason instanceof AppError ? left.reason : conflict('Whoever asked for this file has gone.')
}

async function turn(typesetting: Typesetting, left: AbortSignal): Promise<void> {
  if (!typesetting.isBusy) {
    typesetting.isBusy = true
    return
  }
  const { waiting, limits } = typesetting
  if (waiting.size >= limits.waiting) {
    throw new AppError('overloaded', `${waiting.size} PDF files are waited for already. Try again when some of them are done.`)
  }
  refuseWhoLeft(left)
  // Whichever comes first takes it out of the row in the same moment, so that no turn is given to somebody who has left.
  const isItsTurn = await new Promise<boolean>((resolve) => {
    const settle = (isItsTurn: boolean) => {
      waiting.delete(begin)
      left.removeEventListener('abort', leave)
      resolve(isItsTurn)
    }
    const begin = () => settle(true)
    const leave = () => settle(false)
    waiting.add(begin)
    left.addEventListener('abort', leave)
  })
  if (!isItsTurn) refuseWhoLeft(left)
}

async function run(typesetting: Typesetting, document: PdfDocument, left: AbortSignal): Promise<Buffer> {
  const { limits } = typesetting
  const tooLong = AbortSignal.timeout(limits.timeoutMs)
  const child = spawn(process.execPath, [...flagsFor(limits), typesetter], { env: {}, stdio: 'pipe', windowsHide: true })
  typesetting.underWay = child
  const kill = () => child.kill('SIGKILL')
  const ended = AbortSignal.any([left, tooLong])
  ended.addEventListener('abort', kill, { once: true })
  if (ended.aborted) kill()
  try {
    const [pdf, said, code] = await outcome(child, JSON.stringify(document))
    refuseWhoLeft(left)
    if (tooLong.aborted) throw tooMuch(`longer than ${limits.timeoutMs / 1000} seconds`)
    if (outOfMemory.test(said)) throw tooMuch('more memory than it may')
    if (code !== 0) throw new Error(`the typesetter ended with ${code}: ${said.slice(-2_000)}`)
    return pdf
  } finally {
    typesetting.underWay = null
    ended.removeEventListener('abort', kill)
  }
}

// What V8 says of its own memory, and what Typst ends with when it gets no more.
const outOfMemory = /heap out of memory|RuntimeError: unreachable/

const tooMuch = (what: string) =>
  new AppError('overloaded', `This PDF took ${what} and was given up. Narrow the filter, or take format=csv.`)

async function outcome(child: ChildProcess & { stdin: object }, input: string): Promise<[Buffer, string, number | null]> {
  // Who is killed does not read to the end.
  child.stdin!.on('error', () => {})
  child.stdin!.end(input)
  const [pdf, said, [code]] = await Promise.all([
    buffer(child.stdout!),
    text(child.stderr!),
    once(child, 'close') as Promise<[number | null, string | null]>,
  ])
  return [pdf, said, code]
}
