import { createHash } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import { connectRedis } from '../redis/connect.ts'
import { type Counted, keyOf, type Limit } from './limits.ts'

export type SharedCounts = {
  /** Null: Redis is away. */
  take(limits: Limit[], now: number): Promise<{ isTaken: boolean; counted: Counted[] } | null>
  forget(limits: Limit[]): Promise<unknown>
  close(): Promise<void>
}

// In one step, so that of many who come at once no more get through than may. ARGV: count and milliseconds of each key.
// Gives 1 if it was counted, then count and milliseconds left of each key.
const takeAll = `
local counts, isFree = {}, 1
for i, key in ipairs(KEYS) do
  counts[i] = tonumber(redis.call('get', key) or '0')
  if counts[i] >= tonumber(ARGV[2 * i - 1]) then isFree = 0 end
end
local answer = { isFree }
for i, key in ipairs(KEYS) do
  if isFree == 1 then
    counts[i] = redis.call('incr', key)
    if counts[i] == 1 then redis.call('pexpire', key, ARGV[2 * i]) end
  end
  answer[2 * i] = counts[i]
  answer[2 * i + 1] = redis.call('pttl', key)
end
return answer`

export function shareCounts(url: string, log: Pick<Logger, 'info' | 'warn'>): SharedCounts {
  const redis = connectRedis(url, 'limits', log)
  return {
    take: async (limits, now) => {
      const settings = limits.flatMap(({ count, seconds }) => [count, seconds * 1000])
      const answer = await redis.attempt((commands) => takeIn(commands, limits.map(sharedKey), settings))
      if (!answer) return null
      const counted = limits.map((limit, index) => {
        const left = answer[2 * index + 2] as number
        // Below zero: nothing is counted of this one.
        return { count: answer[2 * index + 1] as number, until: now + (left < 0 ? limit.seconds * 1000 : left) }
      })
      return { isTaken: answer[0] === 1, counted }
    },
    forget: (limits) => redis.attempt((commands) => commands.del(...limits.map(sharedKey))),
    close: redis.close,
  }
}

const takeIn = async (commands: Redis, keys: string[], settings: number[]) =>
  (await commands.eval(takeAll, keys.length, ...keys, ...settings)) as number[]

/** Addresses and e-mails stay out of Redis. */
const sharedKey = (limit: Limit) => `landed:limits:${createHash('sha256').update(keyOf(limit)).digest('base64url').slice(0, 32)}`
