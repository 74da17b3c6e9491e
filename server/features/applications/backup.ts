import { sql } from 'kysely'
import { z } from 'zod'
import { Application, ApplicationEvent, Interview, openStatuses } from '../../../contract/applications.ts'
import { Id, Instant } from '../../../contract/fields.ts'
import type { BackupPart, BackupTable, Restoring, Verdict } from '../../database/backup-part.ts'
import { clearTable, insertStaged, isJudged, judge, updateStaged, verdictsOf } from '../../database/staged-rows.ts'

const ofApplication = { table: 'applications', by: 'application_id' } as const
const HistoryEvent = ApplicationEvent.omit({ from_status: true })

const interviews = {
  table: 'interviews',
  name: 'interviews',
  key: ['id'],
  of: ofApplication,
  row: Interview,
} as const satisfies BackupTable

const applications: BackupTable = {
  table: 'applications',
  name: 'applications',
  key: ['id'],
  of: { table: 'jobs', by: 'job_id' },
  holds: interviews,
  // follows from it and its job
  without: ['words'],
  row: Application.omit({ job: true, interview_at: true }).extend({ last_event_at: Instant, deleted_with_job: z.boolean() }),
}

const events: BackupTable = {
  table: 'application_events',
  name: 'events',
  key: ['id'],
  of: ofApplication,
  row: HistoryEvent.extend({ application_id: Id }),
}

const superseded: BackupTable = {
  table: 'superseded_events',
  name: 'superseded_events',
  key: ['id'],
  of: ofApplication,
  row: z.strictObject({ id: Id, application_id: Id, event_id: Id, superseded_at: Instant, was: HistoryEvent }),
}

export const applicationsBackup: BackupPart = {
  files: [
    { name: 'applications.json', layout: 'list', tables: [applications] },
    { name: 'events.json', layout: 'lists', tables: [events, superseded] },
  ],
  units: [applications],
  judge: async (to) => {
    await judge(to, applications)
    await leaveSecondOpen(to)
  },
  write,
  clear: (to) => clearTable(to, applications),
}

const isOpen = (row: string) =>
  sql`${sql.ref(`${row}.deleted_at`)} is null and ${sql.ref(`${row}.status`)} = any(${[...openStatuses]}::text[])`

/** A job has one open application: the one that is here, and stays, goes before one that would come. */
async function leaveSecondOpen({ db, userId, replaces }: Restoring): Promise<void> {
  await sql`
    update verdicts_applications as judged set verdict = 'skipped',
      reason = 'its job has another open application here: close that one, then restore again to bring this one back'
    from (
      select staged.id, row_number() over (partition by staged.job_id order by staged.created_at, staged.id) > 1 or exists (
        select 1 from applications as other where other.user_id = ${userId}::uuid and other.job_id = staged.job_id and ${isOpen('other')}
          and not ${replaces}
          and not exists (select 1 from verdicts_applications as changing where changing.id = other.id and changing.verdict = 'updated')
      ) as is_second
      from staged_applications as staged where ${isJudged(applications, 'added', 'updated')} and ${isOpen('staged')}
    ) as opening
    where opening.id = judged.id and is_second`.execute(db)
}

/** What closes goes before what opens: the index that allows one open application a job looks at every row. */
async function write(to: Restoring): Promise<void> {
  const rising = { version: sql`greatest(staged.version, present.version + 1)` }
  const isUpdated = isJudged(applications, 'updated')
  await updateStaged(to, applications, sql`${isUpdated} and not (${isOpen('staged')})`, rising)
  await updateStaged(to, applications, sql`${isUpdated} and ${isOpen('staged')}`, rising)
  await insertStaged(to, applications)
  const ids = (...wanted: Verdict[]) => sql`select id from ${verdictsOf(applications)} where verdict = any(${wanted}::text[])`
  for (const table of [events, superseded, interviews]) {
    await sql`delete from ${sql.table(table.table)} where user_id = ${to.userId}::uuid and application_id in (${ids('updated')})`.execute(
      to.db,
    )
    await insertStaged(to, table, sql`staged.application_id in (${ids('added', 'updated')})`)
  }
  if (!to.intoEmpty) await followIntoTrash(to)
}

/** A job that is in the trash, here or from now on, has its applications there too. */
async function followIntoTrash({ db, userId, now }: Restoring): Promise<void> {
  await sql`
    update applications set deleted_at = jobs.deleted_at, deleted_with_job = true, updated_at = ${now}, version = applications.version + 1
    from jobs where jobs.user_id = ${userId}::uuid and applications.user_id = jobs.user_id and applications.job_id = jobs.id
      and jobs.deleted_at is not null and applications.deleted_at is null and jobs.id in (select id from staged_jobs)`.execute(db)
}
