import { type RawBuilder, sql } from 'kysely'
import type { JobFilter } from '../../../contract/jobs.ts'
import { addDays, startOfDay } from '../../calendar.ts'
import { agesBetween, firstAge, firstAgeAt, lastAge } from '../../database/age.ts'
import type { Condition } from '../../database/filtered-list.ts'
import { allOf } from '../../database/keyset.ts'
import { columnHolds, hasBeginning, tsqueryOf, wordsIn } from '../../database/words.ts'

/** The where-clause of a filter, the owner always in it. Lists, exports and bulk changes select by this one. */
export const jobsWhere = (userId: string, filter: JobFilter, timezone: string): RawBuilder<unknown> =>
  allOf([scopeOf(userId, filter), ...conditionsOf(userId, filter, timezone).map(({ holds }) => holds)])

/** What every index of jobs begins with. */
export function scopeOf(userId: string, { deleted }: JobFilter): RawBuilder<unknown> {
  const owner = sql`jobs.user_id = ${userId}`
  if (deleted === 'include') return owner
  return deleted === 'only' ? sql`${owner} and jobs.deleted_at is not null` : sql`${owner} and jobs.deleted_at is null`
}

/** The query of `q`; null when there is none, or nothing in it can be searched for. */
export const searchOf = ({ q }: JobFilter): RawBuilder<unknown> | null => (q === undefined ? null : tsqueryOf(q))

/** `range`: of which sort it is a stretch. */
export type JobCondition = Condition & { range?: string }

/** Each condition of a filter, also as `jobs_by_filter` knows it. */
export function conditionsOf(userId: string, filter: JobFilter, timezone: string): JobCondition[] {
  const conditions: JobCondition[] = []
  const add = (holds: RawBuilder<unknown>, indexed?: RawBuilder<unknown> | null) => conditions.push({ holds, indexed })
  const addRange = (range: string, holds: RawBuilder<unknown>, indexed: RawBuilder<unknown>) =>
    conditions.push({ holds, indexed, isRange: true, range })

  for (const name of ['company', 'location'] as const) {
    const values = filter[name]
    if (values) add(anyHolds(name, values), wordsOfAny(values))
  }
  if (filter.source) add(anyHolds('source', filter.source))
  for (const name of choices) {
    const values = filter[name]
    if (values) add(sql`${sql.ref(`jobs.${name}`)} = any(${values}::text[])`, isMarked(...values.map((value) => `${name} ${value}`)))
  }
  if (filter.tech_stack) add(sql`jobs.skill_keys @> ${foldedList(filter.tech_stack)}`)
  if (filter.tech_stack_any) add(sql`jobs.skill_keys && ${foldedList(filter.tech_stack_any)}`)
  if (filter.tags) add(sql`jobs.tag_keys @> ${foldedList(filter.tags)}`)
  // Ranges overlap; a bound that is not known may be anything.
  if (filter.salary_min !== undefined) {
    const least = sql`${filter.salary_min}::float8`
    addRange('pay', sql`(jobs.yearly_max is null or jobs.yearly_max >= ${least})`, sql`coalesce(jobs.yearly_max, 'infinity') >= ${least}`)
  }
  if (filter.salary_max !== undefined) {
    const most = sql`${filter.salary_max}::float8`
    addRange('pay', sql`(jobs.yearly_min is null or jobs.yearly_min <= ${most})`, sql`coalesce(jobs.yearly_min, '-infinity') <= ${most}`)
  }
  const { posted_from, posted_to, created_from, created_to } = filter
  const marks = posted_from && posted_to ? postedOnAny(posted_from, posted_to) : null
  if (marks) {
    addRange('posted_on', sql`jobs.posted_on between ${posted_from}::date and ${posted_to}::date`, marks)
  } else {
    if (posted_from) addRange('posted_on', sql`jobs.posted_on >= ${posted_from}::date`, sql`jobs.posted_on + 0 >= ${posted_from}::date`)
    if (posted_to) addRange('posted_on', sql`jobs.posted_on <= ${posted_to}::date`, sql`jobs.posted_on + 0 <= ${posted_to}::date`)
  }
  if (created_from || created_to) {
    const [start, end] = [created_from && startOfDay(created_from, timezone), created_to && startOfDay(addDays(created_to, 1), timezone)]
    const bounds = [
      ...(start ? [sql`jobs.created_at >= ${start}::timestamptz`] : []),
      ...(end ? [sql`jobs.created_at < ${end}::timestamptz`] : []),
    ]
    const ages = agesBetween(userId, start ? firstAgeAt(start) : firstAge, end ? firstAgeAt(end) : lastAge)
    addRange('created_at', allOf(bounds), sql`${ageIndexed} @@ ${ages}`)
  }
  if (filter.has_application !== undefined) {
    if (filter.has_application) add(sql`jobs.application_status is not null`, isMarked('has_application'))
    else add(sql`jobs.application_status is null`)
  }
  // Last: the text of a job lies apart from its row, and need not be fetched where another condition does not hold.
  if (filter.q !== undefined && filter.q.trim() !== '') {
    const query = searchOf(filter)
    if (query) conditions.push({ holds: sql`jobs.tsv @@ ${query}`, isText: true, hasBeginning: hasBeginning(filter.q) })
    else add(sql`false`)
  }
  return conditions
}

