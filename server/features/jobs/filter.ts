import { type RawBuilder, sql } from 'kysely'
import type { JobFilter } from '../../../contract/jobs.ts'
import { addDays, startOfDay } from '../../calendar.ts'
import { allOf } from '../../database/keyset.ts'
import { columnHolds, tsqueryOf } from '../../database/words.ts'

/** The where-clause of a filter, the owner always in it. Lists, exports and bulk changes select by this one. */
export function jobsWhere(userId: string, filter: JobFilter, timezone: string): RawBuilder<unknown> {
  const conditions = [sql`jobs.user_id = ${userId}`]
  const add = (condition: RawBuilder<unknown>) => conditions.push(condition)
  const anyOf = (column: string, values: readonly string[] | undefined) => {
    if (values) add(sql`${sql.ref(`jobs.${column}`)} = any(${values}::text[])`)
  }

  if (filter.deleted === undefined) add(sql`jobs.deleted_at is null`)
  if (filter.deleted === 'only') add(sql`jobs.deleted_at is not null`)
  if (filter.q !== undefined) {
    const query = tsqueryOf(filter.q)
    if (query) add(sql`jobs.tsv @@ ${query}`)
    else if (filter.q.trim() !== '') add(sql`false`)
  }
  for (const name of ['company', 'location', 'source'] as const) {
    const values = filter[name]
    if (values)
      add(
        sql`(${sql.join(
          values.map((value) => columnHolds(sql.ref(`jobs.${name}`), value)),
          sql` or `,
        )})`,
      )
  }
  anyOf('remote_option', filter.remote_option)
  anyOf('job_type', filter.job_type)
  anyOf('salary_currency', filter.salary_currency)
  anyOf('salary_period', filter.salary_period)
  anyOf('status', filter.status)
  anyOf('application_status', filter.application_status)
  if (filter.tech_stack) add(sql`landed_fold_each(jobs.tech_stack) @> ${foldedList(filter.tech_stack)}`)
  if (filter.tech_stack_any) add(sql`landed_fold_each(jobs.tech_stack) && ${foldedList(filter.tech_stack_any)}`)
  if (filter.tags) add(sql`landed_fold_each(jobs.tags) @> ${foldedList(filter.tags)}`)
  // Ranges overlap; a bound that is not known may be anything.
  if (filter.salary_min !== undefined) add(sql`coalesce(jobs.yearly_max, 'infinity') >= ${filter.salary_min}::float8`)
  if (filter.salary_max !== undefined) add(sql`coalesce(jobs.yearly_min, '-infinity') <= ${filter.salary_max}::float8`)
  if (filter.posted_from) add(sql`jobs.posted_on >= ${filter.posted_from}::date`)
  if (filter.posted_to) add(sql`jobs.posted_on <= ${filter.posted_to}::date`)
  if (filter.created_from) add(sql`jobs.created_at >= ${startOfDay(filter.created_from, timezone)}::timestamptz`)
  if (filter.created_to) add(sql`jobs.created_at < ${startOfDay(addDays(filter.created_to, 1), timezone)}::timestamptz`)
  if (filter.has_application !== undefined)
    add(filter.has_application ? sql`jobs.application_status is not null` : sql`jobs.application_status is null`)
  return allOf(conditions)
}

// Not landed_fold_each: a word that folds to nothing must match nothing, and an empty list is in every list.
const foldedList = (words: readonly string[]) => sql`array(select landed_fold(word) from unnest(${words}::text[]) as word)`
