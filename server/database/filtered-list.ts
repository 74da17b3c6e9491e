/**
 * Lists with filters, quick whatever the filters leave: a walk in the order of the list while they leave many rows, a look-up in the
 * index of all filters when they leave few. Which of the two is not left to statistics: the first rows show how many match.
 */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { LRUCache } from 'lru-cache'
import type { Total } from '../../contract/fields.ts'
import { ageOf, agesBetween, firstAge, type Moment } from './age.ts'
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
  userId: string
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
  /** What matches are scored by, and of how many of the first ones: `by` may refer to `text` as `scored`. */
  score?: { text: RawBuilder<unknown>; by: RawBuilder<unknown>; most: number } | undefined
  /** When a record was made, and which came later of one moment; `indexed` as the index of all filters knows it. */
  age: { instant: RawBuilder<unknown>; id: RawBuilder<unknown>; indexed: RawBuilder<unknown> }
}

/** Of `walked` rows, from `first` to `last`, how many matched, and how many were within each range. `isRead`: found by reading their texts. */
type Sample = { matched: number; walked: number; inRange: number[]; first: Place | undefined; last: Place | undefined; isRead: boolean }

export type Match = Place & { score: number | null }

export type Found = {
  matches: Match[]
  isEnd: boolean
  /** Of the whole list, where it came along. */
  total: Total | null
  /** Of the newest, where some were looked at. */
  sample: Sample | null
}

// Rows looked at before deciding: in the order of the list; for words that the index tells apart; for texts that have to be read,
// which lie apart from their rows.
const probe = { plain: 1_000, newest: 1_200, text: 200 }
// Rows whose walk takes as long as the worst look-up.
const farthest = { plain: 15_000, text: 6_000, small: 400 }
// Beginnings of words that many rows have are looked for in all that are walked: gathering them takes longer.
const farthestToMany = 24_000
const manyBegin = 0.15
// And of other filters, if so many match.
const manyMatch = 0.5
// In a small list they are quickly gathered, and so is everything.
const small = 12_000
// What a stretch of time may hold: gathering more would take longer than a look-up of everything.
const longestStretch = 250_000
// The fewer match, the less there is to look up: a match in a list so long takes as long as gathering so many rows of a stretch.
const longList = 1_000_000
const gatheredPerMatch = 20
// Of a range that fewer rows are in, the index has little to gather.
const rare = 0.05
const kindOf = ({ conditions }: FilteredSelection) => (conditions.some(({ isText }) => isText) ? 'text' : 'plain')

/** The first `limit` matches behind a place, in the order of the list. */
export async function findMatches(db: Db, list: FilteredSelection, limit: number, after?: Place): Promise<Found> {
  if (!list.isWalkable) return lookUp(db, list, limit, after, null)
  const isFromNewest = list.isNewestFirst && after === undefined
  if (kindOf(list) === 'plain' && !isFromNewest) return { ...(await walkOn(db, list, limit, after, null)), sample: null }
  const newest = await sampleNewest(db, list, isFromNewest ? limit : probe.newest)
  if (!newest) return lookUp(db, withStretch(list), limit, after, null)
  const { sample, matches, isEnd } = newest
  const rest = async (): Promise<Found> => lookUp(db, await withShortStretch(db, list), limit, after, sample)
  const rows = rowsFor(limit, sample)
  if (!isFromNewest) {
    const most = (await isSmall(db, list)) ? farthest.small : farthestFor(list, sample)
    return { ...(rows > most ? await rest() : await walkOn(db, list, limit, after, sample)), sample }
  }
  if (matches.length >= limit || isEnd)
    return { matches: matches.slice(0, limit), isEnd: isEnd && matches.length <= limit, total: null, sample }
  if (!isWalked(list, sample)) {
    const isMostOfIt = rows > small / 3 && (await isSmall(db, list))
    return (isMostOfIt ? null : await lookUpNewest(db, list, limit, newest)) ?? rest()
  }
  const more = await walkOn(db, scoringLess(list, matches.length), limit - matches.length, sample.last, sample)
  return { ...more, matches: [...matches, ...more.matches], sample: more.sample && together(sample, more.sample) }
}

