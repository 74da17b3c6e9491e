/**
 * Lists with filters, quick whatever the filters leave: a walk in the order of the list while they leave many rows, a look-up in the
 * index of all filters when they leave few. Which of the two is not left to statistics: the first rows show how many match.
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
  /** Beginnings of words: the index has to gather every word that begins so. */
  hasBeginning?: boolean
  /** The index has to gather every value in between: worth it only where few rows have one. */
  isRange?: boolean
}

export type FilteredSelection = Selection & {
  /** What every index begins with: the owner, and that it is not in the trash; and ranges of what the list is sorted by. */
  scope: RawBuilder<unknown>
  /** Those ranges by themselves: where they leave few rows, they are looked up too. */
  stretch: readonly Condition[]
  /** What else `where` holds. */
  conditions: readonly Condition[]
  /** There is an index in the order of the sort: only of what is not in the trash. */
  isWalkable: boolean
  /** The sort is by `age`, latest first. */
  isNewestFirst: boolean
  /** When a record was made, and which came later of one moment; `instant` as the index of all filters knows it. */
  age: { created: RawBuilder<unknown>; instant: RawBuilder<unknown>; id: RawBuilder<unknown> }
}

/** Of `walked` rows, from `first` to `last`, how many matched, and how many were within each range. */
type Sample = { matched: number; walked: number; inRange: number[]; first: Place | undefined; last: Place | undefined }

export type Found = {
  matches: Place[]
  isEnd: boolean
  /** Of the whole list, where it came along. */
  total: Total | null
  /** Where the walk began with the newest. */
  sample: Sample | null
}

// Rows looked at before deciding, and rows whose walk takes as long as the worst look-up. A text lies apart from its row.
const probe = { plain: 1_000, text: 200 }
const farthest = { plain: 15_000, text: 6_000 }
// Where a text that many rows have is narrowed by other filters, it is looked for in few of the rows that are walked.
const farthestToMany = 24_000
// In a small list a look-up in texts is always quicker.
const small = 12_000
// What a stretch of time may hold: more would take longer than a look-up of everything.
const longestStretch = 150_000
// Of beginnings that so many have, the words take longer to gather than the rows to walk.
const manyBegin = 0.15
const kindOf = ({ conditions }: FilteredSelection) => (conditions.some(({ isText }) => isText) ? 'text' : 'plain')

/** The first `limit` matches behind a place, in the order of the list. */
export async function findMatches(db: Db, list: FilteredSelection, limit: number, after?: Place): Promise<Found> {
  if (!list.isWalkable) return lookUp(db, list, limit, after, null)
  const kind = kindOf(list)
  if (kind === 'text' && (await isSmall(db, list))) return lookUp(db, list, limit, after, null)
  const matches: Place[] = []
  let sample = nothing
  for (let [rows, place] = [probe[kind], after]; ; ) {
    const step = await walk(db, list, rows, place)
    matches.push(...step.matches)
    sample = together(sample, step.sample)
    place = step.place
    const seen = list.isNewestFirst && after === undefined ? sample : null
    if (matches.length >= limit || step.isEnd)
      return { matches: matches.slice(0, limit), isEnd: step.isEnd && matches.length <= limit, sample: seen, total: null }
    if (step.isStretchEnd) continue
    rows = rowsFor(limit - matches.length, sample)
    const isFar = rows > 4 * probe[kind]
    const most = kind === 'text' && isWalked(list, sample) ? farthestToMany : farthest[kind]
    const isFew = matches.length < 4 || sample.walked + rows > most
    if (seen && (isFew || isFar) && !isWalked(list, sample)) {
      const newest = await lookUpNewest(db, list, limit, seen)
      if (newest) return newest
    }
    if (kind === 'plain' && matches.length < 4 && sample.walked < 5 * probe.plain) {
      rows = 4 * probe.plain
      continue
    }
    if (isFew) {
      const rest = await lookUp(db, await withShortStretch(db, list), limit - matches.length, place, sample)
      return { ...rest, sample: seen, matches: [...matches, ...rest.matches] }
    }
  }
}

