import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import type { App } from '../app.ts'
import { inTransaction } from '../database/transaction.ts'
import { AppError, invalid } from '../errors.ts'

/** What goes over the wire, so that it can be given again. */
export type Kept = { status: number; headers: Record<string, string>; body: unknown }

export type KeyedRequest = { userId: string; method: string; path: string; key: string; bodyHash: string }

const keptFor = '24 hours'

/**
 * Runs `work` once for a key: the key's row commits with the work, so an answer that was given stays given.
 * `work` gets an App whose `db` is that transaction. What `refusal` makes of an error it threw is kept likewise,
 * while the work is undone; null (a 5xx) is not kept.
 */
export async function once(
  app: App,
  request: KeyedRequest,
  work: (app: App) => Promise<Kept>,
  refusal: (error: unknown) => Kept | null,
): Promise<Kept & { replayed: boolean }> {
  const { userId, method, path, key, bodyHash } = request
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw invalid({ field: 'Idempotency-Key', code: 'invalid_format', message: 'must be 1 to 255 visible ASCII characters without spaces' })
  }
  return inTransaction(app, async (app) => {
    // Not a waiting insert: the second of two simultaneous requests is told so at once.
    const lock = await sql<{ free: boolean }>`
        select pg_try_advisory_xact_lock(hashtextextended(${`idempotency ${userId} ${method} ${path} ${key}`}, 0)) as free`.execute(app.db)
    if (!lock.rows[0]?.free)
      throw new AppError('conflict', 'The first request with this Idempotency-Key is still running. Ask again in a moment.')

    const first = await sql<{ body_hash: string; status: number; headers: Record<string, string>; body: unknown }>`
        select body_hash, status, headers, body from idempotency_keys
        where user_id = ${userId} and method = ${method} and path = ${path} and key = ${key}
          and created_at > ${app.now().toISOString()}::timestamptz - ${keptFor}::interval`.execute(app.db)
    const kept = first.rows[0]
    if (kept) {
      if (kept.body_hash !== bodyHash) {
        throw new AppError(
          'idempotency_key_reused',
          `The key ${JSON.stringify(key)} was used with another body in the last 24 hours. Use a new key for a new request.`,
        )
      }
      return { status: kept.status, headers: kept.headers, body: kept.body, replayed: true }
    }
    await sql`savepoint before_work`.execute(app.db)
    const answer = await work(app).catch(async (error: unknown) => {
      const refused = refusal(error)
      if (!refused) throw error
      // Under the same lock, so that no second request runs in between.
      await sql`rollback to savepoint before_work`.execute(app.db)
      return refused
    })
    await keep(app, request, answer)
    return { ...answer, replayed: false }
  })
}

async function keep(app: App, { userId, method, path, key, bodyHash }: KeyedRequest, answer: Kept): Promise<void> {
  const body = answer.body === undefined ? null : JSON.stringify(answer.body)
  const now = app.now().toISOString()
  await sql`
    insert into idempotency_keys (user_id, method, path, key, body_hash, status, headers, body, created_at)
    values (${userId}, ${method}, ${path}, ${key}, ${bodyHash}, ${answer.status}, ${JSON.stringify(answer.headers)}, ${body}, ${now})
    on conflict (user_id, method, path, key) do update
      set body_hash = excluded.body_hash, status = excluded.status, headers = excluded.headers, body = excluded.body, created_at = excluded.created_at`.execute(
    app.db,
  )
  await sql`delete from idempotency_keys where created_at < ${now}::timestamptz - ${keptFor}::interval`.execute(app.db)
}

const longestStepMs = 15

/** The same for bodies that mean the same: property order and white space do not count. A long one stands in nobody's way. */
export async function hashBody(body: unknown): Promise<string> {
  const hash = createHash('sha256')
  let since = performance.now()
  for (const piece of piecesOf(body, 0)) {
    hash.update(piece)
    if (performance.now() - since < longestStepMs) continue
    await setImmediate()
    since = performance.now()
  }
  return hash.digest('hex')
}

// As deep as the list of a bulk request lies: each entry is a piece.
const deepestList = 3

/** Canonical JSON, a piece at a time. */
function* piecesOf(value: unknown, depth: number): Generator<string> {
  if (value === null || typeof value !== 'object' || depth === deepestList) {
    yield JSON.stringify(canonical(value)) ?? 'null'
    return
  }
  const isList = Array.isArray(value)
  const entries = isList ? value.entries() : inOrder(value)
  let separator = isList ? '[' : '{'
  for (const [name, inner] of entries) {
    yield isList ? separator : `${separator}${JSON.stringify(name)}:`
    yield* piecesOf(inner, depth + 1)
    separator = ','
  }
  yield (separator === ',' ? '' : separator) + (isList ? ']' : '}')
}

const inOrder = (object: object) =>
  Object.entries(object)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(inOrder(value).map(([name, inner]) => [name, canonical(inner)]))
}
