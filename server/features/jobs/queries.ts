import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Job, JobInput, JobSort } from '../../../contract/jobs.ts'
import { countUpTo, keysetPage, type Selection, type SortKey } from '../../database/keyset.ts'
import type { Tables } from '../../database/tables.ts'

type Db = Kysely<Tables>

/** The columns that are the answer, in the order of the contract. */
export const jobColumns = [
  'id',
  'company',
  'title',
  'location',
  'remote_option',
  'job_type',
  'description',
  'requirements',
  'responsibilities',
  'salary_min',
  'salary_max',
  'salary_currency',
  'salary_period',
  'tech_stack',
  'tags',
  'url',
  'source',
  'status',
  'priority',
  'notes',
  'posted_on',
  'deadline_on',
  'match_score',
  'application_status',
  'version',
  'created_at',
  'updated_at',
  'deleted_at',
] as const satisfies (keyof Job)[]

// One piece of text: 28 references would be compiled anew for every request.
const columnsInList = sql.raw(jobColumns.map((name) => `jobs.${name}`).join(', '))

export const jobsSelection = (where: RawBuilder<unknown>, sort: JobSort): Selection => ({
  from: sql`jobs`,
  where,
  id: sql`jobs.id`,
  sort: sortKey(sort),
})

export function findJob(
  db: Db,
  userId: string,
  id: string,
  deleted: 'only' | 'include' | undefined,
  { lock = false } = {},
): Promise<Job | undefined> {
  let query = db.selectFrom('jobs').select(jobColumns).where('user_id', '=', userId).where('id', '=', id)
  if (deleted !== 'include') query = query.where('deleted_at', deleted === 'only' ? 'is not' : 'is', null)
  return (lock ? query.forUpdate() : query).executeTakeFirst()
}

export async function listJobs(db: Db, selection: Selection, options: { limit: number; cursor: string | undefined; boundTo: unknown }) {
  const [page, total] = await Promise.all([
    keysetPage<Job>(db, { columns: columnsInList, ...selection, ...options }),
    countUpTo(db, selection.from, selection.where),
  ])
  return { ...page, total }
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
      return { expression: sql`jobs.created_at`, type: 'timestamptz', nullable: false, descending: true }
  }
}

export function insertJob(db: Db, userId: string, id: string, job: JobInput, now: string): Promise<Job> {
  return db
    .insertInto('jobs')
    .values({ user_id: userId, id, ...job, created_at: now, updated_at: now, deleted_at: null })
    .returning(jobColumns)
    .executeTakeFirstOrThrow()
}

/** Changes the record's own fields, so its version rises. */
export function setJob(db: Db, userId: string, id: string, changes: Partial<JobInput>, now: string): Promise<Job> {
  return db
    .updateTable('jobs')
    .set({ ...changes, updated_at: now, version: sql<number>`version + 1` })
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .returning(jobColumns)
    .executeTakeFirstOrThrow()
}

/** Into the trash (an instant) or out of it (null). */
export function setJobDeletedAt(db: Db, userId: string, id: string, deletedAt: string | null, now: string): Promise<Job> {
  return db
    .updateTable('jobs')
    .set({ deleted_at: deletedAt, updated_at: now, version: sql<number>`version + 1` })
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .returning(jobColumns)
    .executeTakeFirstOrThrow()
}

/** Really: its applications, events and interviews go with it by their foreign keys. */
export async function deleteJobRow(db: Db, userId: string, id: string): Promise<void> {
  await db.deleteFrom('jobs').where('user_id', '=', userId).where('id', '=', id).execute()
}