const choices = ['remote_option', 'job_type', 'salary_currency', 'salary_period', 'status', 'application_status'] as const

/** As the index of all filters says it, word for word. */
const marks = sql`(array[
  'status ' || jobs.status, 'remote_option ' || jobs.remote_option, 'job_type ' || jobs.job_type, 'salary_currency ' || jobs.salary_currency,
  'salary_period ' || jobs.salary_period, 'application_status ' || jobs.application_status,
  case when jobs.application_status is not null then 'has_application' end, case when jobs.deleted_at is not null then 'deleted' end,
  'posted ' || (jobs.posted_on - date '2000-01-01')::text,
  'posted month ' || (extract(year from jobs.posted_on) * 12 + extract(month from jobs.posted_on) - 1)::int::text])`
const isMarked = (...any: string[]) => sql`${marks} && ${any}::text[]`

// The index goes through so many lists side by side.
const listsAtMost = 92

/** Each day, and each month that is wholly in between, has a list in the index. Null: these are too many. */
function postedOnAny(from: string, to: string): RawBuilder<unknown> | null {
  const lists: string[] = []
  const last = dayNumber(Date.parse(to))
  for (let day = dayNumber(Date.parse(from)); day <= last; ) {
    const date = new Date(dayZero + day * dayInMs)
    const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
    const nextMonth = dayNumber(Date.UTC(year, month + 1))
    const isWhole = date.getUTCDate() === 1 && nextMonth <= last + 1
    lists.push(isWhole ? `posted month ${year * 12 + month}` : `posted ${day}`)
    // Date.UTC() takes a year before 100 for one of the last century.
    if (lists.length > listsAtMost || year < 100) return null
    day = isWhole ? nextMonth : day + 1
  }
  return isMarked(...lists)
}

const dayInMs = 86_400_000
const dayZero = Date.UTC(2000, 0)
const dayNumber = (instant: number) => (instant - dayZero) / dayInMs

/** As the index has it; see server/database/age.ts. */
export const ageIndexed = sql`landed_age(jobs.user_id, jobs.created_at, jobs.id)`

/** The condition that the index of all filters has for the trash. */
export const isInTrash: Condition = { holds: sql`jobs.deleted_at is not null`, indexed: isMarked('deleted') }

const anyHolds = (name: 'company' | 'location' | 'source', values: readonly string[]) =>
  anyOf(values.map((value) => columnHolds(sql.ref(`jobs.${name}`), value)))

function wordsOfAny(values: readonly string[]): RawBuilder<unknown> | null {
  const queries = values.map(wordsIn)
  return queries.includes(null) ? null : sql`jobs.tsv @@ (${sql.join(queries, sql` || `)})`
}

const anyOf = (conditions: RawBuilder<unknown>[]) => sql`(${sql.join(conditions, sql` or `)})`

// Not landed_fold_each: a word that folds to nothing must match nothing, and an empty list is in every list.
const foldedList = (words: readonly string[]) => sql`array(select landed_fold(word) from unnest(${words}::text[]) as word)`