/** Walks as long as that is quicker, going by what was seen so far, or is `known`; then looks up the rest. */
async function walkOn(db: Db, list: FilteredSelection, limit: number, after: Place | undefined, known: Sample | null): Promise<Found> {
  const kind = kindOf(list)
  const matches: Match[] = []
  let sample = nothing
  let place = after
  let rows = known ? rowsFor(limit, known) : probe.plain
  for (;;) {
    const step = await walk(db, scoringLess(list, matches.length), limit - matches.length, rows, place)
    matches.push(...step.matches)
    sample = together(sample, step.sample)
    place = step.place
    if (matches.length >= limit || step.isEnd)
      return { matches: matches.slice(0, limit), isEnd: step.isEnd && matches.length <= limit, sample, total: null }
    if (step.isStretchEnd) continue
    const isFew = matches.length < 4
    const isElsewhere = sample.inRange.some((n) => n < rare * sample.walked)
    if (isFew && kind === 'plain' && sample.walked < 5 * probe.plain && !isElsewhere) {
      rows = 4 * probe.plain
      continue
    }
    rows = rowsFor(limit - matches.length, sample)
    if (isFew || sample.walked + rows > farthestFor(list, sample)) {
      const further = scoringLess(await withShortStretch(db, list), matches.length)
      const rest = await lookUp(db, further, limit - matches.length, place, sample)
      return { ...rest, matches: [...matches, ...rest.matches] }
    }
  }
}

/**
 * How many of the newest rows match, and those matches, newest first, up to `limit`. Words the index tells apart; beginnings of words
 * it would have to gather, so their texts are read. Null: there are so few rows that all can be looked up.
 */
async function sampleNewest(db: Db, list: FilteredSelection, limit: number): Promise<Pick<Step, 'sample' | 'matches' | 'isEnd'> | null> {
  const ordered = newestFirst(list)
  if (kindOf(list) === 'plain') return walk(db, ordered, limit, probe.plain, undefined)
  const sample = await edgeOf(db, ordered)
  if (!sample) return null
  if (hasBeginnings(list) && !(await isSmall(db, list))) return walk(db, ordered, limit, probe.text, undefined)
  const { matches, n } = await lookUp(db, since(ordered, sample), limit, undefined, sample)
  return { matches, isEnd: false, sample: { ...sample, matched: n, isRead: false } }
}

/** How far the newest rows go, and how many of them are within each range; null: there are not so many. */
async function edgeOf(db: Db, list: FilteredSelection): Promise<Sample | null> {
  const { from, scope, id, sort, conditions } = list
  const ranges = conditions.filter(({ isRange }) => isRange)
  if (ranges.length > 0) {
    const never: Condition = { holds: sql`false` }
    const { sample, isEnd } = await walk(db, { ...list, conditions: [...ranges, never], score: undefined }, 0, probe.newest, undefined)
    return isEnd ? null : sample
  }
  // Without them no row need be read.
  const place = (at: number) => sql`
    (select ${sort.expression} as value, ${id} as id, ${sql.lit(at)} as at from ${from} where ${scope}
     order by ${sort.expression} desc, ${id} desc offset ${sql.lit(at - 1)} limit 1)`
  const [first, last] = (await sql<Place>`${place(1)} union all ${place(probe.newest)} order by at`.execute(db)).rows
  return last ? { matched: 0, walked: probe.newest, inRange: [], first, last, isRead: false } : null
}

const newestFirst = (list: FilteredSelection): FilteredSelection => ({
  ...list,
  sort: { expression: list.age.instant, type: 'timestamptz', nullable: false, descending: true },
})

/** Rows that hold so many matches, going by a sample; the more, the fewer it has seen. */
const rowsFor = (matches: number, { matched, walked }: Sample) =>
  matched === 0
    ? Number.POSITIVE_INFINITY
    : Math.ceil((matches * walked * (1 + 2 * Math.sqrt(Math.max(1 - matched / walked, 0) / matched) + 0.05)) / matched)

const farthestFor = (list: FilteredSelection, sample: Sample) =>
  kindOf(list) === 'plain' ? farthest.plain : isWalked(list, sample) ? farthestToMany : farthest.text

const hasBeginnings = ({ conditions }: FilteredSelection) => conditions.some(({ hasBeginning }) => hasBeginning)

/** Whether rows are better walked than a stretch of time looked up. */
const isWalked = (list: FilteredSelection, { matched, walked, isRead }: Sample) =>
  kindOf(list) === 'plain' ? matched >= manyMatch * walked : hasBeginnings(list) && isRead && matched >= manyBegin * walked

