/**
 * Which record is meant by each row of an import of jobs, and what is to become of the row.
 * The preview and the import both decide by this. A record is claimed by one row at most, the surest first:
 * rows that share a key but say different things are different jobs.
 */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { ImportInput } from '../../../../contract/imports.ts'
import type { Tables } from '../../../database/tables.ts'

type Db = Kysely<Tables>

export type Policy = ImportInput['on_duplicate']

export async function matchJobs(db: Db, userId: string, policy: Policy, own: boolean): Promise<void> {
  if (policy !== 'create') await skipRepeatedRows(db)
  await refuseRepeatedIds(db)
  await matchByFingerprint(db, userId)
  if (own) await matchById(db, userId)
  await matchBySourceKey(db, userId)
  const isPosting = (column: RawBuilder<unknown>) => sql`${column} ~ '^(linkedin|indeed):'`
  const urlOf = sql`landed_url_key(jobs.url) collate "C"`
  await pair(db, userId, {
    keys: [[sql`url_key`, urlOf]],
    rows: isPosting(sql`url_key`),
    jobs: sql`jobs.url is not null`,
  })
  await pair(db, userId, {
    keys: [
      [sql`url_key`, urlOf],
      [sql`title_key`, sql`jobs.title_key`],
    ],
    rows: sql`url_key is not null`,
    jobs: sql`jobs.url is not null`,
  })
  await pair(db, userId, {
    keys: [
      [sql`company_key`, sql`jobs.company_key`],
      [sql`title_key`, sql`jobs.title_key`],
      [sql`location_key`, sql`landed_fold(coalesce(jobs.location, '')) collate "C"`],
    ],
    rows: sql`true`,
    jobs: sql`true`,
  })
  await decide(db, userId, policy, own)
}

/** The same row twice in one file is one record. */
export async function skipRepeatedRows(db: Db): Promise<void> {
  await sql`
    update verdicts set outcome = 'skipped', code = 'duplicate_row', other_row = repeated.first
    from (select row, min(row) over (partition by fingerprint) as first from verdicts where outcome is null) as repeated
    where repeated.row = verdicts.row and repeated.first < repeated.row`.execute(db)
}

export async function refuseRepeatedIds(db: Db): Promise<void> {
  await sql`
    update verdicts set outcome = 'failed', code = 'duplicate_id', other_row = repeated.first
    from (select row, min(row) over (partition by given_id) as first from verdicts where outcome is null and given_id is not null) as repeated
    where repeated.row = verdicts.row and repeated.first < repeated.row`.execute(db)
}

/** `is_applied`: an import made the record what the row says; another merely found it here. */
async function matchByFingerprint(db: Db, userId: string): Promise<void> {
  await sql`
    update verdicts set job_id = known.job_id, is_applied = known.is_applied
    from (
      select distinct on (fingerprint) fingerprint, job_id, outcome in ('created', 'updated') as is_applied
      from import_rows
      where user_id = ${userId} and fingerprint in (select fingerprint from verdicts where outcome is null)
        and exists (select 1 from jobs where jobs.user_id = ${userId} and jobs.id = import_rows.job_id)
      order by fingerprint, outcome in ('created', 'updated') desc, import_id desc
    ) as known
    where known.fingerprint = verdicts.fingerprint and verdicts.outcome is null`.execute(db)
}

async function matchById(db: Db, userId: string): Promise<void> {
  await sql`
    update verdicts set job_id = jobs.id from jobs
    where jobs.user_id = ${userId} and jobs.id = verdicts.given_id and verdicts.outcome is null and verdicts.job_id is null`.execute(db)
}

async function matchBySourceKey(db: Db, userId: string): Promise<void> {
  await sql`
    update verdicts set job_id = known.job_id
    from (
      select distinct on (source_key) source_key, job_id from import_rows
      where user_id = ${userId} and source_key in (select source_key from verdicts where outcome is null and source_key is not null)
        and exists (select 1 from jobs where jobs.user_id = ${userId} and jobs.id = import_rows.job_id)
      order by source_key, import_id desc
    ) as known
    where known.source_key = verdicts.source_key and verdicts.outcome is null and verdicts.job_id is null
      and not exists (select 1 from verdicts as claimed where claimed.job_id = known.job_id)`.execute(db)
}

