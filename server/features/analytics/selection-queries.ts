/** Queries over what a list shows, whatever its filter: `chosen` is its selection of jobs, or of applications with their jobs. */
import { type Kysely, sql } from 'kysely'
import { openStatuses } from '../../../contract/applications.ts'
import type { Selection } from '../../database/keyset.ts'
import type { Tables } from '../../database/tables.ts'

type Db = Kysely<Tables>
type Chosen = Pick<Selection, 'from' | 'where'>

const open = sql`any(${[...openStatuses]}::text[])`

// What an event of a status proves. Who was rejected or ghosted had applied; who declined or withdrew may just have lost interest.
const proves = {
  applied: sql`('applied', 'screening', 'interview', 'offer', 'accepted', 'rejected', 'ghosted')`,
  response: sql`('screening', 'interview', 'offer', 'accepted', 'rejected')`,
  interview: sql`('interview', 'offer', 'accepted')`,
  offer: sql`('offer', 'accepted')`,
}

const applicationsOf = ({ from, where }: Chosen) =>
  sql`select applications.user_id, applications.id, applications.status, applications.applied_on, applications.response_on from ${from} where ${where}`

type Reached = { total: number; active: number; applied: number; responses: number; interviews: number; offers: number; accepted: number }

/** How many applications there are, are open, and ever reached each stage. */
export async function countReached(db: Db, chosen: Chosen): Promise<Reached> {
  const { rows } = await sql<Reached>`
    with chosen as (${applicationsOf(chosen)}),
    reached as (
      select chosen.id,
        bool_or(e.to_status in ${proves.applied}) as applied, bool_or(e.to_status in ${proves.response}) as response,
        bool_or(e.to_status in ${proves.interview}) as interview, bool_or(e.to_status in ${proves.offer}) as offer,
        bool_or(e.to_status = 'accepted') as accepted
      from chosen join application_events e on e.user_id = chosen.user_id and e.application_id = chosen.id
      group by chosen.id)
    select
      (select count(*) from chosen) as total, (select count(*) from chosen where status = ${open}) as active,
      count(*) filter (where applied) as applied, count(*) filter (where response) as responses,
      count(*) filter (where interview) as interviews, count(*) filter (where offer) as offers,
      count(*) filter (where accepted) as accepted
    from reached`.execute(db)
  return rows[0]!
}

type Sent = { first_on: string | null; last_on: string | null; median: number | null; n: number; still_open: number }

/** When they were sent; the days to the first answer, of how many; and how many still wait for theirs. */
export async function countSent(db: Db, chosen: Chosen): Promise<Sent> {
  const { rows } = await sql<Sent>`
    with chosen as (${applicationsOf(chosen)})
    select
      min(applied_on) as first_on, max(applied_on) as last_on,
      percentile_cont(0.5) within group (order by response_on - applied_on) filter (where response_on is not null) as median,
      count(*) filter (where response_on is not null) as n,
      count(*) filter (where response_on is null and status = ${open}) as still_open
    from chosen where applied_on is not null`.execute(db)
  return rows[0]!
}

type DayCount = { day: string; n: number }

/** Days on which applications were sent, in their order. */
export async function countDaysSent(db: Db, chosen: Chosen): Promise<DayCount[]> {
  const { rows } = await sql<DayCount>`
    with chosen as (${applicationsOf(chosen)})
    select applied_on as day, count(*) as n from chosen where applied_on is not null group by applied_on order by applied_on`.execute(db)
  return rows
}

/** Days, where the person lives, on which jobs were added, in their order. */
export async function countDaysOfJobs(db: Db, { from, where }: Chosen, timezone: string): Promise<DayCount[]> {
  const { rows } = await sql<DayCount>`
    select (jobs.created_at at time zone ${timezone})::date as day, count(*) as n from ${from} where ${where} group by 1 order by 1`.execute(
    db,
  )
  return rows
}

type JobCounts = { total: number; open: number; applied: number; remote: number; first_on: string | null; last_on: string | null }

/** `first_on` and `last_on`: when they were added, where the person lives. */
export async function countJobs(db: Db, { from, where }: Chosen, timezone: string): Promise<JobCounts> {
  const { rows } = await sql<JobCounts>`
    select count(*) as total, count(*) filter (where jobs.status = 'open') as open,
      count(*) filter (where jobs.application_status <> 'interested') as applied,
      count(*) filter (where jobs.remote_option = 'remote') as remote,
      (min(jobs.created_at) at time zone ${timezone})::date as first_on, (max(jobs.created_at) at time zone ${timezone})::date as last_on
    from ${from} where ${where}`.execute(db)
  return rows[0]!
}

export type Named = { name: string; jobs: number }

/** How many jobs name each skill, most first; it is spelt as it is most often. */
export async function countSkills(db: Db, { from, where }: Chosen, limit: number): Promise<Named[]> {
  const { rows } = await sql<Named>`
    select mode() within group (order by skill) as name, count(distinct job_id) as jobs
    from (select jobs.id as job_id, unnest(jobs.tech_stack) as skill from ${from} where ${where}) as named
    group by lower(skill) order by jobs desc, lower(skill) limit ${limit}`.execute(db)
  return rows
}

/** How many jobs come from each source, most first. */
export async function countSources(db: Db, { from, where }: Chosen, limit: number): Promise<Named[]> {
  const { rows } = await sql<Named>`
    select mode() within group (order by jobs.source) as name, count(distinct jobs.id) as jobs
    from ${from} where (${where}) and jobs.source is not null
    group by lower(jobs.source) order by jobs desc, lower(jobs.source) limit ${limit}`.execute(db)
  return rows
}