/** Rows that hold so many matches, going by a sample; the more, the fewer it has seen. */
const rowsFor = (matches: number, { matched, walked }: Sample) =>
  Math.ceil((matches * walked * (1 + 2 * Math.sqrt((1 - matched / walked) / matched) + 0.05)) / matched)

/** Whether rows are better walked than a stretch of time looked up. */
const isWalked = (list: FilteredSelection, { matched, walked }: Sample) =>
  kindOf(list) === 'plain' || (list.conditions.some(({ hasBeginning }) => hasBeginning) && matched >= manyBegin * walked)

/** The matches since a place of the newest first list, that place included. */
export const findSince = (db: Db, list: FilteredSelection, limit: number, first: Place, last: Place | null) => {
  if (!last) return lookUp(db, list, limit, undefined, null)
  return lookUp(db, { ...list, conditions: [...list.conditions, since(list, first, last)] }, limit, undefined, null)
}

/** How many there are in all. `sample` is of the newest. */
export async function countMatches(db: Db, list: FilteredSelection, sampled: Sample | null): Promise<Total> {
  const { from, scope, conditions, age } = list
  const kind = kindOf(list)
  const most = countedUpTo[kind]
  if (!list.isWalkable) return byIndex(db, (db) => countUpTo(db, from, indexedWhere(list, null), most))
  const newestFirst = { ...list, sort: { expression: age.created, type: 'timestamptz', nullable: false, descending: true } as const }
  const step = sampled ? null : await walk(db, newestFirst, probe[kind], undefined)
  if (step?.isEnd) return totalOf(step.matches.length, most)
  const sample = sampled ?? step!.sample
  const rows = rowsFor(most + 1, sample)
  const stretch = sinceRows(list, sample, rows)
  const walks = isWalked(list, sample)
  if (walks && rows <= longestStretch) {
    const newest = sql`(select * from ${from} where ${scope} order by ${age.created} desc, ${age.id} desc limit ${rows}) as ${from}`
    const counted = await inOrder(db, (db) => countUpTo(db, newest, allOf(conditions.map(({ holds }) => holds)), most))
    if (counted.relation === 'at_least') return counted
  }
  return byIndex(db, async (db) => {
    if (stretch && !walks) {
      const counted = await countUpTo(db, from, indexedWhere({ ...list, conditions: [...conditions, stretch] }, sample), most)
      if (counted.relation === 'at_least') return counted
    }
    return countUpTo(db, from, indexedWhere(await withShortStretch(db, list), sample), most)
  })
}

/** Else a look-up gathers what is beyond the stretch as well. */
async function withShortStretch(db: Db, list: FilteredSelection): Promise<FilteredSelection> {
  if (list.stretch.length === 0 || !(await isSmall(db, list))) return list
  return { ...list, conditions: [...list.conditions, ...list.stretch.map((one) => ({ ...one, isRange: false }))] }
}

type Step = { matches: Place[]; sample: Sample; isStretchEnd: boolean; isEnd: boolean; place: Place }

