import { Redis } from 'ioredis'
import type { Logger } from 'pino'
import type { Store } from './cache.ts'
import { sealOfCode } from './seal-of-code.ts'

// Asking Redis must not take longer than doing without it.
const answersWithinMs = 50
const failuresInARow = 3
const leftAloneForMs = 2_000
const longestValue = 1024 * 1024

/** Shared by every process with the same code. Without Redis nothing is found and nothing is kept, and nobody waits for it. */
export async function redisStore(url: string, log: Pick<Logger, 'info' | 'warn'>): Promise<Store> {
  const redis = new Redis(url, {
    connectionName: 'landed-cache',
    commandTimeout: answersWithinMs,
    // Of a server that took a command and then nothing was heard of: connect anew.
    socketTimeout: 2_000,
    connectTimeout: 2_000,
    // What cannot be sent now is of no use later.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2_000),
  })
  const prefix = `landed:${await sealOfCode()}:`
  const breaker = makeBreaker(redis, log)
  const attempt = async <T>(act: () => Promise<T>): Promise<T | null> => {
    if (!breaker.isClosed()) return null
    try {
      const result = await act()
      breaker.worked()
      return result
    } catch (error) {
      breaker.failed(error as Error)
      return null
    }
  }
  return {
    get: (key) => attempt(() => redis.getBuffer(prefix + key)),
    set: (key, value, seconds) => {
      if (value.length <= longestValue) void attempt(() => redis.set(prefix + key, value, 'EX', seconds))
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
function makeBreaker(redis: Redis, log: Pick<Logger, 'info' | 'warn'>) {
  let failures = 0
  let openUntil = 0
  let isTold = false
  const tell = (reason: string) => {
    if (!isTold) log.warn({ redis: `${redis.options.host}:${redis.options.port}`, reason }, 'Redis does not answer; going on without it')
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
      if (isTold) log.info('Redis answers again')
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