/** The first row with a key takes the oldest unclaimed job with it, the second row the second. */
async function pair(
  db: Db,
  userId: string,
  {
    keys,
    rows,
    jobs,
  }: { keys: [row: RawBuilder<unknown>, job: RawBuilder<unknown>][]; rows: RawBuilder<unknown>; jobs: RawBuilder<unknown> },
): Promise<void> {
  const rowKeys = sql.join(keys.map(([key]) => key))
  const named = sql.join(keys.map(([key], at) => sql`${key} as ${sql.ref(`key${at}`)}`))
  const jobKeys = sql.join(keys.map(([, key], at) => sql`${key} as ${sql.ref(`key${at}`)}`))
  const names = sql.join(keys.map((_, at) => sql.ref(`key${at}`)))
  const meets = sql.join(
    keys.map(([, key], at) => sql`${key} = wanted.${sql.ref(`key${at}`)}`),
    sql` and `,
  )
  await sql`
    with open_rows as (
      select row, ${named}, row_number() over (partition by ${rowKeys} order by row) as turn
      from verdicts where outcome is null and job_id is null and ${rows}
    ), offered as (
      select id, ${names}, row_number() over (partition by ${names} order by created_at, id) as turn
      from (
        select jobs.id, jobs.created_at, ${jobKeys} from (select distinct ${names} from open_rows) as wanted
        join jobs on ${meets}
        where jobs.user_id = ${userId} and jobs.deleted_at is null and ${jobs}
          and not exists (select 1 from verdicts as claimed where claimed.job_id = jobs.id)
      ) as unclaimed
    )
    update verdicts set job_id = offered.id from open_rows join offered using (${names}, turn)
    where open_rows.row = verdicts.row`.execute(db)
}

async function decide(db: Db, userId: string, policy: Policy, own: boolean): Promise<void> {
  const inTrash = sql`exists (select 1 from jobs where jobs.user_id = ${userId} and jobs.id = verdicts.job_id and jobs.deleted_at is not null)`
  if (policy === 'create') {
    // Another record needs another id.
    await sql`
      update verdicts set new_job_id = spare_id
      where outcome is null and spare_id is not null and exists (select 1 from jobs where jobs.user_id = ${userId} and jobs.id = new_job_id)`.execute(
      db,
    )
  } else {
    await sql`
      update verdicts set outcome = 'skipped',
        code = case when ${inTrash} then 'in_trash' when is_applied then 'already_imported' else 'duplicate' end
      where outcome is null and job_id is not null and (${policy === 'skip'} or is_applied or ${inTrash})`.execute(db)
    await sql`
      update verdicts set outcome = case when ${saysSomethingNew(own)} then 'updated' else 'skipped' end
      from staged_rows as staged, jobs
      where verdicts.outcome is null and verdicts.job_id is not null and staged.row = verdicts.row
        and jobs.user_id = ${userId} and jobs.id = verdicts.job_id`.execute(db)
    await sql`update verdicts set code = 'unchanged' where outcome = 'skipped' and code is null`.execute(db)
  }
  await sql`update verdicts set outcome = 'created', job_id = new_job_id, is_new_job = true where outcome is null`.execute(db)
  await sql`
    update verdicts set code = 'same_key', other_row = alike.first
    from (
      select row, min(row) over (partition by company_key, title_key, location_key) as first from verdicts
      where outcome = 'created'
    ) as alike
    where alike.row = verdicts.row and alike.first < alike.row`.execute(db)
}

/** Columns that a row may bring up to date. */
export const jobFields = [
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
] as const

const pay: ReadonlySet<string> = new Set(['salary_min', 'salary_max', 'salary_currency', 'salary_period'])

/**
 * What a job becomes by a row: our own export says everything, a foreign row only what is in its cells,
 * and its pay as a whole, since half of a new range with half of an old one is neither.
 */
export const becomes = (name: (typeof jobFields)[number], own: boolean): RawBuilder<unknown> => {
  const [said, was] = [sql.ref(`staged.${name}`), sql.ref(`jobs.${name}`)]
  if (own) return sql`${said}`
  if (pay.has(name)) return sql`case when coalesce(staged.salary_min, staged.salary_max) is null then ${was} else ${said} end`
  return sql`coalesce(${said}, ${was})`
}

const saysSomethingNew = (own: boolean) =>
  sql`(${sql.join(jobFields.map((name) => becomes(name, own)))}) is distinct from (${sql.join(jobFields.map((name) => sql.ref(`jobs.${name}`)))})`
