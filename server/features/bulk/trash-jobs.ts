/** Jobs into the trash and out of it, with their applications, and out of the world. */
import { sql } from 'kysely'
import { openStatuses } from '../../../contract/applications.ts'
import type { BulkAlso, BulkError } from '../../../contract/tasks.ts'
import type { App } from '../../app.ts'
import type { User } from '../../http/who-is-asking.ts'
import { type LockedApplication, lockApplications, setApplicationsDeletedAt } from '../applications/many.ts'
import { lockJobs, removeJobs, setJobsDeletedAt } from '../jobs/many.ts'
import { notThere, type Places, type Target } from './errors.ts'
import { keepImages, targetRows } from './images.ts'
import type { Making, Operation } from './operation.ts'

type Found = { planned: Target[]; errors: BulkError[]; also: BulkAlso }

async function find(
  app: App,
  user: User,
  targets: readonly Target[],
  places: Places,
  {
    lock,
    isTarget,
    goesAlong,
  }: { lock: boolean; isTarget: (deletedAt: string | null) => boolean; goesAlong: (one: LockedApplication) => boolean },
): Promise<Found> {
  const jobs = await lockJobs(
    app.db,
    user.id,
    targets.map(({ id }) => id),
    ['deleted_at'],
    { lock },
  )
  const planned = targets.filter(({ id }) => {
    const job = jobs.get(id)
    return job && isTarget(job.deleted_at)
  })
  const there = new Set(planned)
  const errors = targets.filter((target) => !there.has(target)).map((target) => notThere(target, 'job', places))
  const applications = await lockApplications(app.db, user.id, { jobIds: planned.map(({ id }) => id) }, { lock })
  return { planned, errors, also: countOf([...applications.values()].filter(goesAlong)) }
}

const countOf = (applications: readonly LockedApplication[]): BulkAlso => ({
  applications: applications.length,
  open_applications: applications.filter(({ status }) => (openStatuses as readonly string[]).includes(status)).length,
})

/** How many applications these jobs have, for somebody who asks what a change would mean. */
export async function applicationsOf(app: App, user: User, jobIds: readonly string[]): Promise<BulkAlso> {
  const applications = await lockApplications(app.db, user.id, { jobIds }, { lock: false })
  return countOf([...applications.values()].filter(({ deleted_at }) => deleted_at === null))
}

export const deletionOfJobs = (user: User, targets: readonly Target[], places: Places): Operation<Target> => ({
  check: async (app, { lock }) => {
    const isLive = ({ deleted_at }: { deleted_at: string | null }) => deleted_at === null
    const found = await find(app, user, targets, places, { lock, isTarget: (deleted_at) => isLive({ deleted_at }), goesAlong: isLive })
    return { groups: [found.planned], errors: found.errors, also: found.also }
  },
  write: (making, part) =>
    move(making, user, part, { from: sql`deleted_at is null`, to: sql`${making.now}::timestamptz`, isWithJob: true }),
})

export const restorationOfJobs = (user: User, targets: readonly Target[], places: Places): Operation<Target> => ({
  check: async (app, { lock }) => {
    const found = await find(app, user, targets, places, { lock, isTarget: () => true, goesAlong: (one) => one.deleted_with_job })
    return { groups: [found.planned], errors: found.errors, also: found.also }
  },
  write: (making, part) => move(making, user, part, { from: sql`deleted_at is not null`, to: sql`null::timestamptz`, isWithJob: false }),
})

export const removalOfJobs = (user: User, targets: readonly Target[], places: Places): Operation<Target> => ({
  check: async (app, { lock }) => {
    const found = await find(app, user, targets, places, { lock, isTarget: () => true, goesAlong: () => true })
    return { groups: [found.planned], errors: found.errors, also: found.also }
  },
  write: ({ app }, part) => removeJobs(app.db, user.id, sql`select id from ${targetRows(part)}`),
})

type Move = { from: ReturnType<typeof sql>; to: ReturnType<typeof sql>; isWithJob: boolean }

/** Those that are not there yet; a live job is restored already. */
async function move({ app, bulkId, now }: Making, user: User, part: readonly Target[], { from, to, isWithJob }: Move): Promise<void> {
  const isMovedAlong = isWithJob ? sql`deleted_at is null` : sql`deleted_with_job`
  const moving = (ids: readonly string[]) =>
    sql`select id, ${to} as deleted_at, ${isWithJob}::boolean as deleted_with_job from unnest(${ids}::uuid[]) as id`
  const moved = await keepImages(
    app.db,
    user.id,
    bulkId,
    'jobs',
    sql`
      select jobs.id as record_id, target.index, false as along, version as version_before, version + 1 as version_after,
        jsonb_build_object('deleted_at', deleted_at) as was
      from ${targetRows(part)} join jobs on jobs.user_id = ${user.id} and jobs.id = target.id where ${from}`,
  )
  const along = await keepImages(
    app.db,
    user.id,
    bulkId,
    'applications',
    sql`
      select a.id as record_id, target.index, true as along, version as version_before, version + 1 as version_after,
        jsonb_build_object('deleted_at', deleted_at, 'deleted_with_job', deleted_with_job) as was
      from ${targetRows(part)} join applications a on a.user_id = ${user.id} and a.job_id = target.id
      where a.job_id = any(${moved}::uuid[]) and ${isMovedAlong}`,
  )
  // Out of the trash the job goes first, as an application cannot be there without it.
  const applications = () => setApplicationsDeletedAt(app.db, user.id, moving(along), now)
  const jobs = () => setJobsDeletedAt(app.db, user.id, moving(moved), now)
  await (isWithJob ? applications() : jobs())
  await (isWithJob ? jobs() : applications())
}
