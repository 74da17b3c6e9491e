/** Jobs by the thousand: from a query, in one statement each. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { type Job, JobInput } from '../../../contract/jobs.ts'
import type { Tables } from '../../database/tables.ts'

type Db = Kysely<Tables>

/** What a person may write of a job, by the names of its columns. */
export const writableJobColumns = Object.keys(JobInput.shape) as (keyof JobInput)[]

const types: Partial<Record<keyof JobInput, string>> = {
  salary_min: 'double precision',
  salary_max: 'double precision',
  tech_stack: 'text[]',
  tags: 'text[]',
  priority: 'int',
  posted_on: 'date',
  deadline_on: 'date',
}

/** What PostgreSQL calls the type of each. */
export const jobColumnTypes = Object.fromEntries(writableJobColumns.map((name) => [name, types[name] ?? 'text'])) as Record<
  keyof JobInput,
  string
>

const columns = (names: readonly string[]) => sql.join(names.map((name) => sql.ref(name)))

/**
 * `rows` gives `id`, every writable column, `created_at`, `updated_at` and `deleted_at`, and those of `more`.
 * Their version is 1, unless it is among those.
 */
export async function addJobs(
  db: Db,
  userId: string,
  rows: RawBuilder<unknown>,
  more: readonly ('version' | 'match_score')[] = [],
): Promise<void> {
  const given = columns(['id', ...writableJobColumns, 'created_at', 'updated_at', 'deleted_at', ...more])
  await sql`insert into jobs (user_id, ${given}) select ${userId}::uuid, ${given} from (${rows}) as given`.execute(db)
}

/** `rows` gives `id` and each of the columns as it shall be. Versions rise. */
export async function changeJobs(
  db: Db,
  userId: string,
  rows: RawBuilder<unknown>,
  now: string,
  names: readonly string[] = writableJobColumns,
): Promise<void> {
  const set = sql.join(names.map((name) => sql`${sql.ref(name)} = given.${sql.ref(name)}`))
  await sql`
    update jobs set ${set}, updated_at = ${now}, version = version + 1
    from (${rows}) as given where jobs.user_id = ${userId} and jobs.id = given.id`.execute(db)
}

/** Into the trash or out of it, without their applications: `rows` gives `id` and `deleted_at`. */
export const setJobsDeletedAt = (db: Db, userId: string, rows: RawBuilder<unknown>, now: string) =>
  changeJobs(db, userId, rows, now, ['deleted_at'])

/** Really: their applications go with them. `ids` is a query of one column. */
export async function removeJobs(db: Db, userId: string, ids: RawBuilder<unknown>): Promise<void> {
  await sql`delete from jobs where user_id = ${userId} and id in (${ids})`.execute(db)
}

/**
 * Those that are there, trashed ones too, by their ids; nobody else changes them, or their applications, until the transaction ends.
 * In the order of their ids, so that two who want the same never wait for each other.
 */
export async function lockJobs<const Name extends keyof Job>(
  db: Db,
  userId: string,
  ids: readonly string[],
  names: readonly Name[],
  { lock = true } = {},
): Promise<Map<string, Pick<Job, Name | 'id'>>> {
  const { rows } = await sql<Pick<Job, Name | 'id'>>`
    select ${columns([...new Set<string>(['id', ...names])])} from jobs where user_id = ${userId} and id = any(${ids}::uuid[])
    order by id ${lock ? sql`for update` : sql``}`.execute(db)
  return new Map(rows.map((job) => [job.id as string, job]))
}
