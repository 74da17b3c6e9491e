/**
 * `sort=relevance`: the newest 500 matches by rank, then the rest by `-created_at`. Ranking all of a frequent word would take seconds.
 * The first page says which stretch of the list was ranked, and every cursor carries it: so a job that stays as it is is neither
 * repeated nor skipped, whatever comes and goes meanwhile.
 */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Total } from '../../../contract/fields.ts'
import type { JobSort } from '../../../contract/jobs.ts'
import { countMatches, type Found, findMatches, findSince } from '../../database/filtered-list.ts'
import { exactly, type Place, readCursor, writeCursor } from '../../database/keyset.ts'
import type { Tables } from '../../database/tables.ts'
import type { JobSelection, ListOfJobs } from './list.ts'
import { findJobsInOrder } from './queries.ts'

type Db = Kysely<Tables>
type Ranked = Place & { rank: number }
/** From the newest ranked match to the oldest; without `last` all were ranked. */
type Stretch = { first: Place; last: Place | null }
/** Where a page ended: at a ranked job, or at one of the rest. */
type RankedPlace = { stretch: Stretch; ranked: Ranked } | { stretch: Stretch; rest: Place }

const rankedAtMost = 500
// Should an import put thousands in between while somebody turns pages, they are all ranked, up to this.
const rankedEver = 10_000

const rank = (query: RawBuilder<unknown>, text = sql`jobs.tsv`) => sql`ts_rank(${text}, ${query})::float8`

const scoreBy = (query: RawBuilder<unknown>, most: number) => ({ text: sql`jobs.tsv`, by: rank(query, sql`scored`), most })

/** The same order for what reads a selection whole. */
export function rankOf(query: RawBuilder<unknown>, sort: JobSort): RawBuilder<unknown> {
  const ofRanked = sql`case when row_number() over (order by jobs.created_at desc, jobs.id desc) <= ${sql.lit(rankedAtMost)} then ${rank(query)} end`
  return sort === 'relevance' ? sql`${ofRanked} desc nulls last` : sql`${ofRanked} nulls first`
}

type RankedSelection = JobSelection & { query: RawBuilder<unknown> }
type Options = { limit: number; cursor: string | undefined; boundTo: unknown }

export async function rankedPage(db: Db, list: RankedSelection, { limit, cursor, boundTo }: Options): Promise<ListOfJobs> {
  const bestFirst = list.sort.descending
  const newestFirst = { ...list, sort: { ...list.sort, descending: true }, score: scoreBy(list.query, rankedAtMost) }
  const after = cursor === undefined ? undefined : readCursor<RankedPlace>(cursor, boundTo)
  const found = after ? null : await findMatches(db, newestFirst, rankedAtMost + 1)
  const stretch = after ? after.stretch : found && stretchOf(found)
  if (!stretch) return { items: [], next_cursor: null, total: exactly(0) }

  const inRanked = async (from: Ranked | undefined, missing: number): Promise<RankedPlace[]> => {
    const all = { ...within(newestFirst, stretch), score: scoreBy(list.query, rankedEver) }
    const { matches } = found ?? (await findSince(db, all, rankedEver, stretch.first, stretch.last))
    const ranked = matches.flatMap(({ value, id, score }) => (score === null ? [] : [{ value, id, rank: score }])).sort(compare)
    if (!bestFirst) ranked.reverse()
    const start = from === undefined ? 0 : ranked.findIndex((one) => (bestFirst ? 1 : -1) * compare(one, from) > 0)
    return start < 0 ? [] : ranked.slice(start, start + missing).map((one) => ({ stretch, ranked: one }))
  }
  const inRest = async (from: Place | undefined, missing: number): Promise<RankedPlace[]> => {
    if (!stretch.last || missing <= 0) return []
    const older = sql`${list.scope} and (jobs.created_at, jobs.id) < (${stretch.last.value}::timestamptz, ${stretch.last.id}::uuid)`
    const rest = await findMatches(db, { ...list, isNewestFirst: false, scope: older }, missing, from)
    return rest.matches.map((one) => ({ stretch, rest: one }))
  }
  const places: RankedPlace[] = []
  const wasRanked = after && 'ranked' in after ? after.ranked : undefined
  const wasRest = after && 'rest' in after ? after.rest : undefined
  if (bestFirst && !wasRest) places.push(...(await inRanked(wasRanked, limit + 1)))
  if (bestFirst || !wasRanked) places.push(...(await inRest(wasRest, limit + 1 - places.length)))
  if (!bestFirst && places.length <= limit) places.push(...(await inRanked(wasRanked, limit + 1 - places.length)))

  const page = places.slice(0, limit)
  const last = page.at(-1)
  const [items, total] = await Promise.all([
    findJobsInOrder(
      db,
      list.userId,
      page.map((place) => ('ranked' in place ? place.ranked.id : place.rest.id)),
    ),
    totalOf(db, newestFirst, found),
  ])
  return { items, next_cursor: places.length > limit && last ? writeCursor(last, boundTo) : null, total }
}

async function totalOf(db: Db, list: RankedSelection, found: Found | null): Promise<Total> {
  if (found?.total) return found.total
  return found && isWhole(found) ? exactly(found.matches.length) : countMatches(db, list, found?.sample ?? null)
}

const isWhole = ({ matches }: Found) => matches.length <= rankedAtMost

/** Null when nothing matches. */
function stretchOf(found: Found): Stretch | null {
  const [first] = found.matches
  return first ? { first, last: isWhole(found) ? null : (found.matches[rankedAtMost - 1] ?? null) } : null
}

/** In a form that the index by age does not serve: with that one the planner would read every text in between. */
const within = (list: RankedSelection, { first, last }: Stretch): RankedSelection => {
  const bound = (place: Place, operator: RawBuilder<unknown>) =>
    sql`and ((jobs.created_at, jobs.id) ${operator} (${place.value}::timestamptz, ${place.id}::uuid)) is true`
  return { ...list, scope: sql`${list.scope} ${bound(first, sql`<=`)} ${last ? bound(last, sql`>=`) : sql``}` }
}

/** Best first, then newest first. */
const compare = (a: Ranked, b: Ranked) => b.rank - a.rank || compareText(String(b.value), String(a.value)) || compareText(b.id, a.id)
const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
