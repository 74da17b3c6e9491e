import { type Kysely, sql } from 'kysely'
import { type BulkChange, type BulkListQuery, bulkUndoDays } from '../../../contract/bulk.ts'
import { allOf, countUpTo, keysetPage } from '../../database/keyset.ts'
import type { Tables } from '../../database/tables.ts'

type Db = Kysely<Tables>

export type NewChange = Omit<BulkChange, 'status' | 'undo_token' | 'undoable_until' | 'undone_at'> & { changed: number }

const longestText = 200

export async function insertChange(db: Db, userId: string, change: NewChange): Promise<void> {
  const { filter, changes, also, ...rest } = change
  await db
    .insertInto('bulk_changes')
    .values({
      user_id: userId,
      ...rest,
      filter: filter && JSON.stringify(filter),
      // A history, not a copy of what was written.
      changes: changes && JSON.stringify(changes, (_, value) => shortened(value)),
      also: also && JSON.stringify(also),
      undone_at: null,
    })
    .execute()
}

const shortened = (value: unknown) =>
  typeof value === 'string' && value.length > longestText ? `${value.slice(0, longestText).toWellFormed()}…` : value

/** A change with what its undo needs to know. */
export type KnownChange = Pick<BulkChange, 'id' | 'kind' | 'action' | 'permanent' | 'fields' | 'status' | 'undone_at' | 'created_at'> & {
  changed: number
}

const status = sql`coalesce(tasks.status, 'completed')`
const withTask = sql`bulk_changes left join tasks on tasks.user_id = bulk_changes.user_id and tasks.id = bulk_changes.task_id`

export async function findChange(db: Db, userId: string, id: string, { lock = false } = {}): Promise<KnownChange | undefined> {
  const { rows } = await sql<KnownChange>`
    select bulk_changes.id, bulk_changes.kind, action, permanent, fields, ${status} as status, undone_at, bulk_changes.created_at, changed
    from ${withTask} where bulk_changes.user_id = ${userId} and bulk_changes.id = ${id} ${lock ? sql`for update of bulk_changes` : sql``}`.execute(
    db,
  )
  return rows[0]
}

/** What it came to. */
export function getEndedChange(db: Db, userId: string, id: string) {
  return db
    .selectFrom('bulk_changes')
    .select(['kind', 'action', 'succeeded', 'failed', 'via', 'task_id'])
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}

export async function setUndone(db: Db, userId: string, id: string, now: string): Promise<void> {
  await db.updateTable('bulk_changes').set({ undone_at: now }).where('user_id', '=', userId).where('id', '=', id).execute()
}

/** Adds what a part of a long change came to. */
export async function addToChange(
  db: Db,
  userId: string,
  id: string,
  part: Pick<BulkChange, 'succeeded' | 'failed' | 'also'> & { changed: number },
): Promise<void> {
  const also =
    part.also &&
    sql`json_build_object(
    'applications', coalesce((also->>'applications')::int, 0) + ${part.also.applications}::int,
    'open_applications', coalesce((also->>'open_applications')::int, 0) + ${part.also.open_applications}::int)`
  await sql`
    update bulk_changes set succeeded = succeeded + ${part.succeeded}, failed = failed + ${part.failed}, changed = changed + ${part.changed}
      ${also ? sql`, also = ${also}` : sql``}
    where user_id = ${userId} and id = ${id}`.execute(db)
}

export async function listChanges(db: Db, userId: string, { kind, limit, cursor, sort }: BulkListQuery, now: string) {
  const where = allOf([sql`bulk_changes.user_id = ${userId}`, ...(kind ? [sql`bulk_changes.kind = any(${kind}::text[])`] : [])])
  const until = sql`bulk_changes.created_at + make_interval(days => ${bulkUndoDays}::int)`
  const isUndoable = sql`
    changed > 0 and undone_at is null and ${status} not in ('queued', 'running') and ${until} > ${now}::timestamptz`
  const columns = sql`
    bulk_changes.id, bulk_changes.kind, action, permanent, ${status} as status, via, filter, changes, fields, bulk_changes.total, succeeded, failed,
    also, task_id, undoes, case when ${isUndoable} then bulk_changes.id::text end as undo_token, case when ${isUndoable} then ${until} end as undoable_until,
    undone_at, bulk_changes.created_at`
  const [page, total] = await Promise.all([
    keysetPage<BulkChange>(db, {
      columns,
      from: withTask,
      where,
      id: sql`bulk_changes.id`,
      sort: { expression: sql`bulk_changes.created_at`, type: 'timestamptz', nullable: false, descending: sort.startsWith('-') },
      limit,
      cursor,
      boundTo: [userId, 'bulk', kind, sort],
    }),
    countUpTo(db, withTask, where),
  ])
  return { ...page, total }
}
