/** The before-images that an undo works from, and what it makes of them. */
import { type Kysely, sql } from 'kysely'
import type { BulkKind } from '../../../contract/bulk.ts'
import type { Tables } from '../../database/tables.ts'
import type { User } from '../../http/who-is-asking.ts'
import type { Target } from './errors.ts'
import type { Making } from './operation.ts'
import type { KnownChange } from './queries.ts'

type Db = Kysely<Tables>

/** How a record gets back to what it was. */
export type Form = 'remove' | 'recreate' | 'untrash' | 'trash' | 'change'

export type Image = Target & {
  form: Form
  version_after: number | null
  /** Of an application: its job, where it is gone itself, and the status it had, where that was changed. */
  was_job_id: string | null
  was_status: string | null
  was_deleted: boolean
}

/** Those of a change that are left, without the applications that only went along. */
export async function findImages(db: Db, userId: string, { id, kind }: Pick<KnownChange, 'id' | 'kind'>, limit: number): Promise<Image[]> {
  const { rows } = await sql<Image>`
    select record_id as id, index, version_after,
      case when version_before is null then 'remove' when version_after is null then 'recreate'
        when not was ? 'deleted_at' then 'change' when was->>'deleted_at' is null then 'untrash' else 'trash' end as form,
      was->>'job_id' as was_job_id, coalesce(was->'standing'->>'status', was->>'status') as was_status, was->>'deleted_at' is not null as was_deleted
    from bulk_before_images where user_id = ${userId} and bulk_id = ${id} and kind = ${kind} and not along
    order by index, record_id limit ${limit}`.execute(db)
  return rows
}

/** The undone images of a part, as `undone`. */
export const undoneImages = (userId: string, change: Pick<KnownChange, 'id' | 'kind'>, part: readonly Target[]) => sql`
  (select * from bulk_before_images where user_id = ${userId} and bulk_id = ${change.id} and kind = ${change.kind}
    and record_id = any(${part.map(({ id }) => id)}::uuid[])) as undone`

/** The versions that applications which went along with these jobs had then, by their ids. */
export async function findAlong(db: Db, userId: string, bulkId: string, applicationIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ record_id: string; version_after: number }>`
    select record_id, version_after from bulk_before_images
    where user_id = ${userId} and bulk_id = ${bulkId} and kind = 'applications' and along and record_id = any(${applicationIds}::uuid[])`.execute(
    db,
  )
  return new Map(rows.map((row) => [row.record_id, row.version_after]))
}

/**
 * A record that is again what it was before a change has another version all the same. Earlier changes that had left it at the
 * version before are told, so that they can be undone next. What was undone is not needed any more.
 */
export async function settle(
  { app, bulkId }: Making,
  user: User,
  undone: Pick<KnownChange, 'id' | 'kind'>,
  part: readonly Target[],
): Promise<void> {
  const ids = part.map(({ id }) => id)
  const handled = sql`(
    before.kind = ${undone.kind} and before.record_id = any(${ids}::uuid[]) or before.along and before.record_id in (
      select a.id from applications a where a.user_id = ${user.id} and a.job_id = any(${ids}::uuid[])))`
  await sql`
    update bulk_before_images earlier set version_after = present.version_after
    from bulk_before_images before, bulk_before_images present
    where before.user_id = ${user.id} and before.bulk_id = ${undone.id} and ${handled}
      and present.user_id = ${user.id} and present.bulk_id = ${bulkId} and present.kind = before.kind and present.record_id = before.record_id
      and earlier.user_id = ${user.id} and earlier.kind = before.kind and earlier.record_id = before.record_id
      and earlier.version_after = before.version_before and earlier.bulk_id <> ${undone.id} and earlier.bulk_id <> ${bulkId}
      and present.version_after is not null`.execute(app.db)
  await sql`
    with gone as (
      delete from bulk_before_images before where before.user_id = ${user.id} and before.bulk_id = ${undone.id} and ${handled} returning along
    )
    update bulk_changes set changed = changed - (select count(*) from gone where not along) where user_id = ${user.id} and id = ${undone.id}`.execute(
    app.db,
  )
}

/** How a record is called, for telling people about it: of those that are there. */
export async function namesOf(db: Db, userId: string, kind: BulkKind, ids: readonly string[]): Promise<Map<string, string>> {
  const of = kind === 'jobs' ? sql`jobs.id` : sql`a.id`
  const from = kind === 'jobs' ? sql`jobs` : sql`applications a join jobs on jobs.user_id = a.user_id and jobs.id = a.job_id`
  const { rows } = await sql<{ id: string; name: string }>`
    select ${of} as id, jobs.title || ' at ' || jobs.company as name from ${from} where jobs.user_id = ${userId} and ${of} = any(${ids}::uuid[])`.execute(
    db,
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}
