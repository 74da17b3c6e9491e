/** Jobs by the thousand: from a query, in one statement each. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { JobInput } from '../../../contract/jobs.ts'
import type { Tables } from '../../database/tables.ts'

type Db = Kysely<Tables>

/** What a person may write of a job, by the names of its columns. */
export const writableJobColumns = Object.keys(JobInput.shape) as (keyof JobInput)[]

const columns = (names: readonly string[]) => sql.join(names.map((name) => sql.ref(name)))

/** `rows` gives `id`, every writable column, `created_at`, `updated_at` and `deleted_at`. Their version is 1. */
export async function addJobs(db: Db, userId: string, rows: RawBuilder<unknown>): Promise<void> {
  const given = columns(['id', ...writableJobColumns, 'created_at', 'updated_at', 'deleted_at'])
  await sql`insert into jobs (user_id, ${given}) select ${userId}::uuid, ${given} from (${rows}) as given`.execute(db)
}

/** `rows` gives `id` and every writable column as it shall be. Versions rise. */
export async function changeJobs(db: Db, userId: string, rows: RawBuilder<unknown>, now: string): Promise<void> {
  const set = sql.join(writableJobColumns.map((name) => sql`${sql.ref(name)} = given.${sql.ref(name)}`))
  await sql`
    update jobs set ${set}, updated_at = ${now}, version = version + 1
    from (${rows}) as given where jobs.user_id = ${userId} and jobs.id = given.id`.execute(db)
}

/** Really: their applications go with them. `ids` is a query of one column. */
export async function removeJobs(db: Db, userId: string, ids: RawBuilder<unknown>): Promise<void> {
  await sql`delete from jobs where user_id = ${userId} and id in (${ids})`.execute(db)
}
