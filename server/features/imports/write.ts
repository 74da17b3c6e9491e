/** Puts into the tables what matching decided, a range of rows at a time, and notes what became of each row. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { ImportKind } from '../../../contract/imports.ts'
import type { Tables } from '../../database/tables.ts'
import type { User } from '../../http/who-is-asking.ts'
import { addApplications, changeApplications } from '../applications/many.ts'
import { addJobs, changeJobs, writableJobColumns } from '../jobs/many.ts'
import { becomes } from './matching/match-jobs.ts'
import type { Change } from './matching/plan-changes.ts'

type Db = Kysely<Tables>

export type Writing = { userId: string; importId: string; kind: ImportKind; own: boolean; now: string }
export type Range = { from: number; to: number }

const inRange = ({ from, to }: Range) => sql`verdicts.row between ${from} and ${to}`

export async function writeRange(db: Db, writing: Writing, range: Range): Promise<void> {
  await addNewJobs(db, writing, range)
  if (writing.kind === 'applications') await addNewApplications(db, writing, range)
  if (!(await changesSomething(db, range))) return
  if (writing.kind === 'jobs') await changeKnownJobs(db, writing, range)
  else await changeKnownApplications(db, writing, range)
}

async function changesSomething(db: Db, range: Range): Promise<boolean> {
  const { rows } = await sql`select 1 from verdicts where outcome = 'updated' and ${inRange(range)} limit 1`.execute(db)
  return rows.length > 0
}

async function addNewJobs(db: Db, { userId, now }: Writing, range: Range): Promise<void> {
  const defaults: Partial<Record<(typeof writableJobColumns)[number], string>> = {
    tech_stack: '{}',
    tags: '{}',
    status: 'open',
    priority: '0',
  }
  const said = sql.join(
    writableJobColumns.map((name) => {
      const absent = defaults[name]
      return absent === undefined
        ? sql.ref(`staged.${name}`)
        : sql`coalesce(${sql.ref(`staged.${name}`)}, ${sql.lit(absent)}) as ${sql.ref(name)}`
    }),
  )
  await addJobs(
    db,
    userId,
    sql`
      select verdicts.job_id as id, ${said}, coalesce(staged.created_at, ${now}::timestamptz) as created_at,
        coalesce(staged.updated_at, ${now}::timestamptz) as updated_at, staged.deleted_at
      from verdicts join staged_rows as staged using (row) where verdicts.is_new_job and ${inRange(range)} order by verdicts.row`,
  )
}

async function changeKnownJobs(db: Db, { userId, importId, own, now }: Writing, range: Range): Promise<void> {
  const changed = sql`
    from verdicts join staged_rows as staged using (row) join jobs on jobs.user_id = ${userId} and jobs.id = verdicts.job_id
    where verdicts.outcome = 'updated' and ${inRange(range)}`
  const was = sql.join(writableJobColumns.map((name) => sql`${sql.lit(name)}, ${sql.ref(`jobs.${name}`)}`))
  await sql`
    insert into import_before_images (user_id, import_id, row, job_id, was)
    select ${userId}::uuid, ${importId}::uuid, verdicts.row, jobs.id, jsonb_build_object(${was}) ${changed}`.execute(db)
  const values = sql.join(writableJobColumns.map((name) => sql`${becomes(name, own)} as ${sql.ref(name)}`))
  await changeJobs(db, userId, sql`select jobs.id, ${values} ${changed}`, now)
}

// An export does not say which applications went into the trash with their job; those that went at the same moment did.
const wentWithItsJob = (userId: string) => sql`(
  select abs(extract(epoch from jobs.deleted_at - staged.application_deleted_at)) < 1 from jobs
  where jobs.user_id = ${userId} and jobs.id = verdicts.job_id)`

async function addNewApplications(db: Db, { userId, now }: Writing, range: Range): Promise<void> {
  await addApplications(
    db,
    userId,
    sql`
      select verdicts.application_id as id, verdicts.job_id, staged.application_follow_up_on as follow_up_on,
        coalesce(staged.application_reminders_muted, false) as reminders_muted, staged.application_notes as notes,
        staged.application_contacts as contacts, staged.application_status as status, staged.application_status_since as status_since,
        staged.application_applied_on as applied_on, staged.application_response_on as response_on, staged.application_offer_on as offer_on,
        staged.application_last_event_at as last_event_at, staged.application_events as events, staged.application_interviews as interviews,
        coalesce(staged.application_created_at, ${now}::timestamptz) as created_at,
        coalesce(staged.application_updated_at, ${now}::timestamptz) as updated_at, staged.application_deleted_at as deleted_at,
        coalesce(${wentWithItsJob(userId)}, false) as deleted_with_job
      from verdicts join staged_rows as staged using (row) where verdicts.outcome = 'created' and ${inRange(range)} order by verdicts.row`,
  )
}

async function changeKnownApplications(db: Db, { userId, importId, now }: Writing, range: Range): Promise<void> {
  const changes = sql`
    from verdicts join staged_changes as staged using (row)
    join applications a on a.user_id = ${userId} and a.id = verdicts.application_id
    where verdicts.outcome = 'updated' and ${inRange(range)}`
  await sql`
    insert into import_before_images (user_id, import_id, row, application_id, was)
    select ${userId}::uuid, ${importId}::uuid, verdicts.row, a.id, jsonb_build_object('follow_up_on', a.follow_up_on,
      'reminders_muted', a.reminders_muted, 'notes', a.notes, 'contacts', a.contacts, 'events', staged.change->'before',
      'standing', jsonb_build_object('status', a.status, 'status_since', a.status_since, 'applied_on', a.applied_on,
        'response_on', a.response_on, 'offer_on', a.offer_on, 'last_event_at', a.last_event_at)) ${changes}`.execute(db)
  const { rows } = await sql<{ id: string; change: Change }>`select a.id, staged.change ${changes} order by verdicts.row`.execute(db)
  for (let at = 0; at < rows.length; at += 500) {
    await changeApplications(
      db,
      userId,
      rows.slice(at, at + 500).map(({ id, change }) => ({ id, ...change })),
      now,
    )
  }
}

/** What reading said of a row; of one that matching refused it does not matter. */
export const problemsColumn = sql`
  coalesce(verdicts.problems, case when verdicts.outcome = 'failed' and verdicts.code is not null then null else staged.problems end)`

