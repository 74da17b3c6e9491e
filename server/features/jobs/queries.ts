import { type Kysely, sql } from 'kysely'
import type { Job, JobInput } from '../../../contract/jobs.ts'
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
export const columnsInList = sql.raw(jobColumns.map((name) => `jobs.${name}`).join(', '))

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

/** Jobs of these ids in their order; one that is gone meanwhile is left out. */
export async function findJobsInOrder(db: Db, userId: string, ids: readonly string[]): Promise<Job[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<Job>`
    select ${columnsInList} from jobs where jobs.user_id = ${userId} and jobs.id = any(${ids}::uuid[])`.execute(db)
  const byId = new Map(rows.map((job) => [job.id, job]))
  return ids.flatMap((id) => byId.get(id) ?? [])
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
