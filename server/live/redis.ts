import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import { z } from 'zod'
import { openRedis } from '../redis/connect.ts'
import { type FanOut, Hint } from './fan-out.ts'

/** One for everybody: a hint is small, and whoever has nobody of that person drops it. */
const channel = 'landed:live'
const beatEveryMs = 1_500
/** So long after the last beat that came back hints are taken for lost. */
const wholeForMs = 4_000
const lastWordsWithinMs = 1_000

const Envelope = z.strictObject({ from: z.uuid(), hint: Hint })

/**
 * Redis may be away, come back empty, drop a subscriber that is behind, or take a connection and say nothing. So each process
 * sends itself a beat through it: while that comes back, so do the hints of others; when it comes back after a silence, some were lost.
 */
export function redisFanOut(url: string, log: Pick<Logger, 'info' | 'warn'>): FanOut {
  const self = randomUUID()
  const beats = `${channel}:${self}`
  const said = new Set<Promise<unknown>>()
  let publisher: Redis | null = null
  let subscriber: Redis | null = null
  let beat: NodeJS.Timeout | undefined
  let heardAt = Number.NEGATIVE_INFINITY
  let isTold = false

  const isWhole = () => performance.now() - heardAt < wholeForMs
  const open = (purpose: string) => {
    const redis = openRedis(url, purpose, { commandTimeout: 2_000, autoResubscribe: false })
    // Told once, below; unheard it would end the process.
    redis.on('error', () => {})
    return redis
  }
  const say = (to: string, text: string) => {
    publisher ??= open('live-publish')
    const saying = publisher.publish(to, text).catch(() => {})
    said.add(saying)
    void saying.finally(() => said.delete(saying))
  }
  const heardBeat = (again: () => void) => {
    const wasWhole = isWhole()
    heardAt = performance.now()
    if (wasWhole) return
    if (isTold) log.info('hints come through Redis again')
    isTold = false
    again()
  }

  return {
    publish: (hint) => say(channel, JSON.stringify({ from: self, hint } satisfies z.input<typeof Envelope>)),
    listen: (hear, again) => {
      const listening = open('live-subscribe')
      subscriber = listening
      let readyAt = performance.now()
      // Not by itself: the first time may fail, too.
      listening.on('ready', () => {
        readyAt = performance.now()
        listening.subscribe(channel, beats).catch(() => {})
      })
      listening.on('close', () => {
        heardAt = Number.NEGATIVE_INFINITY
      })
      listening.on('message', (to: string, text: string) => {
        if (to === beats) return heardBeat(again)
        const envelope = read(text)
        if (envelope && envelope.from !== self) hear(envelope.hint)
      })
      const check = () => {
        say(beats, '')
        if (isWhole() || performance.now() - readyAt < wholeForMs) return
        // It may be half open: nothing is sent on it that would fail.
        if (listening.status === 'ready') listening.disconnect(true)
        readyAt = performance.now()
        if (!isTold) log.warn('no hints come through Redis; looking for what other processes wrote every few seconds')
        isTold = true
      }
      check()
      beat = setInterval(check, beatEveryMs).unref()
    },
    isWhole,
    close: async () => {
      clearInterval(beat)
      // Such as that somebody was signed out by a process that ends with that.
      await Promise.race([Promise.all(said), pause(lastWordsWithinMs, undefined, { ref: false })])
      publisher?.disconnect()
      subscriber?.disconnect()
    },
  }
}

// Other versions may say what this one does not know.
function read(text: string): z.output<typeof Envelope> | null {
  try {
    return Envelope.parse(JSON.parse(text))
  } catch {
    return null
  }
}
