import { v7 as uuidv7 } from 'uuid'
import type { Job, JobChanges, JobFilter, JobInput, JobSort } from '../../../contract/jobs.ts'
import type { App } from '../../app.ts'
import { inTransaction } from '../../database/transaction.ts'
import { invalid, notFound, staleVersion } from '../../errors.ts'
import type { Via } from '../../http/mount.ts'
import type { Expected } from '../../http/preconditions.ts'
import type { User } from '../../http/who-is-asking.ts'
import { hintRecord } from '../../live/live.ts'
import { findOpenApplication, restoreApplicationsOfJob, trashApplicationsOfJob } from '../applications/applications.ts'
import { notify } from '../notifications/notifications.ts'
import { didYouMean } from '../search/search.ts'
import { getSettings } from '../settings/settings.ts'
import { highlightJobs } from './highlights.ts'
import { isAnyJob, type JobSelection, jobsSelection, type ListOfJobs, listJobs } from './list.ts'
import { idsIn, noteAfter, noteBefore, tellOfJobs } from './news.ts'
import { deleteJobRow, findJob, insertJob, setJob, setJobDeletedAt } from './queries.ts'

type Deleted = JobFilter['deleted']

type JobQuery = JobFilter & { sort: JobSort; limit: number; cursor?: string | undefined; highlight?: boolean | undefined }

export async function findJobs(app: App, user: User, query: JobQuery): Promise<ListOfJobs> {
  const { sort, limit, cursor, highlight, ...filter } = query
  const list = await selectJobs(app, user, filter, sort)
  const found = await listJobs(app.db, list, { limit, cursor, boundTo: [user.id, 'jobs', filter, sort] })
  const { q } = filter
  if (q === undefined) return found
  if (found.total.value === 0) {
    const finds = async (q: string) => isAnyJob(app.db, await selectJobs(app, user, { ...filter, q }, '-created_at'))
    return { ...found, did_you_mean: await didYouMean(app, user, q, finds) }
  }
  return highlight ? { ...found, items: await highlightJobs(app, q, found.items) } : found
}

/** What the list shows, for the feature that reads all of it. */
export async function selectJobs(app: App, user: User, filter: JobFilter, sort: JobSort): Promise<JobSelection> {
  // Only the days of an instant depend on the zone; a list that asks for none need not look it up.
  const needsZone = filter.created_from !== undefined || filter.created_to !== undefined
  const timezone = needsZone ? (await getSettings(app, user)).timezone : 'UTC'
  return jobsSelection(user.id, filter, sort, timezone)
}

export async function getJob(app: App, user: User, id: string, deleted?: Deleted): Promise<Job> {
  const job = await findJob(app.db, user.id, id, deleted)
  if (!job) throw notFound('job')
  return job
}

export function createJob(app: App, user: User, job: JobInput, via: Via): Promise<Job> {
  // A statement alone would be done even when the connection to the database was lost before its answer.
  return inTransaction(app, async (app) => {
    const made = await insertJob(app.db, user.id, uuidv7(), job, app.now().toISOString())
    hintRecord(app, user.id, 'job', made.id, made.version)
    const cause = `job ${made.id}`
    await noteAfter(app, user, idsIn([made.id]), cause)
    const arrival = { cause, data: {}, isSeen: via === 'web' }
    await tellOfJobs(app, user, arrival, made.match_score === null ? undefined : idsIn([made.id]))
    return made
  })
}

export function changeJob(
  app: App,
  user: User,
  id: string,
  { version: _, ...changes }: JobChanges,
  expected: Expected,
  via: Via,
): Promise<Job> {
  return inTransaction(app, async (app) => {
    const job = await lockJob(app, user, id, undefined, expected)
    const { salary_min, salary_max } = { ...job, ...changes }
    if (salary_min !== null && salary_max !== null && salary_min > salary_max) {
      throw invalid({
        field: 'salary_min' in changes ? 'salary_min' : 'salary_max',
        code: 'invalid_value',
        message: `salary_min (${salary_min}) must not be more than salary_max (${salary_max})`,
      })
    }
    if (!isChange(job, changes)) return job
    await noteBefore(app, user, idsIn([id]))
    const changed = await setJob(app.db, user.id, id, changes, app.now().toISOString())
    hintRecord(app, user.id, 'job', id, changed.version)
    const cause = `job ${id} version ${changed.version}`
    await noteAfter(app, user, idsIn([id]), cause)
    if (changed.status !== job.status) await tellApplicants(app, user, changed, via)
    await tellOfJobs(app, user, { cause, data: {}, isSeen: via === 'web' })
    return changed
  })
}

/** Into the trash, its applications with it; or, `permanent`, out of the world. */
export function deleteJob(app: App, user: User, id: string, { permanent = false }, expected: Expected): Promise<void> {
  return inTransaction(app, async (app) => {
    await lockJob(app, user, id, permanent ? 'include' : undefined, expected)
    if (permanent) {
      hintRecord(app, user.id, 'job', id, null)
      return deleteJobRow(app.db, user.id, id)
    }
    const now = app.now().toISOString()
    await trashApplicationsOfJob(app, user, id)
    const { version } = await setJobDeletedAt(app.db, user.id, id, now, now)
    hintRecord(app, user.id, 'job', id, version)
  })
}

export function restoreJob(app: App, user: User, id: string, expected: Expected): Promise<Job> {
  return inTransaction(app, async (app) => {
    const job = await lockJob(app, user, id, 'include', expected)
    if (job.deleted_at === null) return job
    await setJobDeletedAt(app.db, user.id, id, null, app.now().toISOString())
    await restoreApplicationsOfJob(app, user, id)
    const restored = await getJob(app, user, id)
    hintRecord(app, user.id, 'job', id, restored.version)
    return restored
  })
}

/** A posting that is gone matters where one has applied. */
async function tellApplicants(app: App, user: User, { id, version, company, title, status }: Job, via: Via): Promise<void> {
  const application = await findOpenApplication(app, user, id)
  if (!application) return
  const became = { open: 'open again', closed: 'closed', archived: 'archived' }[status]
  await notify(app, user, {
    type: 'job_status_changed',
    cause: `job ${id} version ${version}`,
    title: `Posting ${became}: ${company}`,
    body: `${title} is ${became} now. You have an open application there.`,
    data: { status },
    job_id: id,
    application_id: application,
    isSeen: via === 'web',
  })
}

async function lockJob(app: App, user: User, id: string, deleted: Deleted, expected: Expected): Promise<Job> {
  const job = await findJob(app.db, user.id, id, deleted, { lock: true })
  if (!job) throw notFound('job')
  if (expected && !expected.includes(job.version)) throw staleVersion(job.version)
  return job
}

const isChange = (record: object, changes: object) =>
  Object.entries(changes).some(([name, value]) => JSON.stringify(value) !== JSON.stringify((record as Record<string, unknown>)[name]))
