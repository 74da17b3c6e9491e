import { isDeepStrictEqual } from 'node:util'
import { v7 as uuidv7 } from 'uuid'
import {
  type Application,
  type ApplicationChanges,
  type ApplicationFilter,
  type ApplicationInput,
  type ApplicationSort,
  type Interview,
  type InterviewInput,
  lastRound,
} from '../../../contract/applications.ts'
import type { App } from '../../app.ts'
import type { Selection } from '../../database/keyset.ts'
import { inTransaction } from '../../database/transaction.ts'
import { AppError, conflict, notFound, staleVersion } from '../../errors.ts'
import type { Via } from '../../http/mount.ts'
import type { Expected } from '../../http/preconditions.ts'
import type { User } from '../../http/who-is-asking.ts'
import { hintRecord } from '../../live/live.ts'
import { didYouMean } from '../search/search.ts'
import { getSettings } from '../settings/settings.ts'
import { findEvents, saveHistory } from './event-queries.ts'
import { applicationsWhere } from './filter.ts'
import { highlightApplications } from './highlights.ts'
import { type Clock, type HistoryEvent, rewrite, type Standing, standingOf } from './history.ts'
import { insertInterviews } from './interview-queries.ts'
import { findOpenOf } from './many.ts'
import {
  applicationsSelection,
  deleteApplicationRow,
  findApplication,
  findApplicationsByIds,
  insertApplication,
  isAnyApplication,
  jobIsThere,
  type ListOfApplications,
  listApplications,
  lockApplication,
  restoreWithJob,
  setApplication,
  setApplicationDeletedAt,
  trashWithJob,
} from './queries.ts'
import { tellOfChange } from './tell.ts'

type ApplicationQuery = ApplicationFilter & {
  sort: ApplicationSort
  limit: number
  cursor?: string | undefined
  highlight?: boolean | undefined
}

export async function findApplications(app: App, user: User, query: ApplicationQuery): Promise<ListOfApplications> {
  const { sort, limit, cursor, highlight, ...filter } = query
  const clock = await clockOf(app, user)
  const select = (filter: ApplicationFilter) => applicationsSelection(user.id, clock.now, applicationsWhere(user.id, filter, clock), sort)
  const found = await listApplications(app.db, select(filter), {
    whereAnyStatus: applicationsWhere(user.id, { ...filter, status: undefined }, clock),
    limit,
    cursor,
    boundTo: [user.id, 'applications', filter, sort],
  })
  const { q } = filter
  if (q === undefined) return found
  if (found.total.value === 0) {
    const finds = (q: string) => isAnyApplication(app.db, select({ ...filter, q }))
    return { ...found, did_you_mean: await didYouMean(app, user, q, finds) }
  }
  return highlight ? { ...found, items: await highlightApplications(app, user, q, found.items) } : found
}

export { interviewsOfApplication } from './interview-queries.ts'

/** What the list shows, for the feature that reads all of it. */
export async function selectApplications(app: App, user: User, filter: ApplicationFilter, sort: ApplicationSort): Promise<Selection> {
  const clock = await clockOf(app, user)
  return applicationsSelection(user.id, clock.now, applicationsWhere(user.id, filter, clock), sort)
}

export async function getApplication(app: App, user: User, id: string, deleted?: ApplicationFilter['deleted']): Promise<Application> {
  const application = await findApplication(app.db, user.id, id, deleted, app.now().toISOString())
  if (!application) throw notFound('application')
  return application
}

export async function findApplicationsById(app: App, user: User, ids: readonly string[]): Promise<Map<string, Application>> {
  const found = await findApplicationsByIds(app.db, user.id, ids, app.now().toISOString())
  return new Map(found.map((application) => [application.id, application]))
}

export function createApplication(app: App, user: User, input: ApplicationInput): Promise<Application> {
  const { job_id, status, applied_on, response_on, offer_on, interviews, ...own } = input
  return inTransaction(app, async (app) => {
    if (!(await jobIsThere(app.db, user.id, job_id))) throw notFound('job', 'job_id')
    const clock = await clockOf(app, user)
    const events = rewrite([], { status, applied_on, response_on, offer_on }, clock)
    const id = uuidv7()
    await refusingSecondOpen(() => insertApplication(app.db, user.id, id, job_id, own, standingOf(events) as Standing, clock.now))
    await saveHistory(app.db, user.id, id, [], events, clock.now)
    const rounds: Interview[] = []
    for (const interview of interviews) rounds.push(newInterview(interview, rounds))
    await insertInterviews(app.db, user.id, id, rounds)
    const made = await getApplication(app, user, id)
    hintRecord(app, user.id, 'application', id, made.version)
    return made
  })
}

export const newInterview = ({ round, ...interview }: InterviewInput, others: readonly Interview[]): Interview => ({
  id: uuidv7(),
  round: round ?? Math.min(Math.max(0, ...others.map((other) => other.round)) + 1, lastRound),
  ...interview,
})