/** The matches since a place of the newest first list, that place included. */
export const findSince = (db: Db, list: FilteredSelection, limit: number, first: Place, last: Place | null) =>
  lookUp(db, last ? since(list, { first, last }) : list, limit, undefined, null)

/** How many there are in all. `sample` is of the newest. */
export async function countMatches(db: Db, list: FilteredSelection, sampled: Sample | null): Promise<Total> {
  const { from, scope, conditions, age } = list
  const kind = kindOf(list)
  const most = countedUpTo[kind]
  if (!list.isWalkable) return byIndex(db, (db) => countUpTo(db, from, indexedWhere(list, null), most))
  const newest = sampled ? null : await sampleNewest(db, list, most + 1)
  if (newest?.isEnd) return totalOf(newest.sample.matched, most)
  const sample = sampled ?? newest?.sample
  if (!sample) return byIndex(db, (db) => countUpTo(db, from, indexedWhere(withStretch(list), null), most))
  if (sample.matched > most) return totalOf(sample.matched, most)
  const rows = rowsFor(most + 1, sample)
  const walks = isWalked(list, sample)
  if (walks && sample.last && rows <= longestStretch) {
    const matches = allOf(conditions.map(({ holds }) => holds))
    const older = sql`${scope} and ${behind(newestFirst(list), sample.last)}`
    const further = rows - sample.walked
    const walked = await inOrder(db, (db) =>
      sql<{ all: number; matched: number }>`
        select count(*) as all, count(*) filter (where ${matches}) as matched
        from (select * from ${from} where ${older} order by ${age.instant} desc, ${age.id} desc limit ${further}) as ${from}`.execute(db),
    )
    const { all, matched } = walked.rows[0]!
    if (sample.matched + matched > most || all < further) return totalOf(sample.matched + matched, most)
  }
  return byIndex(db, async (db) => {
    const older = walks ? null : olderThan(list, sample, rows)
    if (older) {
      const counted = await countUpTo(db, from, indexedWhere(older, sample), most - sample.matched)
      if (counted.relation === 'at_least') return totalOf(most + 1, most)
    }
    return countUpTo(db, from, indexedWhere(await withShortStretch(db, list), sample), most)
  })
}

/** Else a look-up gathers what is beyond the stretch as well. */
const withShortStretch = async (db: Db, list: FilteredSelection): Promise<FilteredSelection> =>
  list.stretch.length > 0 && (await isSmall(db, list)) ? withStretch(list) : list

const withStretch = (list: FilteredSelection): FilteredSelection => ({
  ...list,
  conditions: [...list.conditions, ...list.stretch.map((one) => ({ ...one, isRange: false }))],
})

type Step = { matches: Match[]; sample: Sample; isStretchEnd: boolean; isEnd: boolean; place: Place }

/**
 * The matches among the next `rows` rows, up to `limit` or one or two more: no row behind those is looked at. Rows without a key are
 * a stretch of their own: a comparison with NULL would lose them.
 */
async function walk(db: Db, list: FilteredSelection, limit: number, rows: number, after: Place | undefined): Promise<Step> {
  const { from, scope, conditions, id, sort } = list
  const direction = directionOf(sort)
  const isAbsent = after !== undefined && after.value === null
  const stretch = !sort.nullable ? sql`` : isAbsent ? sql`and ${sort.expression} is null` : sql`and ${sort.expression} is not null`
  const order = isAbsent ? sql`${id} ${direction}` : sql`${sort.expression} ${direction}, ${id} ${direction}`
  const ranges = conditions.filter(({ isRange }) => isRange).map(({ holds }) => sql`(${holds}) is true`)
  const inRange = ranges.map((_, at) => sql`count(*) filter (where ranges[${sql.lit(at + 1)}]) over so_far`)
  const { scored, scoredUpTo } = scoring(list)
  const walked = await sql<Match & { hit: boolean; at: number; is_last: boolean; in_range: number[] | null }>`
    select id, value, hit, at, is_last, in_range, case when hit then ${scoredUpTo(sql`hits`)} end as score from (
      select id, value, hit is true as hit, row_number() over so_far as at, lead(false, 1, true) over so_far as is_last,
        ${arrayOf(inRange, 'int')} as in_range, scored, count(*) filter (where hit) over so_far as hits
      from (
        select ${id} as id, ${sort.expression} as value, ${allOf(conditions.map(({ holds }) => holds))} as hit,
          ${arrayOf(ranges, 'bool')} as ranges, ${scored} as scored
        from ${from} where ${scope} ${stretch} ${after ? sql`and ${behind(list, after)}` : sql``} order by ${order} limit ${rows}
      ) as rows
      window so_far as (rows unbounded preceding)
    ) as walked where hit or at = 1 or is_last limit ${limit + 2}`.execute(db)
  const [first, last] = [walked.rows[0], walked.rows.at(-1)]
  const isStretchEnd = !last || (last.is_last && last.at < rows)
  const matches = walked.rows.filter(({ hit }) => hit).map(({ id, value, score }) => ({ id, value, score }))
  return {
    matches,
    sample: { matched: matches.length, walked: last?.at ?? 0, inRange: last?.in_range ?? [], first, last, isRead: true },
    isStretchEnd,
    isEnd: isStretchEnd && (!sort.nullable || isAbsent),
    place: isStretchEnd ? firstAbsent(sort) : { value: last.value, id: last.id },
  }
}

