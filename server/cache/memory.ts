import { LRUCache } from 'lru-cache'
import type { Store } from './cache.ts'

/** The most recently used answers, in this process. */
export function memoryStore(maxBytes: number): Store {
  const kept = new LRUCache<string, Buffer>({
    maxSize: maxBytes,
    // One answer must not push out all the others.
    maxEntrySize: maxBytes / 8,
    sizeCalculation: (value, key) => value.length + key.length * 2,
  })
  return {
    get: (key) => kept.get(key) ?? null,
    set: (key, value, seconds) => void kept.set(key, value, { ttl: seconds * 1_000 }),
    ping: () => null,
    close: async () => kept.clear(),
  }
}
