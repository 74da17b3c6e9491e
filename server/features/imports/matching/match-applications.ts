/** The same for applications: first the application itself, then the job it is for. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../../database/tables.ts'
import { type Policy, refuseRepeatedIds, skipRepeatedRows } from './match-jobs.ts'
import { type KnownJob, type Settled, type Settling, settle } from './settle.ts'

type Db = Kysely<Tables>

const batchRows = 2_000

/** Afterwards `outcome` is `matched` where the policy and the record are still to decide. */
export async function matchApplications(
  db: Db,
  userId: string,
  { policy, own, createJobs, pause }: { policy: Policy; own: boolean; createJobs: boolean; pause: () => Promise<void> },
): Promise<void> {
  await refuseRepeatedIds(db)
  if (policy !== 'create') {
    await skipRepeatedRows(db)
    await findByFingerprint(db, userId)
    if (own) await findById(db, userId)
    await findBySourceKey(db, userId)
    await setAside(db, userId, policy)
  } else {
    await sql`update verdicts set new_application_id = spare_id where exists (
      select 1 from applications where user_id = ${userId} and id = verdicts.given_id)`.execute(db)
  }
  await findJobs(db, userId, own)
  await settleGroups(db, userId, { policy, createJobs, pause })
}

async function findByFingerprint(db: Db, userId: string): Promise<void> {
  await sql`
    update verdicts set application_id = known.application_id, is_applied = known.is_applied
    from (
      select distinct on (fingerprint) fingerprint, application_id, outcome in ('created', 'updated') as is_applied
      from import_rows
      where user_id = ${userId} and fingerprint in (select fingerprint from verdicts where outcome is null)
        and exists (select 1 from applications where applications.user_id = ${userId} and applications.id = import_rows.application_id)
      order by fingerprint, outcome in ('created', 'updated') desc, import_id desc
    ) as known
    where known.fingerprint = verdicts.fingerprint and verdicts.outcome is null`.execute(db)
}

async function findById(db: Db, userId: string): Promise<void> {
  await sql`
    update verdicts set application_id = applications.id from applications
    where applications.user_id = ${userId} and applications.id = verdicts.given_id
      and verdicts.outcome is null and verdicts.application_id is null`.execute(db)
}

async function findBySourceKey(db: Db, userId: string): Promise<void> {
  await sql`
    update verdicts set application_id = known.application_id
    from (
      select distinct on (source_key) source_key, application_id from import_rows
      where user_id = ${userId} and source_key in (select source_key from verdicts where outcome is null and source_key is not null)
        and exists (select 1 from applications where applications.user_id = ${userId} and applications.id = import_rows.application_id)
      order by source_key, import_id desc
    ) as known
    where known.source_key = verdicts.source_key and verdicts.outcome is null and verdicts.application_id is null
      and not exists (select 1 from verdicts as claimed where claimed.application_id = known.application_id)`.execute(db)
}

/** Rows whose application is found need no job. */
async function setAside(db: Db, userId: string, policy: Policy): Promise<void> {
  await sql`
    update verdicts set job_id = applications.job_id,
      outcome = case when applications.deleted_at is not null or is_applied or ${policy === 'skip'} then 'skipped' else 'matched' end,
      code = case when applications.deleted_at is not null then 'in_trash' when is_applied then 'already_imported' when ${policy === 'skip'} then 'duplicate' end
    from applications
    where applications.user_id = ${userId} and applications.id = verdicts.application_id and verdicts.outcome is null`.execute(db)
}

/** By id, then by the posting's own number, then by address and title; an address alone where the row has no title. */
async function findJobs(db: Db, userId: string, own: boolean): Promise<void> {
  await sql`
    update verdicts set job_id = jobs.id from jobs
    where jobs.user_id = ${userId} and jobs.id = verdicts.job_ref and verdicts.outcome is null and (jobs.deleted_at is null or (${own} and is_trashed))`.execute(
    db,
  )
  await sql`
    update verdicts set outcome = 'failed', code = 'job_in_trash' from jobs
    where jobs.user_id = ${userId} and jobs.id = verdicts.job_ref and verdicts.outcome is null and verdicts.job_id is null`.execute(db)
  await sql`
    update verdicts set job_id = found.id
    from (
      select distinct on (wanted.row) wanted.row, jobs.id
      from verdicts as wanted join jobs on landed_url_key(jobs.url) collate "C" = wanted.url_key
      where jobs.user_id = ${userId} and jobs.deleted_at is null and jobs.url is not null and wanted.outcome is null and wanted.job_id is null
        and (wanted.url_key ~ '^(linkedin|indeed):' or wanted.title_key is null or wanted.title_key = jobs.title_key)
      order by wanted.row, wanted.title_key = jobs.title_key desc, jobs.created_at, jobs.id
    ) as found
    where found.row = verdicts.row`.execute(db)
  await sql`
    update verdicts set group_key = jobs.company_key || E'\\x01' || jobs.title_key from jobs
    where jobs.user_id = ${userId} and jobs.id = verdicts.job_id`.execute(db)
  await sql`update verdicts set group_key = company_key || E'\\x01' || title_key where group_key is null`.execute(db)
  await sql`update verdicts set outcome = 'failed', code = 'no_job' where outcome is null and group_key is null`.execute(db)
}

