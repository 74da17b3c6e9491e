import type pg from 'pg'
import type { Logger } from 'pino'
import { memoryStore } from './memory.ts'

/** Where answers are kept. Forgetting one is always allowed. */
export type Store = {
  /** Null: there is none, or the store does not answer in time. Never throws. */
  get(key: string): Promise<Buffer | null> | Buffer | null
  /** Does not wait, and never throws. */
  set(key: string, value: Buffer, seconds: number): void
  /** Milliseconds to the store and back; throws when it does not answer. Null when it is in this process. */
  ping(): Promise<number> | null
  close(): Promise<void>
}

export type Question = {
  userId: string
  /** What is counted: `jobs.list`. */
  name: string
  /** All the answer depends on beside the user's records and the clock. */
  key: string
  /** Kept no longer than this. */
  seconds: number
}

/** Serialized JSON. `until`: the instant from which on it would be another, in milliseconds. */
export type Loaded = { json: Buffer; until?: number | undefined }

export type Outcome = 'hit' | 'shared' | 'miss'

export type Cache = {
  /** What is kept for this question if nothing has changed since, else what `load` gives; simultaneous askers share one `load`. */
  answer(question: Question, load: () => Promise<Loaded>): Promise<{ json: Buffer; outcome: Outcome }>
  /** Since the start, by the name of the question. */
  counts(): Record<string, Record<Outcome, number>>
  ping: Store['ping']
  close: Store['close']
}

const memoryBytes = 32 * 1024 * 1024

/** `redisUrl` null: answers are kept in this process. */
export async function openCache(
  pool: pg.Pool,
  settings: { redisUrl: string | null; log: Pick<Logger, 'info' | 'warn'>; now: () => Date },
): Promise<Cache> {
  const { redisUrl, log, now } = settings
  // Loaded where it is used only: a start without Redis need not wait for its driver.
  const store = redisUrl === null ? memoryStore(memoryBytes) : await (await import('./redis.ts')).redisStore(redisUrl, log)
  return createCache(pool, store, now)
}

/**
 * Every answer is kept together with the generation of its user, and given again only to who finds the same generation.
 * It is read BEFORE the answer is made. So what is kept holds everything that was committed when the generation was read,
 * and whatever commits later, be it while the answer is being made, takes another generation along: nobody who asks after
 * that commit is given the answer. Who joins a load under way has read the same generation himself.
 */
function createCache(pool: pg.Pool, store: Store, now: () => Date): Cache {
  const loads = new Map<string, Promise<Buffer>>()
  const counts: Record<string, Record<Outcome, number>> = {}

  async function load(key: string, seconds: number, generation: string, make: () => Promise<Loaded>): Promise<Buffer> {
    const since = now().getTime()
    const { json, until = Number.POSITIVE_INFINITY } = await make()
    store.set(key, stamp(json, { generation, since, until }), seconds)
    return json
  }

  return {
    answer: async ({ userId, name, key: asked, seconds }, make) => {
      const key = `${userId} ${name} ${asked}`
      const generation = await readGeneration(pool, userId)
      const found = await store.get(key)
      const count = (outcome: Outcome) => {
        counts[name] ??= { hit: 0, shared: 0, miss: 0 }
        counts[name][outcome]++
        return outcome
      }
      const kept = found && valid(found, generation, now().getTime())
      if (kept) return { json: kept, outcome: count('hit') }
      const flight = `${key} ${generation}`
      const joined = loads.get(flight)
      if (joined) return { outcome: count('shared'), json: await joined }
      const own = load(key, seconds, generation, make).finally(() => loads.delete(flight))
      loads.set(flight, own)
      return { outcome: count('miss'), json: await own }
    },
    counts: () => counts,
    ping: store.ping,
    close: store.close,
  }
}

/** Empty until the user's first write. */
async function readGeneration(pool: pg.Pool, userId: string): Promise<string> {
  const { rows } = await pool.query<{ generation: string | null }>({
    name: 'read_generation',
    text: `select string_agg(generation::text, ',' order by slot) as generation from user_generations where user_id = $1`,
    values: [userId],
  })
  return rows[0]?.generation ?? ''
}

type Stamp = { generation: string; since: number; until: number }

const lineFeed = 10

const stamp = (json: Buffer, { generation, since, until }: Stamp) => Buffer.concat([Buffer.from(`${generation} ${since} ${until}\n`), json])

function valid(kept: Buffer, generation: string, now: number): Buffer | null {
  const end = kept.indexOf(lineFeed)
  const [of, since, until] = kept.toString('latin1', 0, end).split(' ')
  return of === generation && Number(since) <= now && now < Number(until) ? kept.subarray(end + 1) : null
}
