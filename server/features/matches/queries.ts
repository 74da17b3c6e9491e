import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Job } from '../../../contract/jobs.ts'
import type { Profile } from '../../../contract/profile.ts'
import { eachOf } from '../../database/each-of.ts'
import type { Tables } from '../../database/tables.ts'

type Db = Kysely<Tables>

export type Compared = Pick<Job, 'title' | 'location' | 'remote_option' | 'job_type' | 'salary_currency'> & {
  /** What the job pays in a year, at most if it says so. */
  yearly: number | null
  profile: Pick<Profile, 'preferred_locations' | 'remote_preference' | 'job_types' | 'desired_salary_min' | 'salary_currency'> &
    Pick<Profile, 'experience_level' | 'years_experience'>
  score: number | null
  /** By kind, as `landed_match()` says. */
  fits: (number | null)[]
  have: string[]
  missing: string[]
}

const fitsOf = (jobs: string) => {
  const names = ['title', 'location', 'remote_option', 'job_type', 'requirements', 'tech_stack'].map((name) => sql.ref(`${jobs}.${name}`))
  return sql`landed_match(p, ${sql.join(names)}, ${yearlyOf(jobs)}, ${sql.ref(`${jobs}.salary_currency`)})`
}

const yearlyOf = (jobs: string) => sql`coalesce(${sql.ref(`${jobs}.yearly_max`)}, ${sql.ref(`${jobs}.yearly_min`)})`

/** What a job and the profile say of each other; undefined: there is no such job. */
export async function findCompared(db: Db, userId: string, jobId: string): Promise<Compared | undefined> {
  const { rows } = await sql<Compared>`
    select j.title, j.location, j.remote_option, j.job_type, j.salary_currency, ${yearlyOf('j')} as yearly,
      to_jsonb(p) as profile, fits, landed_match_score(fits) as score, skills.have, skills.missing
    from jobs j left join profiles p on p.user_id = j.user_id
    cross join lateral (select ${fitsOf('j')} as fits) as compared
    cross join lateral (
      select coalesce(array_agg(skill order by at) filter (where is_known), '{}') as have,
        coalesce(array_agg(skill order by at) filter (where not is_known), '{}') as missing
      from (
        select min(at) as at, (array_agg(skill order by at))[1] as skill, bool_or(name = any(coalesce(p.skill_names, '{}'))) as is_known
        from unnest(j.tech_stack) with ordinality as said (skill, at), unnest(landed_skills(array[skill])) as name group by name
      ) as each
    ) as skills
    where j.user_id = ${userId} and j.id = ${jobId} and j.deleted_at is null`.execute(db)
  return rows[0]
}

/**
 * Of the next `limit` jobs behind `after`, sets the scores that are others by now, and gives the last of them; null: there are no more.
 * Neither versions nor instants change. A job that somebody is changing is held against the profile as it is afterwards.
 */
export async function scoreNext(db: Db, userId: string, after: string | null, limit: number): Promise<string | null> {
  const isBehind = after === null ? sql`true` : sql`id > ${after}::uuid`
  const { rows } = await sql<{ last: string }>`
    select id as last from (select id from jobs where user_id = ${userId} and ${isBehind} order by id limit ${limit}) as next
    order by id desc limit 1`.execute(db)
  const last = rows[0]?.last
  if (last === undefined) return null
  const score = sql`landed_match_score(${fitsOf('jobs')})`
  await sql`
    update jobs set match_score = ${score} from (select 1) as once left join profiles p on p.user_id = ${userId}
    where jobs.user_id = ${userId} and ${isBehind} and id <= ${last}::uuid and match_score is distinct from ${score}`.execute(db)
  return last
}

export async function hasMoreJobsThan(db: Db, userId: string, jobs: number): Promise<boolean> {
  const { rows } = await sql`select 1 from jobs where user_id = ${userId} offset ${jobs} limit 1`.execute(db)
  return rows.length > 0
}

export const findStale = (db: Db) => db.selectFrom('stale_matches').select(['user_id', 'mark']).orderBy('user_id').execute()

export async function markStale(db: Db, userId: string): Promise<void> {
  await sql`insert into stale_matches (user_id) values (${userId}) on conflict (user_id) do update set mark = excluded.mark`.execute(db)
}

/** Unless it was marked again meanwhile. */
export async function deleteMark(db: Db, { user_id, mark }: { user_id: string; mark: string }): Promise<void> {
  await db.deleteFrom('stale_matches').where('user_id', '=', user_id).where('mark', '=', mark).execute()
}

/** Until the transaction ends; false: another process does it. */
export const claimScoring = (db: Db, userId: string) => tryLock(db, `scoring ${userId}`)

/** Whether nobody is writing a job at this moment: see score_job(). */
export const isQuiet = (db: Db, userId: string) => tryLock(db, `match ${userId}`)

async function tryLock(db: Db, name: string): Promise<boolean> {
  const { rows } = await sql<{ free: boolean }>`select pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) as free`.execute(db)
  return rows[0]?.free === true
}

export type Matching = { id: string; company: string; title: string; score: number }

/** Of these jobs: how many there are, how many score `threshold` or more, and the best of those. `jobs` is a query for their ids. */
export async function findMatching(
  db: Db,
  userId: string,
  jobs: RawBuilder<unknown>,
  threshold: number,
): Promise<{ total: number; count: number; best: Matching[] }> {
  const { rows } = await sql<Matching & { total: number; count: number }>`
    with arrived as materialized (
      select jobs.id, jobs.match_score as score from ${eachOf('jobs', userId, jobs)} where jobs.deleted_at is null
    ), best as (select id, score from arrived where score >= ${threshold} order by score desc, id limit 100)
    select (select count(*) from arrived) as total, (select count(*) from arrived where score >= ${threshold}) as count,
      jobs.id, jobs.company, jobs.title, best.score
    from best join jobs on jobs.user_id = ${userId} and jobs.id = best.id order by best.score desc, jobs.id`.execute(db)
  const { total = 0, count = 0 } = rows[0] ?? {}
  return { total, count, best: rows.map(({ id, company, title, score }) => ({ id, company, title, score })) }
}