/** Null without interviews. */
export const sealOfInterviews = (userId: string, applicationId: RawBuilder<unknown>) => sql`
  select md5(string_agg(interviews::text, '' order by interviews.id)) from interviews
  where interviews.user_id = ${userId} and interviews.application_id = ${applicationId}`

/** Every row of an import, or of a dry run those about which there is something to say. */
export async function noteRows(db: Db, { userId, importId, kind }: Writing, range: Range, { dryRun }: { dryRun: boolean }): Promise<void> {
  const isRecord = sql`verdicts.outcome <> 'failed' and verdicts.code is distinct from 'not_applied' and verdicts.code is distinct from 'duplicate_row'`
  const record = (column: string) => (dryRun ? sql`null::uuid` : sql`case when ${isRecord} then ${sql.ref(`verdicts.${column}`)} end`)
  const version = (table: 'jobs' | 'applications', id: string) =>
    dryRun
      ? sql`null::int`
      : sql`case verdicts.outcome when 'created' then 1 when 'updated' then (
      select version from ${sql.table(table)} as kept where kept.user_id = ${userId} and kept.id = ${sql.ref(`verdicts.${id}`)}) end`
  await sql`
    insert into import_rows (user_id, import_id, row, outcome, job_id, application_id, fingerprint, source_key, job_created, job_version,
      application_version, interviews_seal, code, other_row, problems, cells)
    select ${userId}::uuid, ${importId}::uuid, verdicts.row, verdicts.outcome, ${record('job_id')},
      ${kind === 'jobs' ? sql`null::uuid` : record('application_id')}, ${record('fingerprint')},
      ${dryRun ? sql`null::text` : sql`case when ${isRecord} then verdicts.source_key end`},
      ${dryRun ? sql`false` : sql`verdicts.is_new_job and verdicts.outcome = 'created'`},
      ${kind === 'jobs' ? version('jobs', 'job_id') : sql`null::int`},
      ${kind === 'jobs' ? sql`null::int` : version('applications', 'application_id')},
      ${kind === 'jobs' || dryRun ? sql`null::text` : sql`case verdicts.outcome when 'created' then (${sealOfInterviews(userId, sql`verdicts.application_id`)}) end`},
      verdicts.code, verdicts.other_row, ${problemsColumn}, staged.cells
    from verdicts join staged_rows as staged using (row)
    where ${inRange(range)} and (not ${dryRun} or verdicts.code is not null or verdicts.problems is not null or staged.problems is not null)`.execute(
    db,
  )
}

/** The jobs that an import made. */
export const addedBy = ({ id }: User, importId: string) =>
  sql`select job_id from import_rows where user_id = ${id} and import_id = ${importId} and job_created`

/** Those, and the jobs that it changed. */
export const writtenBy = ({ id }: User, importId: string) =>
  sql`select job_id from import_rows where user_id = ${id} and import_id = ${importId} and (job_created or job_version is not null)`
