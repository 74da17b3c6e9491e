import { type Kysely, type RawBuilder, sql } from 'kysely'
import { type Application, type ApplicationSort, ApplicationStatus, type FoundApplication } from '../../../contract/applications.ts'
import type { Total } from '../../../contract/fields.ts'
import { countUpTo, keysetPage, type Page, type Selection, type SortKey } from '../../database/keyset.ts'
import type { Tables } from '../../database/tables.ts'
import type { Standing } from './history.ts'
import { interviewsOfApplication } from './interview-queries.ts'

type Db = Kysely<Tables>

// Source of every read: the application, its job, and its next interview, which is one that is not over at `now`.
export const applicationsSource = (userId: string, now: string) => sql`
  applications
  join jobs on jobs.user_id = applications.user_id and jobs.id = applications.job_id
  left join (
    select application_id, min(starts_at) as interview_at from interviews
    where user_id = ${userId} and status = 'scheduled'
      and starts_at + make_interval(mins => coalesce(duration_minutes, 60)) > ${now}::timestamptz
    group by application_id
  ) as ahead on ahead.application_id = applications.id`

export const applicationColumns = sql`
  applications.id, applications.job_id,
  json_build_object('id', jobs.id, 'company', jobs.company, 'title', jobs.title) as job,
  applications.status, applications.applied_on, applications.response_on, applications.offer_on, ahead.interview_at,
  applications.status_since, applications.follow_up_on, applications.reminders_muted, applications.notes,
  (${interviewsOfApplication}) as interviews, applications.contacts,
  applications.version, applications.created_at, applications.updated_at, applications.deleted_at`

export async function findApplication(
  db: Db,
  userId: string,
  id: string,
  deleted: 'only' | 'include' | undefined,
  now: string,
): Promise<Application | undefined> {
  const visible =
    deleted === 'include' ? sql`true` : deleted === 'only' ? sql`applications.deleted_at is not null` : sql`applications.deleted_at is null`
  const { rows } = await sql<Application>`
    select ${applicationColumns} from ${applicationsSource(userId, now)}
    where applications.user_id = ${userId} and applications.id = ${id} and ${visible}`.execute(db)
  return rows[0]
}

/** Live ones, in no order. */
export async function findApplicationsByIds(db: Db, userId: string, ids: readonly string[], now: string): Promise<Application[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<Application>`
    select ${applicationColumns} from ${applicationsSource(userId, now)}
    where applications.user_id = ${userId} and applications.id = any(${ids}::uuid[]) and applications.deleted_at is null`.execute(db)
  return rows
}

/**
 * Locks the row until the transaction ends, so that its history has one writer.
 * Its job first, which changes along and in whose deletion the order is the same: else two would wait for each other.
 */