const nothing: Sample = { matched: 0, walked: 0, inRange: [], first: undefined, last: undefined, isRead: true }
const together = (one: Sample, next: Sample): Sample => ({
  matched: one.matched + next.matched,
  walked: one.walked + next.walked,
  inRange: next.inRange.map((n, at) => n + (one.inRange[at] ?? 0)),
  first: one.first ?? next.first,
  last: next.last ?? one.last,
  isRead: next.isRead,
})

/** All that match, by the index of all filters; of them the first `limit` behind a place. */
async function lookUp(
  db: Db,
  list: FilteredSelection,
  limit: number,
  after: Place | undefined,
  sample: Sample | null,
): Promise<Found & { total: Total; n: number }> {
  const { from, id, sort } = list
  const direction = directionOf(sort)
  const order = sql`value ${direction} nulls last, id ${direction}`
  const isNext = after ? sql`where ${behind({ sort: { ...sort, expression: sql`value` }, id: sql`id` }, after, true)}` : sql``
  const { scored, scoredUpTo } = scoring(list)
  const { rows } = await byIndex(db, (db) =>
    sql<Match & { n: number }>`
      with hits as materialized (select ${id} as id, ${sort.expression} as value, ${scored} as scored from ${from} where ${indexedWhere(list, sample)}),
      next as (select * from hits ${isNext} order by ${order} limit ${limit})
      select id, value, ${scoredUpTo(sql`row_number() over (order by ${order})`)} as score, n
      from (select count(*) as n from hits) as counted left join next on true order by ${order}`.execute(db),
  )
  const matches = rows.filter(({ id }) => id !== null).map(({ id, value, score }) => ({ id, value, score }))
  const n = rows[0]?.n ?? 0
  return { matches, isEnd: matches.length < limit, total: totalOf(n, countedUpTo[kindOf(list)]), n, sample: null }
}

/** The text stays where it is until it is scored: that of most matches never is. */
const scoring = ({ score }: FilteredSelection) => ({
  scored: score ? score.text : sql`null`,
  scoredUpTo: (at: RawBuilder<unknown>) => (score ? sql`case when ${at} <= ${score.most} then ${score.by} end` : sql`null::float8`),
})

/** The same list, so many matches further on. */
const scoringLess = (list: FilteredSelection, matches: number): FilteredSelection =>
  list.score ? { ...list, score: { ...list.score, most: list.score.most - matches } } : list

/** More of the newest matches, from a stretch of time that should hold enough of them; null: it did not. */
async function lookUpNewest(
  db: Db,
  list: FilteredSelection,
  limit: number,
  { sample, matches }: Pick<Step, 'sample' | 'matches'>,
): Promise<Found | null> {
  // Where texts are scored all the same, the rest of what is counted comes along for little.
  const most = countedUpTo[kindOf(list)]
  const older = olderThan(scoringLess(list, matches.length), sample, rowsFor(list.score ? most + 1 : limit, sample))
  if (!older) return null
  const more = await lookUp(db, older, limit - matches.length, undefined, sample)
  const n = matches.length + more.n
  if (n < limit) return null
  return { matches: [...matches, ...more.matches], isEnd: false, sample, total: n > most ? totalOf(n, most) : null }
}

