import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { View, ViewKind, ViewListQuery } from '../../../contract/views.ts'
import { eachOf } from '../../database/each-of.ts'
import { allOf, countUpTo, keysetPage, type SortKey } from '../../database/keyset.ts'
import type { Tables } from '../../database/tables.ts'

type Db = Kysely<Tables>

const columns = [
  'id',
  'name',
  'kind',
  'query',
  'sort',
  'columns',
  'pinned',
  'position',
  'alert',
  'version',
  'created_at',
  'updated_at',
] as const satisfies (keyof View)[]

const sorts: Record<string, Pick<SortKey, 'expression' | 'type'>> = {
  position: { expression: sql`position`, type: 'int' },
  name: { expression: sql`landed_fold(name)`, type: 'text' },
  created_at: { expression: sql`created_at`, type: 'timestamptz' },
}

export async function listViews(db: Db, userId: string, { limit, cursor, sort, ...filter }: ViewListQuery) {
  const { kind, pinned } = filter
  const from = sql`views`
  const where = allOf([
    sql`user_id = ${userId}`,
    ...(kind === undefined ? [] : [sql`kind = ${kind}`]),
    ...(pinned === undefined ? [] : [sql`pinned = ${pinned}`]),
  ])
  const page = await keysetPage<View>(db, {
    columns: sql.join(columns.map((name) => sql.ref(name))),
    from,
    where,
    id: sql`id`,
    sort: { ...sorts[sort.replace(/^-/, '')]!, nullable: false, descending: sort.startsWith('-') },
    limit,
    cursor,
    boundTo: [userId, 'views', filter, sort],
  })
  return { ...page, total: await countUpTo(db, from, where) }
}

export function findView(db: Db, userId: string, id: string, { lock = false } = {}): Promise<View | undefined> {
  const query = db.selectFrom('views').select(columns).where('user_id', '=', userId).where('id', '=', id)
  return (lock ? query.forUpdate() : query).executeTakeFirst()
}

/** How many there are, and the place behind the last. */
export async function countViews(db: Db, userId: string): Promise<{ n: number; next: number }> {
  const { rows } = await sql<{ n: number; next: number }>`
    select count(*) as n, coalesce(max(position) + 1, 0) as next from views where user_id = ${userId}`.execute(db)
  return rows[0] as { n: number; next: number }
}

/** Whether another view than `id` has this name. */
export async function isNameTaken(db: Db, userId: string, kind: ViewKind, name: string, id: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from views
    where user_id = ${userId} and kind = ${kind} and landed_fold(name) = landed_fold(${name}) and id <> ${id}`.execute(db)
  return rows.length > 0
}

export function insertView(db: Db, userId: string, { query, ...view }: Omit<View, 'version'>): Promise<View> {
  return db
    .insertInto('views')
    .values({ user_id: userId, ...view, query: JSON.stringify(query) })
    .returning(columns)
    .executeTakeFirstOrThrow()
}

/** All that can be changed of it; its version rises. */
export function setView(db: Db, userId: string, { id, kind: _, version: __, query, ...view }: View): Promise<View> {
  return db
    .updateTable('views')
    .set({ ...view, query: JSON.stringify(query), version: sql<number>`version + 1` })
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirstOrThrow()
}

export async function deleteView(db: Db, userId: string, id: string): Promise<void> {
  await db.deleteFrom('views').where('user_id', '=', userId).where('id', '=', id).execute()
}

/** Always in one order, so that two writers never wait for each other. */
export const findAlerts = (db: Db, userId: string) =>
  db.selectFrom('views').select(['id', 'name', 'query']).where('user_id', '=', userId).where('alert', '=', true).orderBy('id').execute()

type Known = { viewId: string; where: RawBuilder<unknown>; jobs: RawBuilder<unknown>; cause: string | null }

export async function insertKnown(db: Db, userId: string, { viewId, where, jobs, cause }: Known): Promise<void> {
  await sql`
    insert into view_jobs (user_id, view_id, job_id, cause)
    select ${userId}::uuid, ${viewId}::uuid, jobs.id, ${cause} from ${eachOf('jobs', userId, jobs)} where ${where} order by jobs.id
    on conflict do nothing`.execute(db)
}

type Entered = { id: string; company: string; title: string }

/** How many came into a view by a cause, and the newest of them. */
export async function findEntered(
  db: Db,
  userId: string,
  viewId: string,
  cause: string,
): Promise<{ count: number; newest: readonly Entered[] }> {
  const { rows } = await sql<Entered & { count: number }>`
    select jobs.id, jobs.company, jobs.title, count(*) over () as count
    from view_jobs known join jobs on jobs.user_id = known.user_id and jobs.id = known.job_id
    where known.user_id = ${userId} and known.view_id = ${viewId} and known.cause = ${cause}
    order by jobs.created_at desc, jobs.id desc limit 100`.execute(db)
  return { count: rows[0]?.count ?? 0, newest: rows.map(({ id, company, title }) => ({ id, company, title })) }
}
