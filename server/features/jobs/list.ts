/** Lists of jobs: which rows, in which order, a page at a time. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Total } from '../../../contract/fields.ts'
import type { FoundJob, Job, JobFilter, JobSort } from '../../../contract/jobs.ts'
import { countMatches, type FilteredSelection, findMatches } from '../../database/filtered-list.ts'
import {
  allOf,
  countUpTo,
  exactly,
  keysetPage,
  type Page,
  type Place,
  readCursor,
  type SortKey,
  writeCursor,
} from '../../database/keyset.ts'
import type { Tables } from '../../database/tables.ts'
import { ageIndexed, conditionsOf, isInTrash, jobsWhere, scopeOf, searchOf } from './filter.ts'
import { columnsInList, findJobsInOrder } from './queries.ts'
import { rankedPage, rankOf } from './ranked.ts'

type Db = Kysely<Tables>

export type JobSelection = FilteredSelection & { query: RawBuilder<unknown> | null }
type Options = { limit: number; cursor: string | undefined; boundTo: unknown }
export type ListOfJobs = Page<FoundJob> & { total: Total; did_you_mean?: string | undefined }

export function jobsSelection(userId: string, filter: JobFilter, sort: JobSort, timezone: string): JobSelection {
  const query = searchOf(filter)
  const key = sortKey(sort)
  const isRanked = query !== null && sort.endsWith('relevance')
  // A range of what the list is sorted by is a stretch of its index.
  const [stretch, conditions] = partition(conditionsOf(userId, filter, timezone), ({ range }) => range === nameOf(sort))
  return {
    userId,
    query,
    from: sql`jobs`,
    where: jobsWhere(userId, filter, timezone),
    id: sql`jobs.id`,
    sort: key,
    scope: allOf([scopeOf(userId, filter), ...stretch.map(({ holds }) => holds)]),
    stretch,
    conditions: filter.deleted === 'only' ? [isInTrash, ...conditions] : conditions,
    isWalkable: filter.deleted === undefined,
    isNewestFirst: (key.descending || isRanked) && nameOf(sort) === 'created_at' && filter.created_to === undefined,
    age: { instant: sql`jobs.created_at`, id: sql`jobs.id`, indexed: ageIndexed },
    rank: isRanked ? rankOf(query, sort) : undefined,
  }
}

function partition<T>(all: readonly T[], is: (one: T) => boolean): [T[], T[]] {
  return [all.filter(is), all.filter((one) => !is(one))]
}

/** Relevance ranks within `created_at`. */
const nameOf = (sort: JobSort) => sort.replace(/^-/, '').replace('relevance', 'created_at')

export async function listJobs(db: Db, list: JobSelection, options: Options): Promise<ListOfJobs> {
  if (list.rank && list.query) return rankedPage(db, { ...list, query: list.query }, options)
  if (list.conditions.length === 0) return plainPage(db, list, options)
  return filteredPage(db, list, options)
}

export const isAnyJob = async (db: Db, list: JobSelection) => (await findMatches(db, list, 1)).matches.length > 0

async function plainPage(db: Db, list: JobSelection, options: Options): Promise<ListOfJobs> {
  const [page, total] = await Promise.all([
    keysetPage<Job>(db, { columns: columnsInList, ...list, ...options }),
    countUpTo(db, list.from, list.where),
  ])
  return { ...page, total }
}

async function filteredPage(db: Db, list: JobSelection, { limit, cursor, boundTo }: Options): Promise<ListOfJobs> {
  const after = cursor === undefined ? undefined : readCursor<Place>(cursor, boundTo)
  const found = await findMatches(db, list, limit + 1, after)
  const places = found.matches.slice(0, limit)
  const last = places.at(-1)
  const isWhole = after === undefined && found.isEnd
  const [items, total] = await Promise.all([
    findJobsInOrder(
      db,
      list.userId,
      places.map(({ id }) => id),
    ),
    found.total ?? (isWhole ? exactly(found.matches.length) : countMatches(db, list, found.sample)),
  ])
  return { items, next_cursor: found.matches.length > limit && last ? writeCursor(last, boundTo) : null, total }
}

function sortKey(sort: JobSort): SortKey {
  const descending = sort.startsWith('-')
  const name = sort.replace(/^-/, '') as Exclude<JobSort, `-${string}`>
  const column = (expression: RawBuilder<unknown>, type: SortKey['type'], nullable: boolean) => ({ expression, type, nullable, descending })
  switch (name) {
    case 'company':
      return column(sql`jobs.company_key`, 'text', false)
    case 'title':
      return column(sql`jobs.title_key`, 'text', false)
    case 'salary':
      return column(sql`coalesce(jobs.yearly_max, jobs.yearly_min)`, 'float8', true)
    case 'priority':
      return column(sql`jobs.priority`, 'int', false)
    case 'match_score':
      return column(sql`jobs.match_score`, 'int', true)
    case 'posted_on':
    case 'deadline_on':
      return column(sql.ref(`jobs.${name}`), 'date', true)
    case 'created_at':
    case 'updated_at':
      return column(sql.ref(`jobs.${name}`), 'timestamptz', false)
    case 'relevance':
      // What was ranked comes first; the rest, or all where nothing is searched for, newest first.
      return { expression: sql`jobs.created_at`, type: 'timestamptz', nullable: false, descending: !descending }
  }
}
