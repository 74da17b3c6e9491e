/**
 * Lists with filters, quick whatever the filters leave: a walk in the order of the list while they leave many rows, one look-up in
 * the index of all filters when they leave few. Which of the two is not left to statistics: the walk itself shows how many match.
 */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Total } from '../../contract/fields.ts'
import { allOf, countedUpTo, countUpTo, type Place, type Selection, type SortKey, totalOf } from './keyset.ts'
import type { Tables } from './tables.ts'

type Db = Kysely<Tables>

export type Condition = {
  holds: RawBuilder<unknown>
  /** The same, or what follows from it, in the words of the index of all filters. */
  indexed?: RawBuilder<unknown> | null | undefined
  /** Has to be looked for in a long text. */
  isText?: boolean
}

export type FilteredSelection = Selection & {
  /** What every index begins with: the owner, and that it is not in the trash. */
  scope: RawBuilder<unknown>
  /** There is an index in the order of the sort: only of what is not in the trash. */
  isWalkable: boolean
  /** What else `where` holds. */
  conditions: readonly Condition[]
}

export type Found = {
  matches: Place[]
  isEnd: boolean
  /** Of the rows that were looked at. */
  share: number
  /** Of the whole list, where it came along. */
  total: Total | null
}

// Rows looked at before deciding, and rows whose walk takes about as long as a look-up. A text lies apart from its row.
const probe = { plain: 1_000, text: 200 }
const farthest = { plain: 8_000, text: 1_500 }
const kindOf = ({ conditions }: FilteredSelection) => (conditions.some(({ isText }) => isText) ? 'text' : 'plain')

/** The first `limit` matches behind a place, in the order of the list. */
export async function findMatches(db: Db, list: FilteredSelection, limit: number, after?: Place): Promise<Found> {
  if (!list.isWalkable) return lookUpMatches(db, list, limit, after)
  const kind = kindOf(list)
  const matches: Place[] = []
  let place = after
  let walked = 0
  for (let rows = probe[kind]; ; ) {
    const step = await walk(db, list, rows, place)
    matches.push(...step.matches)
    walked += step.walked
    place = step.place
    const share = matches.length / walked
    if (matches.length >= limit || step.isEnd)
      return { matches: matches.slice(0, limit), isEnd: step.isEnd && matches.length <= limit, share, total: null }
    if (step.isStretchEnd) continue
    rows = Math.ceil((1.5 * (limit - matches.length)) / share)
    if (matches.length >= 4 && walked + rows <= farthest[kind]) continue
    const rest = await lookUpMatches(db, list, limit - matches.length, place)
    return { ...rest, matches: [...matches, ...rest.matches] }
  }
}

/** The matches among the next `rows` rows. Rows without a key are a stretch of their own: a comparison with NULL would lose them. */
async function walk(db: Db, list: FilteredSelection, rows: number, after: Place | undefined) {
  const { from, scope, conditions, id, sort } = list
  const direction = directionOf(sort)
  const isAbsent = after !== undefined && after.value === null
  const stretch = !sort.nullable ? sql`` : isAbsent ? sql`and ${sort.expression} is null` : sql`and ${sort.expression} is not null`
  const order = isAbsent ? sql`${id} ${direction}` : sql`${sort.expression} ${direction}, ${id} ${direction}`
  const walked = await sql<Place & { hit: boolean; at: number }>`
    with walked as materialized (
      select id, value, hit is true as hit, row_number() over () as at from (
        select ${id} as id, ${sort.expression} as value, ${allOf(conditions.map(({ holds }) => holds))} as hit
        from ${from} where ${scope} ${stretch} ${after ? sql`and ${behind(list, after)}` : sql``} order by ${order} limit ${rows}
      ) as rows
    )
    select id, value, hit, at from walked where hit or at = (select max(at) from walked) order by at`.execute(db)
  const last = walked.rows.at(-1)
  const isStretchEnd = (last?.at ?? 0) < rows
  return {
    matches: walked.rows.filter(({ hit }) => hit).map(({ id, value }) => ({ id, value })),
    walked: last?.at ?? 0,
    isStretchEnd,
    isEnd: isStretchEnd && (!sort.nullable || isAbsent),
    place: isStretchEnd || !last ? firstAbsent(sort) : { value: last.value, id: last.id },
  }
}