export function changeApplication(
  app: App,
  user: User,
  id: string,
  changes: ApplicationChanges,
  expected: Expected,
  via: Via,
): Promise<Application> {
  const { version: _, status, applied_on, response_on, offer_on, ...own } = changes
  return inTransaction(app, async (app) => {
    await lockLive(app, user, id, expected)
    const present = await getApplication(app, user, id)
    const clock = await clockOf(app, user)
    const before = await findEvents(app.db, user.id, id)
    const after = rewrite(before, { status, applied_on, response_on, offer_on }, clock)
    const standing = await saveEvents(app, user, id, before, after, clock)
    const isChanged = Object.entries(own).some(([name, value]) => !isDeepStrictEqual(value, present[name as keyof typeof own]))
    if (!standing && !isChanged) return present
    await refusingSecondOpen(() => setApplication(app.db, user.id, id, { ...own, ...standing }, clock.now))
    const changed = await getApplication(app, user, id)
    await tellOfChange(app, user, present, changed, via)
    return changed
  })
}

/** Changes the history of one application as `change` says; status and dates follow. */
export function changeHistory<T>(
  app: App,
  user: User,
  id: string,
  change: (events: HistoryEvent[], clock: Clock) => { events: HistoryEvent[]; result: T },
  via: Via,
): Promise<T> {
  return inTransaction(app, async (app) => {
    const present = await lockLive(app, user, id, undefined)
    const clock = await clockOf(app, user)
    const before = await findEvents(app.db, user.id, id)
    const { events, result } = change(before, clock)
    const standing = await saveEvents(app, user, id, before, events, clock)
    if (!standing) return result
    await refusingSecondOpen(() => setApplication(app.db, user.id, id, standing, clock.now))
    await tellOfChange(app, user, present, await getApplication(app, user, id), via)
    return result
  })
}

/** Of something inside the application that is no event, such as an interview's feedback: its version rises. */
export async function markChanged(app: App, user: User, id: string, via: Via): Promise<void> {
  const present = await getApplication(app, user, id)
  await setApplication(app.db, user.id, id, {}, app.now().toISOString())
  await tellOfChange(app, user, present, { ...present, version: present.version + 1 }, via)
}

/** Null when nothing changed. */
async function saveEvents(
  app: App,
  user: User,
  id: string,
  before: HistoryEvent[],
  after: HistoryEvent[],
  clock: Clock,
): Promise<Standing | null> {
  if (before.length === after.length && after.every((event) => before.includes(event))) return null
  const standing = standingOf(after)
  if (!standing)
    throw conflict(
      'This is the only event that says where the application stands, so it cannot be removed. Correct it, or delete the application.',
    )
  await saveHistory(app.db, user.id, id, before, after, clock.now)
  return standing
}

export function deleteApplication(app: App, user: User, id: string, { permanent = false }, expected: Expected): Promise<void> {
  return inTransaction(app, async (app) => {
    if (permanent) {
      await lockAny(app, user, id, expected)
      hintRecord(app, user.id, 'application', id, null)
      return deleteApplicationRow(app.db, user.id, id)
    }
    const { version } = await lockLive(app, user, id, expected)
    const now = app.now().toISOString()
    await setApplicationDeletedAt(app.db, user.id, id, now, now)
    hintRecord(app, user.id, 'application', id, version + 1)
  })
}

export function restoreApplication(app: App, user: User, id: string, expected: Expected): Promise<Application> {
  return inTransaction(app, async (app) => {
    const application = await lockAny(app, user, id, expected)
    if (application.deleted_at !== null) {
      if (!(await jobIsThere(app.db, user.id, application.job_id)))
        throw conflict('The job of this application is in the trash. Restore the job first.')
      await refusingSecondOpen(() => setApplicationDeletedAt(app.db, user.id, id, null, app.now().toISOString()))
      hintRecord(app, user.id, 'application', id, application.version + 1)
    }
    return getApplication(app, user, id)
  })
}

/** The one that is open for a job, if there is one. */
export const findOpenApplication = async (app: App, user: User, jobId: string) => (await findOpenOf(app.db, user.id, [jobId])).get(jobId)

/** For the feature above: a job goes into the trash with its applications … */
export const trashApplicationsOfJob = (app: App, user: User, jobId: string) => trashWithJob(app.db, user.id, jobId, app.now().toISOString())

/** … and brings those back, not the ones that were there before. */
export const restoreApplicationsOfJob = (app: App, user: User, jobId: string) =>
  restoreWithJob(app.db, user.id, jobId, app.now().toISOString())

async function lockAny(app: App, user: User, id: string, expected: Expected) {
  const application = await lockApplication(app.db, user.id, id)
  if (!application) throw notFound('application')
  if (expected && !expected.includes(application.version)) throw staleVersion(application.version)
  return application
}

export async function lockLive(app: App, user: User, id: string, expected: Expected) {
  const application = await lockAny(app, user, id, undefined)
  if (application.deleted_at !== null) throw notFound('application')
  if (expected && !expected.includes(application.version)) throw staleVersion(application.version)
  return application
}

export async function clockOf(app: App, user: User): Promise<Clock> {
  return { now: app.now().toISOString(), timezone: (await getSettings(app, user)).timezone }
}

// The partial unique index decides, so two at once cannot both pass.
async function refusingSecondOpen<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Error && 'constraint' in error && error.constraint === 'applications_one_open') {
      throw new AppError('application_already_open', 'This job has an open application already. Continue that one, or close it first.', {
        cause: error,
      })
    }
    throw error
  }
}
