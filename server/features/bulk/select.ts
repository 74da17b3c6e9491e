/** Which records a bulk change is about, when a filter says so. */
import { type RawBuilder, sql } from 'kysely'
import type { ApplicationFilter } from '../../../contract/applications.ts'
import { type BulkKind, bulkMaxItems } from '../../../contract/bulk.ts'
import type { JobFilter } from '../../../contract/jobs.ts'
import type { App } from '../../app.ts'
import type { Selection } from '../../database/keyset.ts'
import { invalid } from '../../errors.ts'
import type { User } from '../../http/who-is-asking.ts'
import { selectApplications } from '../applications/applications.ts'
import { selectJobs } from '../jobs/jobs.ts'
import { lockJobs } from '../jobs/many.ts'
import type { Target } from './errors.ts'
import { findApplications } from './find-applications.ts'

export type Filter = JobFilter | ApplicationFilter

const selectionOf = (app: App, user: User, kind: BulkKind, filter: Filter): Promise<Selection> =>
  kind === 'jobs'
    ? selectJobs(app, user, filter as JobFilter, 'created_at')
    : selectApplications(app, user, filter as ApplicationFilter, 'created_at')

/** What a filter means for an act: a restore looks into the trash, and what is in there cannot be changed or trashed again. */
export function filterFor(action: 'update' | 'delete' | 'restore', permanent: boolean, filter: Filter): Filter {
  if (action === 'restore') return { deleted: 'only', ...filter }
  if (!permanent && filter.deleted !== undefined) {
    const message = `cannot be sent here: what is in the trash cannot be ${action === 'update' ? 'changed' : 'put there again'}. Restore it first, or leave this out`
    throw invalid({ field: 'filter.deleted', code: 'invalid_value', message })
  }
  return filter
}

const idsOf = async (app: App, { from, where, id }: Selection, more: RawBuilder<unknown>) =>
  (await sql<{ id: string }>`select ${id} as id from ${from} where ${where} ${more}`.execute(app.db)).rows.map((row) => row.id)

/** Null: more than one request may change. Otherwise locked, and they still match now that nobody else can change them. */
export async function targetsOf(
  app: App,
  user: User,
  kind: BulkKind,
  filter: Filter,
  { lock }: { lock: boolean },
): Promise<Target[] | null> {
  const selection = await selectionOf(app, user, kind, filter)
  let ids = await idsOf(app, selection, sql`order by ${selection.id} limit ${bulkMaxItems + 1}`)
  if (ids.length > bulkMaxItems) return null
  if (lock) {
    if (kind === 'jobs') await lockJobs(app.db, user.id, ids, [])
    else await findApplications(app, user, ids, { lock })
    ids = await idsOf(app, selection, sql`and ${selection.id} = any(${ids}::uuid[]) order by ${selection.id}`)
  }
  return ids.map((id, index) => ({ index, id }))
}

/** A page of them at a time, for looking through any number. */
export async function* pagesOf(app: App, user: User, kind: BulkKind, filter: Filter): AsyncGenerator<Target[]> {
  const selection = await selectionOf(app, user, kind, filter)
  let seen = 0
  for (let after: string | undefined; ; ) {
    const beyond = after === undefined ? sql`` : sql`and ${selection.id} > ${after}::uuid`
    const ids = await idsOf(app, selection, sql`${beyond} order by ${selection.id} limit ${bulkMaxItems}`)
    const first = seen
    if (ids.length > 0) yield ids.map((id, at) => ({ index: first + at, id }))
    if (ids.length < bulkMaxItems) return
    seen += ids.length
    after = ids.at(-1)
  }
}

export async function countMatches(app: App, user: User, kind: BulkKind, filter: Filter): Promise<number> {
  const { from, where } = await selectionOf(app, user, kind, filter)
  const { rows } = await sql<{ n: number }>`select count(*) as n from ${from} where ${where}`.execute(app.db)
  return rows[0]?.n ?? 0
}

/** Writes down what matches now, in parts that are gone through one after the other. Gives how many. */
export async function freeze(app: App, user: User, kind: BulkKind, filter: Filter, bulkId: string, partSize: number): Promise<number> {
  const { from, where, id } = await selectionOf(app, user, kind, filter)
  const { rows } = await sql<{ n: number }>`
    with numbered as (
      select ${id} as id, (row_number() over (order by ${id}) - 1) / ${partSize}::int as part from ${from} where ${where}
    ), parts as (
      insert into bulk_parts (user_id, bulk_id, part, ids)
      select ${user.id}::uuid, ${bulkId}::uuid, part, array_agg(id order by id) from numbered group by part returning cardinality(ids) as size
    )
    select coalesce(sum(size), 0)::int as n from parts`.execute(app.db)
  return rows[0]?.n ?? 0
}