/** The same by the index of all filters. */
async function lookUpMatches(db: Db, list: FilteredSelection, limit: number, after?: Place): Promise<Found> {
  const { from, id, sort } = list
  const direction = directionOf(sort)
  const order = sql`value ${direction} nulls last, id ${direction}`
  const isNext = after ? sql`where ${behind({ sort: { ...sort, expression: sql`value` }, id: sql`id` }, after, true)}` : sql``
  const { rows } = await byIndex(db, (db) =>
    sql<Place & { n: number }>`
      with hits as materialized (select ${id} as id, ${sort.expression} as value from ${from} where ${indexedWhere(list)}),
      next as (select id, value from hits ${isNext} order by ${order} limit ${limit})
      select id, value, n from (select count(*) as n from hits) as counted left join next on true order by ${order}`.execute(db),
  )
  const matches = rows.filter(({ id }) => id !== null).map(({ id, value }) => ({ id, value }))
  return { matches, isEnd: matches.length < limit, share: 0, total: totalOf(rows[0]?.n ?? 0) }
}

/** How many there are in all; `share` of the rows that were looked at matched. */
export async function countMatches(db: Db, list: FilteredSelection, share: number): Promise<Total> {
  const { from, scope, conditions, id, sort, isWalkable } = list
  const rows = Math.ceil((1.2 * (countedUpTo + 1)) / share)
  if (isWalkable && rows <= 4 * farthest[kindOf(list)]) {
    const some = sql`(select * from ${from} where ${scope} order by ${sort.expression}, ${id} limit ${rows}) as ${from}`
    const counted = await countUpTo(db, some, allOf(conditions.map(({ holds }) => holds)))
    if (counted.relation === 'at_least') return counted
  }
  return byIndex(db, (db) => countUpTo(db, from, indexedWhere(list)))
}

const indexedWhere = ({ scope, conditions }: FilteredSelection) =>
  allOf([scope, ...conditions.flatMap(({ holds, indexed }) => (indexed ? [indexed, holds] : [holds]))])

/** Statistics take a search in a text for cheap, and what they have not seen for rare. */
function byIndex<T>(db: Db, work: (db: Db) => Promise<T>): Promise<T> {
  const within = async (db: Db) => {
    await sql`set local enable_seqscan = off; set local enable_indexscan = off`.execute(db)
    return work(db)
  }
  if (!db.isTransaction) return db.transaction().execute(within)
  return within(db).finally(() => sql`set local enable_seqscan to default; set local enable_indexscan to default`.execute(db))
}

/** Strictly behind a place; `withAbsent`: also those without a key, which come last. */
function behind({ sort, id }: Pick<Selection, 'sort' | 'id'>, { value, id: after }: Place, withAbsent = false): RawBuilder<unknown> {
  const beyond = sort.descending ? sql`<` : sql`>`
  const withoutKey = sql`${sort.expression} is null`
  if (value === null) return sql`${withoutKey} and ${id} ${beyond} ${after}::uuid`
  const further = sql`(${sort.expression}, ${id}) ${beyond} (${value}::${sql.raw(sort.type)}, ${after}::uuid)`
  return withAbsent ? sql`(${further} or ${withoutKey})` : further
}

const directionOf = (sort: SortKey) => (sort.descending ? sql`desc` : sql`asc`)

const firstAbsent = (sort: SortKey): Place => ({
  value: null,
  id: sort.descending ? 'ffffffff-ffff-ffff-ffff-ffffffffffff' : '00000000-0000-0000-0000-000000000000',
})