/** The matches among the next `rows` rows. Rows without a key are a stretch of their own: a comparison with NULL would lose them. */
async function walk(db: Db, list: FilteredSelection, rows: number, after: Place | undefined): Promise<Step> {
  const { from, scope, conditions, id, sort } = list
  const direction = directionOf(sort)
  const isAbsent = after !== undefined && after.value === null
  const stretch = !sort.nullable ? sql`` : isAbsent ? sql`and ${sort.expression} is null` : sql`and ${sort.expression} is not null`
  const order = isAbsent ? sql`${id} ${direction}` : sql`${sort.expression} ${direction}, ${id} ${direction}`
  const ranges = conditions.filter(({ isRange }) => isRange).map(({ holds }) => sql`(${holds}) is true`)
  const inRange = ranges.map((_, at) => sql`(select count(*) from walked where ranges[${sql.lit(at + 1)}])`)
  const walked = await sql<Place & { hit: boolean; at: number; in_range: number[] }>`
    with walked as materialized (
      select id, value, hit is true as hit, ranges, row_number() over () as at from (
        select ${id} as id, ${sort.expression} as value, ${allOf(conditions.map(({ holds }) => holds))} as hit, ${arrayOf(ranges, 'bool')} as ranges
        from ${from} where ${scope} ${stretch} ${after ? sql`and ${behind(list, after)}` : sql``} order by ${order} limit ${rows}
      ) as rows
    )
    select id, value, hit, at, ${arrayOf(inRange, 'int')} as in_range
    from walked where hit or at in (1, (select max(at) from walked)) order by at`.execute(db)
  const [first, last] = [walked.rows[0], walked.rows.at(-1)]
  const isStretchEnd = (last?.at ?? 0) < rows
  const matches = walked.rows.filter(({ hit }) => hit).map(({ id, value }) => ({ id, value }))
  return {
    matches,
    sample: { matched: matches.length, walked: last?.at ?? 0, inRange: first?.in_range ?? [], first, last },
    isStretchEnd,
    isEnd: isStretchEnd && (!sort.nullable || isAbsent),
    place: isStretchEnd || !last ? firstAbsent(sort) : { value: last.value, id: last.id },
  }
}

const nothing: Sample = { matched: 0, walked: 0, inRange: [], first: undefined, last: undefined }
const together = (one: Sample, next: Sample): Sample => ({
  matched: one.matched + next.matched,
  walked: one.walked + next.walked,
  inRange: next.inRange.map((n, at) => n + (one.inRange[at] ?? 0)),
  first: one.first ?? next.first,
  last: next.last ?? one.last,
})

/** All that match, by the index of all filters; of them the first `limit` behind a place. */
async function lookUp(
  db: Db,
  list: FilteredSelection,
  limit: number,
  after: Place | undefined,
  sample: Sample | null,
): Promise<Found & { total: Total }> {
  const { from, id, sort } = list
  const direction = directionOf(sort)
  const order = sql`value ${direction} nulls last, id ${direction}`
  const isNext = after ? sql`where ${behind({ sort: { ...sort, expression: sql`value` }, id: sql`id` }, after, true)}` : sql``
  const { rows } = await byIndex(db, (db) =>
    sql<Place & { n: number }>`
      with hits as materialized (select ${id} as id, ${sort.expression} as value from ${from} where ${indexedWhere(list, sample)}),
      next as (select id, value from hits ${isNext} order by ${order} limit ${limit})
      select id, value, n from (select count(*) as n from hits) as counted left join next on true order by ${order}`.execute(db),
  )
  const matches = rows.filter(({ id }) => id !== null).map(({ id, value }) => ({ id, value }))
  return { matches, isEnd: matches.length < limit, total: totalOf(rows[0]?.n ?? 0, countedUpTo[kindOf(list)]), sample: null }
}

/** The newest matches, from a stretch of time that should hold enough of them; null: it did not. */
async function lookUpNewest(db: Db, list: FilteredSelection, limit: number, sample: Sample): Promise<Found | null> {
  const stretch = sinceRows(list, sample, rowsFor(limit, sample))
  if (!stretch) return null
  const newest = await lookUp(db, { ...list, conditions: [...list.conditions, stretch] }, limit, undefined, sample)
  return newest.matches.length < limit ? null : { ...newest, sample, total: null }
}

/** About the newest `rows` rows, going by how close those of the sample are; null: they would be too many. */
function sinceRows(list: FilteredSelection, { walked, first, last }: Sample, rows: number): Condition | null {
  if (!first || !last || rows > longestStretch) return null
  const times = rows / walked
  const [newest, oldest] = [Date.parse(String(first.value)), Date.parse(String(last.value))]
  const value = new Date(Math.max(newest - (newest - oldest) * times, earliest)).toISOString()
  const [highest, lowest] = [headOf(first.id), headOf(last.id)]
  const head = Math.max(Math.floor(highest - (highest - lowest + 1) * times), 0)
    .toString(16)
    .padStart(12, '0')
  return since(list, first, { value, id: `${head.slice(0, 8)}-${head.slice(8)}-0000-0000-000000000000` })
}