type Row = Settling & { group_key: string; outcome: string | null; application_id: string | null }

async function settleGroups(
  db: Db,
  userId: string,
  { policy, createJobs, pause }: { policy: Policy; createJobs: boolean; pause: () => Promise<void> },
): Promise<void> {
  await sql`
    declare settling no scroll cursor for
    select row, group_key, outcome, coalesce(job_id, job_ref) as job_id, job_ref is not null as is_named, new_job_id, location_key, url_key,
      applied_on::text, is_open, application_id
    from verdicts where (outcome is null or application_id is not null) and group_key is not null
    order by group_key, row`.execute(db)
  let left: Row[] = []
  for (;;) {
    const { rows } = await sql<Row>`fetch ${sql.raw(String(batchRows))} from settling`.execute(db)
    const all = [...left, ...rows]
    // The last group may go on in the next batch.
    const lastGroup = rows.length === batchRows ? all.at(-1)?.group_key : undefined
    const whole = all.filter((row) => row.group_key !== lastGroup)
    left = all.filter((row) => row.group_key === lastGroup)
    if (whole.length > 0) await settleRows(db, userId, whole, { policy, createJobs })
    if (rows.length < batchRows) break
    await pause()
  }
  await sql`close settling`.execute(db)
}

async function settleRows(db: Db, userId: string, rows: Row[], options: { policy: Policy; createJobs: boolean }): Promise<void> {
  const groups = Map.groupBy(rows, (row) => row.group_key)
  const jobs = Map.groupBy(await findJobsOfGroups(db, userId, [...groups.keys()]), (job) => job.group_key)
  const settled: Settled[] = []
  for (const [key, group] of groups) {
    const claimed = new Set(group.map((row) => row.application_id).filter((id) => id !== null))
    settled.push(
      ...settle(
        group.filter((row) => row.outcome === null),
        jobs.get(key) ?? [],
        claimed,
        options,
      ),
    )
  }
  await saveSettled(db, settled, options.policy)
}

async function findJobsOfGroups(db: Db, userId: string, keys: string[]): Promise<(KnownJob & { group_key: string })[]> {
  const [companies, titles] = [keys.map((key) => key.split('\x01')[0]), keys.map((key) => key.split('\x01')[1])]
  const { rows } = await sql<KnownJob & { group_key: string }>`
    select wanted.company || E'\\x01' || wanted.title as group_key, jobs.id, landed_fold(coalesce(jobs.location, '')) as location_key,
      landed_url_key(jobs.url) as url_key, coalesce((
        select json_agg(json_build_object('id', a.id, 'applied_on', a.applied_on,
          'is_open', a.status in ('interested', 'applied', 'screening', 'interview', 'offer')) order by a.created_at, a.id)
        from applications a where a.user_id = jobs.user_id and a.job_id = jobs.id and a.deleted_at is null), '[]') as applications
    from unnest(${companies}::text[], ${titles}::text[]) as wanted (company, title)
    join jobs on jobs.company_key = wanted.company collate "C" and jobs.title_key = wanted.title collate "C"
    where jobs.user_id = ${userId} and (jobs.deleted_at is null or exists (select 1 from verdicts where verdicts.job_id = jobs.id))
    order by jobs.created_at, jobs.id`.execute(db)
  return rows
}

async function saveSettled(db: Db, settled: Settled[], policy: Policy): Promise<void> {
  const rows = settled.map((one) =>
    one.outcome === 'matched' && policy === 'skip' ? { ...one, outcome: 'skipped', code: 'duplicate' } : one,
  )
  await sql`
    update verdicts set outcome = said.outcome, code = said.code, other_row = said.other_row, job_id = said.job_id, is_new_job = said.is_new_job,
      application_id = case when said.outcome = 'created' then verdicts.new_application_id else said.application_id end
    from json_populate_recordset(null::verdicts, ${JSON.stringify(rows)}::json) as said
    where said.row = verdicts.row`.execute(db)
}
