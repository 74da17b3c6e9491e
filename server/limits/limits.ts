/** How often something may be done: counted in this process, and through Redis by all of them together. */
import { LRUCache } from 'lru-cache'
import type { Logger } from 'pino'
import { AppError } from '../errors.ts'
import type { SharedCounts } from './shared-counts.ts'

/** At most `count` within `seconds`, counted from the first. */
export type Limit = { name: string; key: string; count: number; seconds: number }

/** What is known of one limit: counted so far, and the instant in milliseconds from which on it begins anew. */
export type Counted = { count: number; until: number }

export type Limits = {
  /** Counts one more against every limit, or none when one of them is used up: then it throws rate_limited. */
  take(limits: Limit[]): Promise<Counted[]>
  /** Throws rate_limited when one is known here to be used up. Counts nothing and asks nobody. */
  refuseUsedUp(limits: Limit[]): void
  /** What was right in the end counts no more. */
  forget(limits: Limit[]): Promise<void>
  close(): Promise<void>
}

export async function openLimits(settings: {
  redisUrl: string | null
  log: Pick<Logger, 'info' | 'warn'>
  now: () => Date
}): Promise<Limits> {
  const { redisUrl, log, now } = settings
  // Loaded where it is used only: a start without Redis need not wait for its driver.
  const shared = redisUrl === null ? null : (await import('./shared-counts.ts')).shareCounts(redisUrl, log)
  return createLimits(shared, () => now().getTime())
}

/**
 * What Redis says is kept here too, so that a Redis that goes away leaves the counts where they were: from there on each process
 * counts for itself. A request never waits for it longer than a moment, and never fails by it.
 */
function createLimits(shared: SharedCounts | null, now: () => number): Limits {
  // Whoever comes under ever new names makes the oldest be forgotten, not the memory grow.
  const here = new LRUCache<string, Counted>({ max: 100_000 })

  const find = (limit: Limit, at: number): Counted => {
    const present = here.get(keyOf(limit))
    return present && present.until > at ? present : { count: 0, until: at + limit.seconds * 1000 }
  }
  const keep = (limits: Limit[], counted: Counted[]) => {
    for (const [index, limit] of limits.entries()) here.set(keyOf(limit), counted[index] as Counted)
    return counted
  }
  const refuseUsedUp = (limits: Limit[], at = now()) => {
    const used = limits.map((limit) => ({ limit, counted: find(limit, at) })).filter(({ limit, counted }) => counted.count >= limit.count)
    if (used.length > 0) throw usedUp(used, at)
  }

  return {
    refuseUsedUp: (limits) => refuseUsedUp(limits),
    take: async (limits) => {
      const at = now()
      refuseUsedUp(limits, at)
      const answer = await shared?.take(limits, at)
      if (!answer)
        return keep(
          limits,
          limits.map((limit) => {
            const { count, until } = find(limit, at)
            return { count: count + 1, until }
          }),
        )
      keep(limits, answer.counted)
      if (!answer.isTaken) refuseUsedUp(limits, at)
      return answer.counted
    },
    forget: async (limits) => {
      for (const limit of limits) here.delete(keyOf(limit))
      await shared?.forget(limits)
    },
    close: async () => shared?.close(),
  }
}

export const keyOf = ({ name, key }: Limit) => `${name} ${key}`

function usedUp(used: { limit: Limit; counted: Counted }[], now: number): AppError {
  const longest = used.reduce((a, b) => (b.counted.until > a.counted.until ? b : a))
  const seconds = Math.ceil((longest.counted.until - now) / 1000)
  return new AppError('rate_limited', `That was too often. Try again in ${inWords(seconds)}.`, {
    headers: { 'retry-after': String(seconds), ...limitHeaders(longest.limit, longest.counted, now) },
  })
}

const inWords = (seconds: number) => (seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`)

/** As draft-ietf-httpapi-ratelimit-headers has them: what may be done, and how much of it is left for how many seconds. */
export function limitHeaders({ name, count, seconds }: Limit, counted: Counted, now: number): Record<string, string> {
  const left = Math.max(0, count - counted.count)
  return {
    'ratelimit-policy': `"${name}";q=${count};w=${seconds}`,
    ratelimit: `"${name}";r=${left};t=${Math.max(0, Math.ceil((counted.until - now) / 1000))}`,
  }
}