export async function lockApplication(db: Db, userId: string, id: string) {
  await sql`
    select 1 from jobs where user_id = ${userId} and id = (select job_id from applications where user_id = ${userId} and id = ${id})
    for no key update`.execute(db)
  return db
    .selectFrom('applications')
    .select(['id', 'job_id', 'version', 'status', 'deleted_at', 'follow_up_on', 'reminders_muted', 'notes', 'contacts'])
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

export const applicationsSelection = (userId: string, now: string, where: RawBuilder<unknown>, sort: ApplicationSort): Selection => ({
  from: applicationsSource(userId, now),
  where,
  id: sql`applications.id`,
  sort: sortKey(sort),
})

export type ListOfApplications = Page<FoundApplication> & {
  total: Total
  by_status: Record<ApplicationStatus, number>
  did_you_mean?: string | undefined
}

export async function listApplications(
  db: Db,
  selection: Selection,
  { whereAnyStatus, ...options }: { whereAnyStatus: RawBuilder<unknown>; limit: number; cursor: string | undefined; boundTo: unknown },
): Promise<ListOfApplications> {
  const { from, where } = selection
  const [page, total, by_status] = await Promise.all([
    keysetPage<Application>(db, { columns: applicationColumns, ...selection, ...options }),
    countUpTo(db, from, where),
    countByStatus(db, from, whereAnyStatus),
  ])
  return { ...page, total, by_status }
}

export async function isAnyApplication(db: Db, { from, where }: Selection): Promise<boolean> {
  const { rows } = await sql`select 1 from ${from} where ${where} limit 1`.execute(db)
  return rows.length > 0
}

type JobTexts = { id: string; tech_stack: string[]; location: string | null; description: string | null; notes: string | null }

/** What is looked through in the jobs of applications, beyond what an application shows of its job. */
export async function findJobTexts(db: Db, userId: string, jobIds: readonly string[]): Promise<Map<string, JobTexts>> {
  const { rows } = await sql<JobTexts>`
    select id, tech_stack, location, description, notes from jobs where user_id = ${userId} and id = any(${jobIds}::uuid[])`.execute(db)
  return new Map(rows.map((job) => [job.id, job]))
}

async function countByStatus(db: Db, from: RawBuilder<unknown>, where: RawBuilder<unknown>): Promise<Record<ApplicationStatus, number>> {
  const { rows } = await sql<{ status: ApplicationStatus; n: number }>`
    select applications.status, count(*) as n from ${from} where ${where} group by applications.status`.execute(db)
  const none = Object.fromEntries(ApplicationStatus.options.map((status) => [status, 0])) as Record<ApplicationStatus, number>
  return { ...none, ...Object.fromEntries(rows.map((row) => [row.status, row.n])) }
}

function sortKey(sort: ApplicationSort): SortKey {
  const descending = sort.startsWith('-')
  const name = sort.replace(/^-/, '') as Exclude<ApplicationSort, `-${string}`>
  switch (name) {
    case 'company':
      return { expression: sql`jobs.company_key`, type: 'text', nullable: false, descending }
    case 'interview_at':
      return { expression: sql`ahead.interview_at`, type: 'timestamptz', nullable: true, descending }
    case 'applied_on':
    case 'follow_up_on':
      return { expression: sql.ref(`applications.${name}`), type: 'date', nullable: true, descending }
    case 'created_at':
    case 'updated_at':
      return { expression: sql.ref(`applications.${name}`), type: 'timestamptz', nullable: false, descending }
  }
}

/**
 * A live job of this user; held against deletion until the transaction ends, and against whoever else opens an application of it:
 * with a weaker lock the new one would wait for the job at its end, and the other for the new one.
 */
export async function jobIsThere(db: Db, userId: string, jobId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from jobs where user_id = ${userId} and id = ${jobId} and deleted_at is null for no key update`.execute(db)
  return rows.length > 0
}

type Own = Pick<Application, 'follow_up_on' | 'reminders_muted' | 'notes' | 'contacts'>

export async function insertApplication(
  db: Db,
  userId: string,
  id: string,
  jobId: string,
  own: Own,
  standing: Standing,
  now: string,
): Promise<void> {
  await db
    .insertInto('applications')
    .values({
      user_id: userId,
      id,
      job_id: jobId,
      ...own,
      contacts: JSON.stringify(own.contacts),
      ...standing,
      created_at: now,
      updated_at: now,
      deleted_at: null,
    })
    .execute()
}

/** Changes the record's own fields, so its version rises. */
export async function setApplication(
  db: Db,
  userId: string,
  id: string,
  { contacts, ...changes }: Partial<Own & Standing>,
  now: string,
): Promise<void> {
  await db
    .updateTable('applications')
    .set({ ...changes, ...(contacts ? { contacts: JSON.stringify(contacts) } : {}), updated_at: now, version: sql<number>`version + 1` })
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .execute()
}

/** Into the trash (an instant) or out of it (null). */
export async function setApplicationDeletedAt(db: Db, userId: string, id: string, deletedAt: string | null, now: string): Promise<void> {
  await db
    .updateTable('applications')
    .set({ deleted_at: deletedAt, deleted_with_job: false, updated_at: now, version: sql<number>`version + 1` })
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .execute()
}

export async function trashWithJob(db: Db, userId: string, jobId: string, now: string): Promise<void> {
  await db
    .updateTable('applications')
    .set({ deleted_at: now, deleted_with_job: true, updated_at: now, version: sql<number>`version + 1` })
    .where('user_id', '=', userId)
    .where('job_id', '=', jobId)
    .where('deleted_at', 'is', null)
    .execute()
}

export async function restoreWithJob(db: Db, userId: string, jobId: string, now: string): Promise<void> {
  await db
    .updateTable('applications')
    .set({ deleted_at: null, deleted_with_job: false, updated_at: now, version: sql<number>`version + 1` })
    .where('user_id', '=', userId)
    .where('job_id', '=', jobId)
    .where('deleted_with_job', '=', true)
    .execute()
}

export async function deleteApplicationRow(db: Db, userId: string, id: string): Promise<void> {
  await db.deleteFrom('applications').where('user_id', '=', userId).where('id', '=', id).execute()
}