/** From the newest to a place, as the index knows it. Of one moment, such as an import, the ids are the order. */
const since = ({ age }: FilteredSelection, first: Place, last: Place): Condition => ({
  holds:
    first.value === last.value
      ? sql`${age.id} >= ${last.id}::uuid and ${age.created} >= ${last.value}::timestamptz`
      : sql`${age.instant} >= ${last.value}::timestamptz at time zone 'UTC'`,
})

const earliest = Date.UTC(1000, 0)
const headOf = (id: string) => Number.parseInt(id.replace('-', '').slice(0, 12), 16)

async function isSmall(db: Db, { from, scope }: FilteredSelection): Promise<boolean> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from (select 1 from ${from} where ${scope} limit ${small}) as counted`.execute(db)
  return rows[0]!.n < small
}

/** What can be looked up, and with it all that has to hold. Of the ranges those that few rows of the sample were in. */
function indexedWhere({ scope, conditions }: FilteredSelection, sample: Sample | null): RawBuilder<unknown> {
  const ranges = conditions.filter(({ isRange }) => isRange)
  const hasOthers = ranges.length < conditions.length
  const isWorthIt = (one: Condition) => {
    if (!one.isRange || !hasOthers) return true
    return sample !== null && (sample.inRange[ranges.indexOf(one)] ?? 0) < 0.05 * sample.walked
  }
  return allOf([scope, ...conditions.flatMap((one) => (one.indexed && isWorthIt(one) ? [one.indexed, one.holds] : [one.holds]))])
}

/** Statistics take a search in a text for cheap, and what they have not seen for rare. */
const byIndex = <T>(db: Db, work: (db: Db) => Promise<T>) => without(db, ['enable_seqscan', 'enable_indexscan'], work)

/** They take reading and sorting a table for cheaper than a long walk, which ends as soon as there is enough. */
const inOrder = <T>(db: Db, work: (db: Db) => Promise<T>) => without(db, ['enable_seqscan', 'enable_bitmapscan'], work)

function without<T>(db: Db, ways: readonly string[], work: (db: Db) => Promise<T>): Promise<T> {
  const set = (how: string) => sql.raw(ways.map((way) => `set local ${way} ${how}`).join('; '))
  const within = async (db: Db) => {
    await set('= off').execute(db)
    return work(db)
  }
  if (!db.isTransaction) return db.transaction().execute(within)
  return within(db).finally(() => set('to default').execute(db))
}

/** Strictly behind a place; `withAbsent`: also those without a key, which come last. */
function behind({ sort, id }: Pick<Selection, 'sort' | 'id'>, { value, id: after }: Place, withAbsent = false): RawBuilder<unknown> {
  const beyond = sort.descending ? sql`<` : sql`>`
  const withoutKey = sql`${sort.expression} is null`
  if (value === null) return sql`${withoutKey} and ${id} ${beyond} ${after}::uuid`
  const further = sql`(${sort.expression}, ${id}) ${beyond} (${value}::${sql.raw(sort.type)}, ${after}::uuid)`
  return withAbsent ? sql`(${further} or ${withoutKey})` : further
}

const arrayOf = (values: RawBuilder<unknown>[], type: string) =>
  values.length === 0 ? sql`null::${sql.raw(type)}[]` : sql`array[${sql.join(values)}]::${sql.raw(type)}[]`

const directionOf = (sort: SortKey) => (sort.descending ? sql`desc` : sql`asc`)

const firstAbsent = (sort: SortKey): Place => ({
  value: null,
  id: sort.descending ? 'ffffffff-ffff-ffff-ffff-ffffffffffff' : '00000000-0000-0000-0000-000000000000',
})
