import type { Logger } from 'pino'
import { connectRedis } from '../redis/connect.ts'
import type { Store } from './cache.ts'
import { sealOfCode } from './seal-of-code.ts'

const longestValue = 1024 * 1024

/** Shared by every process with the same code. Without Redis nothing is found and nothing is kept. */
export async function redisStore(url: string, log: Pick<Logger, 'info' | 'warn'>): Promise<Store> {
  const redis = connectRedis(url, 'cache', log)
  const prefix = `landed:${await sealOfCode()}:`
  return {
    get: (key) => redis.attempt((commands) => commands.getBuffer(prefix + key)),
    set: (key, value, seconds) => {
      if (value.length <= longestValue) void redis.attempt((commands) => commands.set(prefix + key, value, 'EX', seconds))
    },
    ping: redis.ping,
    close: redis.close,
  }
}
