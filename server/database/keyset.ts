import { createHash } from 'node:crypto'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Total } from '../../contract/fields.ts'
import { AppError } from '../errors.ts'
import type { Tables } from './tables.ts'

/** What a list is sorted by. The id breaks ties in the same direction; absent values come last either way. */
export type SortKey = {
  expression: RawBuilder<unknown>
  type: 'timestamptz' | 'date' | 'text' | 'float8' | 'int'
  nullable: boolean
  descending: boolean
}

export type Page<Row> = { items: Row[]; next_cursor: string | null }

/** What a list shows, as SQL. `from` and `where` as in a select; `id` is the id's column. */
export type Selection = {
  from: RawBuilder<unknown>
  where: RawBuilder<unknown>
  id: RawBuilder<unknown>
  sort: SortKey
  /** What comes before the sort: matches that were ranked. */
  rank?: RawBuilder<unknown> | undefined
}

/** The order of the list, for what reads a selection whole. */
export function orderOf({ id, sort, rank }: Selection): RawBuilder<unknown> {
  const direction = sort.descending ? sql`desc` : sql`asc`
  // Only where needed: an index that is read backwards has its nulls first.
  const order = sql`${sort.expression} ${direction} ${sort.nullable ? sql`nulls last` : sql``}, ${id} ${direction}`
  return rank ? sql`${rank}, ${order}` : order
}

/** Where a walk is: at this key and id. */
export type Place = { value: string | number | null; id: string }

type PageRow = { id: string; sort_key: string | number | null }

/**
 * One page by keyset: a row comparison on (key, id), which an index walks however deep the page is,
 * and which neither repeats nor skips an untouched row while others come and go.
 * Rows without a value follow in a second walk: a comparison with NULL would lose them.
 */
export async function keysetPage<Row extends { id: string }>(
  db: Kysely<Tables>,
  options: Selection & {
    columns: RawBuilder<unknown>
    limit: number
    cursor: string | undefined
    /** What the cursor is bound to: user, filter and sort. */
    boundTo: unknown
  },
): Promise<Page<Row>> {
  const { columns, from, where, id, sort, limit, boundTo } = options
  const after = options.cursor === undefined ? undefined : readCursor<Place>(options.cursor, boundTo)
  const direction = sort.descending ? sql`desc` : sql`asc`
  const beyond = sort.descending ? sql`<` : sql`>`
  const rows: (Row & PageRow)[] = []

  if (after === undefined || after.value !== null) {
    const place = after ? sql`and (${sort.expression}, ${id}) ${beyond} (${after.value}::${sql.raw(sort.type)}, ${after.id}::uuid)` : sql``
    const present = sort.nullable ? sql`and ${sort.expression} is not null` : sql``
    const found = await sql<Row & PageRow>`
      select ${columns}, ${sort.expression} as sort_key from ${from}
      where ${where} ${present} ${place}
      order by ${sort.expression} ${direction}, ${id} ${direction} limit ${limit + 1}`.execute(db)
    rows.push(...found.rows)
  }
  if (sort.nullable && rows.length <= limit) {
    const place = after?.value === null ? sql`and ${id} ${beyond} ${after.id}::uuid` : sql``
    const found = await sql<Row & PageRow>`
      select ${columns}, null as sort_key from ${from}
      where ${where} and ${sort.expression} is null ${place}
      order by ${id} ${direction} limit ${limit + 1 - rows.length}`.execute(db)
    rows.push(...found.rows)
  }
  const more = rows.length > limit
  const page = more ? rows.slice(0, limit) : rows
  const last = page.at(-1)
  const next_cursor = more && last ? writeCursor({ value: last.sort_key, id: last.id }, boundTo) : null
  return { items: page.map(({ sort_key: _, ...row }) => row as unknown as Row), next_cursor }
}

/** `place` is whatever the list needs to go on from. */
export const writeCursor = (place: object, boundTo: unknown) => {
  const text = JSON.stringify(place)
  return Buffer.from(`${sealOf(text, boundTo)}${text}`).toString('base64url')
}

export function readCursor<P extends object>(cursor: string, boundTo: unknown): P {
  const refused = () =>
    new AppError('invalid_cursor', 'This cursor is damaged, or was given for another filter or sort. Start again without `cursor`.')
  const text = Buffer.from(cursor, 'base64url').toString()
  const [seal, place] = [text.slice(0, 16), text.slice(16)]
  // Decoding skips what is not base64url, so a damaged cursor can decode to the same text: it must also read the same.
  if (seal !== sealOf(place, boundTo) || Buffer.from(text).toString('base64url') !== cursor) throw refused()
  return JSON.parse(place) as P
}

const sealOf = (place: string, boundTo: unknown) =>
  createHash('sha256')
    .update(JSON.stringify([boundTo, place]))
    .digest('hex')
    .slice(0, 16)

/** Conditions joined with `and`. */
export const allOf = (conditions: RawBuilder<unknown>[]): RawBuilder<unknown> => sql.join(conditions, sql` and `)

/**
 * A total is exact up to this and `at_least` beyond: counting a million rows would cost more than the page. Rows in whose texts
 * something is looked for cost more than others.
 */
export const countedUpTo = { plain: 10_000, text: 1_000 }

export const exactly = (value: number): Total => ({ value, relation: 'exact' })

export const totalOf = (n: number, most: number): Total => (n > most ? { value: most, relation: 'at_least' } : exactly(n))

export async function countUpTo(
  db: Kysely<Tables>,
  from: RawBuilder<unknown>,
  where: RawBuilder<unknown>,
  most = countedUpTo.plain,
): Promise<Total> {
  const { rows } = await sql<{
    n: number
  }>`select count(*) as n from (select 1 from ${from} where ${where} limit ${most + 1}) as counted`.execute(db)
  return totalOf(rows[0]?.n ?? 0, most)
}
