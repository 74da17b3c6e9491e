import { type RawBuilder, sql } from 'kysely'
import { type ApplicationFilter, openStatuses } from '../../../contract/applications.ts'
import { addDays, startOfDay } from '../../calendar.ts'
import { allOf } from '../../database/keyset.ts'
import { tsqueryOf } from '../../database/words.ts'

/** The where-clause of a filter over `applicationsSource`, the owner always in it. */
export function applicationsWhere(
  userId: string,
  filter: ApplicationFilter,
  { timezone, now }: { timezone: string; now: string },
): RawBuilder<unknown> {
  const conditions = [sql`applications.user_id = ${userId}`]
  const add = (condition: RawBuilder<unknown>) => conditions.push(condition)

  if (filter.deleted === undefined) add(sql`applications.deleted_at is null`)
  if (filter.deleted === 'only') add(sql`applications.deleted_at is not null`)
  if (filter.q !== undefined) {
    const query = tsqueryOf(filter.q)
    if (query) add(sql`applications.words @@ ${query}`)
    else if (filter.q.trim() !== '') add(sql`false`)
  }
  if (filter.status) add(sql`applications.status = any(${filter.status}::text[])`)
  if (filter.job_id) add(sql`applications.job_id = any(${filter.job_id}::uuid[])`)
  if (filter.applied_from) add(sql`applications.applied_on >= ${filter.applied_from}::date`)
  if (filter.applied_to) add(sql`applications.applied_on <= ${filter.applied_to}::date`)
  if (filter.follow_up_from) add(sql`applications.follow_up_on >= ${filter.follow_up_from}::date`)
  if (filter.follow_up_to) add(sql`applications.follow_up_on <= ${filter.follow_up_to}::date`)
  if (filter.interview_from) add(sql`ahead.interview_at >= ${startOfDay(filter.interview_from, timezone)}::timestamptz`)
  if (filter.interview_to) add(sql`ahead.interview_at < ${startOfDay(addDays(filter.interview_to, 1), timezone)}::timestamptz`)
  if (filter.silent_days_min !== undefined) {
    add(
      sql`applications.status = any(${[...openStatuses]}::text[]) and applications.last_event_at <= ${now}::timestamptz - make_interval(days => ${filter.silent_days_min}::int)`,
    )
  }
  return allOf(conditions)
}
