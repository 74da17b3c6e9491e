/** What records were before a bulk change, kept for its undo. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { type BulkKind, bulkUndoDays } from '../../../contract/bulk.ts'
import type { App } from '../../app.ts'
import type { Tables } from '../../database/tables.ts'

type Db = Kysely<Tables>

/** `rows` gives `record_id`, `index`, `along`, `version_before`, `version_after` and `was`. Gives the ids it kept. */
export async function keepImages(db: Db, userId: string, bulkId: string, kind: BulkKind, rows: RawBuilder<unknown>): Promise<string[]> {
  const kept = await sql<{ record_id: string }>`
    insert into bulk_before_images (user_id, bulk_id, kind, record_id, index, along, version_before, version_after, was)
    select ${userId}::uuid, ${bulkId}::uuid, ${kind}, record_id, index, along, version_before, version_after, was from (${rows}) as given
    returning record_id`.execute(db)
  return kept.rows.map(({ record_id }) => record_id)
}

/** A part of a request as rows of `id` and `index`. */
export const targetRows = (part: readonly { id: string; index: number }[]) => sql`
  unnest(${part.map(({ id }) => id)}::uuid[], ${part.map(({ index }) => index)}::int[]) as target (id, index)`

/** Records that a bulk change made another version of, not those that only went along; `ids`: only of these. */
export async function countChanged(db: Db, userId: string, bulkId: string, ids?: readonly string[]): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from bulk_before_images where user_id = ${userId} and bulk_id = ${bulkId} and not along
      ${ids ? sql`and record_id = any(${ids}::uuid[])` : sql``}`.execute(db)
  return rows[0]?.n ?? 0
}

/** What changes that are too old to be undone would need for it, and what is left of those that were stopped. */
export async function forgetOld(app: App): Promise<void> {
  const oldest = new Date(app.now().getTime() - bulkUndoDays * 86_400_000).toISOString()
  await sql`
    with old as (
      update bulk_changes set changed = 0 where changed > 0 and created_at <= ${oldest}::timestamptz returning user_id, id
    )
    delete from bulk_before_images image using old where image.user_id = old.user_id and image.bulk_id = old.id`.execute(app.db)
  await sql`
    delete from bulk_parts using bulk_changes, tasks
    where bulk_changes.user_id = bulk_parts.user_id and bulk_changes.id = bulk_parts.bulk_id
      and tasks.user_id = bulk_changes.user_id and tasks.id = bulk_changes.task_id and tasks.status not in ('queued', 'running')`.execute(
    app.db,
  )
}
