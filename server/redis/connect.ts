import { Redis, type RedisOptions } from 'ioredis'
import type { Logger } from 'pino'

// Asking Redis must not take longer than doing without it.
const answersWithinMs = 50
const failuresInARow = 3
const leftAloneForMs = 2_000

/** A Redis that may go away: nobody waits for it then, and that it is away is said once. */
export type FlightyRedis = {
  /** Null: it is away, or did not answer in time. Never throws. */
  attempt<T>(act: (redis: Redis) => Promise<T>): Promise<T | null>
  /** Milliseconds to it and back; throws when it does not answer. */
  ping(): Promise<number>
  close(): Promise<void>
}

/** A connection that comes again by itself. `name`: what it is for. What could not be said in time is of no use later, and not said again. */
export const openRedis = (url: string, name: string, more: RedisOptions): Redis =>
  new Redis(url, {
    connectionName: `landed-${name}`,
    // Of a server that took a command and then nothing was heard of: connect anew.
    socketTimeout: 2_000,
    connectTimeout: 2_000,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2_000),
    ...more,
  })

/** `name`: what it is for, as Redis and the log have it. */
export function connectRedis(url: string, name: string, log: Pick<Logger, 'info' | 'warn'>): FlightyRedis {
  // What cannot be sent now is asked elsewhere.
  const redis = openRedis(url, name, { commandTimeout: answersWithinMs, enableOfflineQueue: false })
  const breaker = makeBreaker(redis, name, log)
  return {
    attempt: async (act) => {
      if (!breaker.isClosed()) return null
      try {
        const result = await act(redis)
        breaker.worked()
        return result
      } catch (error) {
        breaker.failed(error as Error)
        return null
      }
    },
    ping: async () => {
      const began = performance.now()
      await redis.ping()
      return performance.now() - began
    },
    close: async () => redis.disconnect(),
  }
}

/** After some failures in a row Redis is left alone for a while; then one question tries it. */
function makeBreaker(redis: Redis, name: string, log: Pick<Logger, 'info' | 'warn'>) {
  let failures = 0
  let openUntil = 0
  let isTold = false
  const tell = (reason: string) => {
    if (!isTold)
      log.warn({ redis: `${redis.options.host}:${redis.options.port}`, for: name, reason }, 'Redis does not answer; going on without it')
    isTold = true
  }
  redis.on('error', (error: Error) => tell(error.message))
  return {
    isClosed: () => {
      const now = performance.now()
      if (redis.status !== 'ready' || now < openUntil) return false
      if (failures >= failuresInARow) openUntil = now + leftAloneForMs
      return true
    },
    worked: () => {
      if (isTold) log.info({ for: name }, 'Redis answers again')
      failures = 0
      openUntil = 0
      isTold = false
    },
    failed: (error: Error) => {
      failures++
      if (failures < failuresInARow) return
      openUntil = performance.now() + leftAloneForMs
      tell(error.message)
    },
  }
}
