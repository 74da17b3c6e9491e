/** The rows of one import in the database, until its transaction ends: what they say, and what is to become of them. */
import { type Kysely, sql } from 'kysely'
import { openStatuses } from '../../../../contract/applications.ts'
import type { Tables } from '../../../database/tables.ts'
import { jobColumnTypes } from '../../jobs/many.ts'
import type { ReadRow, RefusedRow } from '../rows/read-row.ts'

type Db = Kysely<Tables>

const stagedColumns = Object.entries({
  row: 'int',
  is_refused: 'boolean',
  fingerprint: 'uuid',
  source_key: 'text',
  given_id: 'uuid',
  spare_id: 'uuid',
  job_ref: 'uuid',
  new_job_id: 'uuid',
  problems: 'text',
  cells: 'text',
  ...jobColumnTypes,
  created_at: 'timestamptz',
  updated_at: 'timestamptz',
  deleted_at: 'timestamptz',
  new_application_id: 'uuid',
  application_status: 'text',
  application_status_since: 'date',
  application_applied_on: 'date',
  application_response_on: 'date',
  application_offer_on: 'date',
  application_last_event_at: 'timestamptz',
  application_wanted: 'jsonb',
  application_follow_up_on: 'date',
  application_reminders_muted: 'boolean',
  application_notes: 'text',
  application_contacts: 'jsonb',
  application_events: 'jsonb',
  application_interviews: 'jsonb',
  application_created_at: 'timestamptz',
  application_updated_at: 'timestamptz',
  application_deleted_at: 'timestamptz',
})

/**
 * `staged_rows` is written once and read once; `verdicts`, narrow, is what matching works on.
 * Job columns bear their own names, those of the application begin with `application_`.
 */
export async function createStaging(db: Db): Promise<void> {
  const columns = sql.raw(stagedColumns.map(([name, type]) => `${name} ${type}`).join(', '))
  await sql`create temp table staged_rows (${columns}) on commit drop`.execute(db)
  await sql`create temp table staged_changes (row int primary key, application_id uuid not null, change json not null) on commit drop`.execute(
    db,
  )
}

/** Only the columns that some row has: each one more costs a look-up a row. */
export async function stageRows(db: Db, rows: StagedRow[]): Promise<void> {
  const present = new Set(rows.flatMap(Object.keys))
  const used = stagedColumns.filter(([name]) => present.has(name))
  const names = sql.raw(used.map(([name]) => name).join(', '))
  const types = sql.raw(used.map(([name, type]) => `${name} ${type}`).join(', '))
  await sql`insert into staged_rows (${names}) select ${names} from json_to_recordset(${JSON.stringify(rows)}::json) as given (${types})`.execute(
    db,
  )
}

export type StagedRow = Record<string, unknown> & { row: number; is_refused: boolean }

export const refusedRow = ({ row, errors, cells }: RefusedRow): StagedRow => ({
  row,
  is_refused: true,
  problems: JSON.stringify(errors),
  cells,
})

export function stagedRow(read: ReadRow, newId: () => string): StagedRow {
  const { row, fingerprint, source_key, given_id, job_ref, job, application, warnings } = read
  const staged: StagedRow = { row, is_refused: false, fingerprint, new_job_id: application ? newId() : (given_id ?? newId()) }
  const say = (said: object, prefix = '') => {
    // What is not said is null in the database anyway.
    for (const name in said) {
      const value = (said as Record<string, unknown>)[name]
      if (value !== null) staged[prefix + name] = value
    }
  }
  // A copy of a record that is here needs another id.
  say({ source_key, given_id, spare_id: given_id && newId(), job_ref, problems: warnings.length > 0 ? JSON.stringify(warnings) : null })
  say(job)
  if (application) {
    const { standing, ...rest } = application
    staged['new_application_id'] = given_id ?? newId()
    say(standing, 'application_')
    say(rest, 'application_')
  }
  return staged
}

/** After all rows are staged: what matching compares, folded once. */
export async function createVerdicts(db: Db): Promise<void> {
  // A rough picture is enough to tell a few rows from a million; without one, a join of a million by a million is tried row by row.
  await sql`set local default_statistics_target = 10`.execute(db)
  await sql`create unique index on staged_rows (row)`.execute(db)
  await sql`analyze staged_rows`.execute(db)
  await sql`
    create temp table verdicts on commit drop as
    select row, fingerprint, source_key, given_id, spare_id, job_ref, new_job_id, new_application_id,
      landed_fold(company) collate "C" as company_key, landed_fold(title) collate "C" as title_key,
      landed_fold(coalesce(location, '')) collate "C" as location_key, landed_url_key(url) collate "C" as url_key,
      case when is_refused then 'failed' end as outcome,
      null::text as code, null::int as other_row, null::uuid as job_id, null::uuid as application_id,
      null::text as problems, false as is_applied, false as is_new_job,
      null::text collate "C" as group_key, application_applied_on as applied_on,
      application_deleted_at is null and application_status = any(${[...openStatuses]}::text[]) as is_open, application_deleted_at is not null as is_trashed
    from staged_rows`.execute(db)
  await sql`create unique index on verdicts (row)`.execute(db)
  await sql`analyze verdicts`.execute(db)
}