/** The rows behind a sample of the newest, down to about the `rows`th of all; null: they would be too many. */
function olderThan(list: FilteredSelection, { matched, walked, first, last }: Sample, rows: number): FilteredSelection | null {
  if (!first || !last || rows > Math.min(longestStretch, (longList * gatheredPerMatch * matched) / walked)) return null
  const [newest, oldest] = [momentOf(first), momentOf(last)].map(ageOf) as [bigint, bigint]
  const from = newest - ((newest - oldest + 1n) * BigInt(rows)) / BigInt(walked)
  return between(within(list, behind(newestFirst(list), last)), from < firstAge ? firstAge : from, oldest)
}

/** The list of what was made from the first place of a stretch on, down to its last. */
function since(list: FilteredSelection, { first, last }: Pick<Sample, 'first' | 'last'>): FilteredSelection {
  if (!first || !last) return list
  const exactly = sql`(${list.age.instant}, ${list.age.id}) >= (${last.value}::timestamptz, ${last.id}::uuid)`
  return between(within(list, exactly), ageOf(momentOf(last)), ageOf(momentOf(first)))
}

const between = (list: FilteredSelection, from: bigint, to: bigint): FilteredSelection => ({
  ...list,
  conditions: [...list.conditions, { holds: sql`${list.age.indexed} @@ ${agesBetween(list.userId, from, to)}` }],
})

/** What is between bounds that are not to be looked up themselves: there are indexes for them, and other conditions would be tried row by row. */
const within = (list: FilteredSelection, bounds: RawBuilder<unknown>): FilteredSelection => ({
  ...list,
  scope: sql`${list.scope} and (${bounds}) is true`,
})

const momentOf = ({ value, id }: Place): Moment => ({ instant: String(value), id })

const sizes = new LRUCache<string, boolean>({ max: 10_000, ttl: 60_000 })

/** What is known of a person's whole list is good for a minute: it only says which way is quicker. */
async function isSmall(db: Db, { userId, from, scope, stretch }: FilteredSelection): Promise<boolean> {
  const before = stretch.length === 0 ? sizes.get(userId) : undefined
  if (before !== undefined) return before
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from (select 1 from ${from} where ${scope} limit ${small}) as counted`.execute(db)
  const is = rows[0]!.n < small
  if (stretch.length === 0) sizes.set(userId, is)
  return is
}

/** What can be looked up, and with it all that has to hold. Of the ranges those that few rows of the sample were in. */
function indexedWhere({ scope, conditions }: FilteredSelection, sample: Sample | null): RawBuilder<unknown> {
  const ranges = conditions.filter(({ isRange }) => isRange)
  const hasOthers = ranges.length < conditions.length
  const isWorthIt = (one: Condition) => {
    if (!one.isRange || !hasOthers) return true
    return sample !== null && (sample.inRange[ranges.indexOf(one)] ?? 0) < rare * sample.walked
  }
  return allOf([scope, ...conditions.flatMap((one) => (one.indexed && isWorthIt(one) ? [one.indexed, one.holds] : [one.holds]))])
}

/** Statistics take a search in a text for cheap, and what they have not seen for rare. */
const byIndex = <T>(db: Db, work: (db: Db) => Promise<T>) =>
  withSettings(db, { enable_seqscan: 'off', enable_indexscan: 'off', work_mem: gathering }, work)

// Beginnings of words may gather all the rows there are: with less they would be forgotten page by page, and their texts read.
const gathering = "'32MB'"

/** They take reading and sorting a table for cheaper than a long walk, which ends as soon as there is enough. */
const inOrder = <T>(db: Db, work: (db: Db) => Promise<T>) => withSettings(db, { enable_seqscan: 'off', enable_bitmapscan: 'off' }, work)

function withSettings<T>(db: Db, settings: Record<string, string>, work: (db: Db) => Promise<T>): Promise<T> {
  const set = (to: (value: string) => string) =>
    sql.raw(
      Object.entries(settings)
        .map(([name, value]) => `set local ${name} to ${to(value)}`)
        .join('; '),
    )
  const within = async (db: Db) => {
    await set((value) => value).execute(db)
    return work(db)
  }
  if (!db.isTransaction) return db.transaction().execute(within)
  return within(db).finally(() => set(() => 'default').execute(db))
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
