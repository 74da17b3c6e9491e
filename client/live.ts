/** The live channel for programs and pages: connected as well as the network lets it be, and each notification told once. */
import { closeCodes } from '../contract/live.ts'
import { createClient } from './client.ts'
import { converse, type Ending, isOurMistake, liveUrl } from './live-conversation.ts'
import { Intake, type LiveEvents, type LiveState, tell } from './live-intake.ts'
import { poll } from './live-polling.ts'

export type { LiveEvents, LiveState } from './live-intake.ts'

const standardTiming = {
  /** For opening and `ready`, and for the answer to a ping. */
  answerWithinMs: 10_000,
  /** Of silence. */
  pingAfterMs: 25_000,
  /** The longest wait before the first attempt to come again; it doubles with each, up to `longestWaitMs`. The real one is random. */
  firstWaitMs: 1_000,
  longestWaitMs: 30_000,
  pollEveryMs: 15_000,
  /** While asking works, a socket is tried so often. */
  trySocketEveryMs: 60_000,
}
export type LiveTiming = typeof standardTiming

export type LiveOptions = LiveEvents & {
  /** Such as `http://127.0.0.1:3000`; empty in a page that Landed serves. */
  baseUrl?: string
  /** An API token, `ldd_…`; a page is known by its cookie. */
  token?: string
  /** The `seq` of the last notification that was dealt with, from `lastSeq` another time. Null: from now on. */
  lastSeq?: number | null
  timing?: Partial<LiveTiming>
  fetch?: typeof fetch
  /** Where there is no global one. */
  WebSocket?: typeof WebSocket
}

export type LiveConnection = {
  readonly state: LiveState
  /** To keep, and to begin with another time. */
  readonly lastSeq: number | null
  /** Now, instead of after the present wait: also after signing in again. */
  reconnect(): void
  close(): void
}

/** Sockets that failed in a row before the server is asked by requests. */
const failuresBeforePolling = 2
/** A connection that ended sooner counts as a failure: it would come and go all the time. */
const steadyAfterMs = 5_000

export function connectLive(options: LiveOptions = {}): LiveConnection {
  const timing = { ...standardTiming, ...options.timing }
  const url = liveUrl(options.baseUrl ?? '')
  const intake = new Intake(options, options.lastSeq ?? null)
  const closing = new AbortController()
  let state: LiveState = 'connecting'
  let wake = () => {}
  let check = () => {}

  const set = (next: LiveState) => {
    if (state === next || state === 'closed') return
    state = next
    tell(options, 'onState', next)
  }
  const client = createClient({
    baseUrl: options.baseUrl,
    headers: options.token === undefined ? {} : { authorization: `Bearer ${options.token}` },
    fetch: options.fetch,
  })
  const stop = listenToDevice(
    () => wake(),
    () => check(),
  )

  /** Until then, or until somebody wants to go on. */
  const sleep = (ms: number) =>
    new Promise<'slept' | 'woken'>((resolve) => {
      const timer = setTimeout(() => resolve('slept'), Math.min(ms, 2 ** 31 - 1))
      wake = () => {
        clearTimeout(timer)
        resolve('woken')
      }
    })

  async function speak(): Promise<Ending> {
    const conversation = converse({
      url,
      token: options.token,
      lastSeq: intake.lastSeq,
      timing,
      take: (message) => {
        if (message.type === 'ready') set('live')
        intake.take(message)
      },
      signal: closing.signal,
      WebSocket: options.WebSocket ?? globalThis.WebSocket,
    })
    check = conversation.check
    const ending = await conversation.ended
    check = () => {}
    return ending
  }

  /** Asks until it is time to try a socket again. */
  async function askFor(failures: number): Promise<void> {
    const until = performance.now() + spread(timing.trySocketEveryMs)
    do {
      const asked = await poll(client, intake, AbortSignal.any([closing.signal, AbortSignal.timeout(timing.answerWithinMs)]))
      if (closing.signal.aborted) return
      if (asked === 'signed_out') return waitForSignIn()
      set(asked === 'answered' ? 'polling' : 'away')
      // Who does not answer by either way is tried by both, ever more seldom.
      const wait = asked === 'answered' ? spread(timing.pollEveryMs) : backOff(failures - failuresBeforePolling, timing)
      if ((await sleep(wait)) === 'woken' || asked === 'no_answer') return
    } while (performance.now() < until)
  }

  async function waitForSignIn(): Promise<void> {
    set('signed_out')
    // What the device notices, such as a network that is back, signs nobody in.
    await new Promise<void>((resolve) => {
      signIn = resolve
    })
    set('connecting')
  }
  let signIn = () => {}

  async function run(): Promise<void> {
    for (let failures = 0; !closing.signal.aborted; ) {
      while (isOffline() && !closing.signal.aborted) {
        set('offline')
        await sleep(Number.POSITIVE_INFINITY)
        set('connecting')
      }
      if (closing.signal.aborted) return
      const { code, livedMs } = await speak()
      if (closing.signal.aborted) return
      if (code === closeCodes.notSignedIn) {
        await waitForSignIn()
        continue
      }
      failures = livedMs > steadyAfterMs ? 0 : failures + 1
      if (isOurMistake(code)) failures = Math.max(failures, failuresBeforePolling)
      if (failures >= failuresBeforePolling) {
        await askFor(failures)
      } else {
        set('connecting')
        await sleep(backOff(failures, timing))
      }
    }
  }

  void run()
  return {
    get state() {
      return state
    },
    get lastSeq() {
      return intake.lastSeq
    },
    reconnect: () => {
      signIn()
      wake()
      check()
    },
    close: () => {
      set('closed')
      closing.abort()
      stop()
      signIn()
      wake()
    },
  }
}

/** Anywhere up to the longest wait, so that many who lost the same server do not come again together. */
const backOff = (failures: number, { firstWaitMs, longestWaitMs }: LiveTiming) =>
  Math.random() * Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(Math.max(failures, 0), 20))

const spread = (ms: number) => ms * (0.8 + 0.4 * Math.random())

// Some say nothing of it: then they are online.
const isOffline = () => globalThis.navigator?.onLine === false

/** `wake`: there is a network again. `check`: a socket may have died meanwhile and nobody noticed. */
function listenToDevice(wake: () => void, check: () => void): () => void {
  if (typeof window === 'undefined') return () => {}
  const onLine = () => {
    wake()
    check()
  }
  const onSight = () => {
    if (document.visibilityState === 'visible') check()
  }
  window.addEventListener('online', onLine)
  window.addEventListener('offline', check)
  document.addEventListener('visibilitychange', onSight)
  return () => {
    window.removeEventListener('online', onLine)
    window.removeEventListener('offline', check)
    document.removeEventListener('visibilitychange', onSight)
  }
}
