/** Applications into the trash and out of it, and out of the world. */
import { sql } from 'kysely'
import type { BulkError } from '../../../contract/tasks.ts'
import type { User } from '../../http/who-is-asking.ts'
import { isOpen } from '../applications/history.ts'
import { type LockedApplication, removeApplications, setApplicationsDeletedAt } from '../applications/many.ts'
import { alreadyOpen, entryError, notThere, type Places, type Target } from './errors.ts'
import { type FoundApplications, findApplications } from './find-applications.ts'
import { keepImages, targetRows } from './images.ts'
import { type Claim, withOneOpen } from './open-slots.ts'
import type { Making, Operation } from './operation.ts'

type Planned = Target & { application: LockedApplication }

/** Those that are there, and an error for each of the others. */
function sortOut(
  targets: readonly Target[],
  { applications }: FoundApplications,
  places: Places,
  isTarget: (one: LockedApplication) => boolean,
) {
  const errors: BulkError[] = []
  const found = targets.flatMap((target): Planned[] => {
    const application = applications.get(target.id)
    if (application && isTarget(application)) return [{ ...target, application }]
    errors.push(notThere(target, 'application', places))
    return []
  })
  return { found, errors }
}

export const deletionOfApplications = (user: User, targets: readonly Target[], places: Places): Operation<Planned> => ({
  check: async (app, options) => {
    const there = await findApplications(
      app,
      user,
      targets.map(({ id }) => id),
      options,
    )
    const { found, errors } = sortOut(targets, there, places, ({ deleted_at }) => deleted_at === null)
    return { groups: [found], errors }
  },
  write: (making, part) => move(making, user, part, sql`${making.now}::timestamptz`),
})

export const removalOfApplications = (user: User, targets: readonly Target[], places: Places): Operation<Planned> => ({
  check: async (app, options) => {
    const there = await findApplications(
      app,
      user,
      targets.map(({ id }) => id),
      options,
    )
    const { found, errors } = sortOut(targets, there, places, () => true)
    return { groups: [found], errors }
  },
  write: ({ app }, part) => removeApplications(app.db, user.id, sql`select id from ${targetRows(part)}`),
})

export const restorationOfApplications = (user: User, targets: readonly Target[], places: Places): Operation<Planned & Claim> => ({
  check: async (app, options) => {
    const there = await findApplications(
      app,
      user,
      targets.map(({ id }) => id),
      options,
    )
    const { found, errors } = sortOut(targets, there, places, () => true)
    const claims = found.flatMap((one): (Planned & Claim)[] => {
      const { job_id, status, deleted_at } = one.application
      if (deleted_at === null || there.liveJobs.has(job_id)) return [{ ...one, jobId: job_id, isOpen: isOpen(status) }]
      errors.push(entryError(one, 'conflict', 'The job of this application is in the trash. Restore the job first.'))
      return []
    })
    const { groups, refused } = withOneOpen(claims, there.holders)
    return { groups, errors: [...errors, ...refused.map(({ id, index }) => alreadyOpen({ id, index }))] }
  },
  write: (making, part) =>
    move(
      making,
      user,
      part.filter(({ application }) => application.deleted_at !== null),
      sql`null::timestamptz`,
    ),
})

async function move({ app, bulkId, now }: Making, user: User, part: readonly Target[], to: ReturnType<typeof sql>): Promise<void> {
  const moved = await keepImages(
    app.db,
    user.id,
    bulkId,
    'applications',
    sql`
      select a.id as record_id, target.index, false as along, version as version_before, version + 1 as version_after,
        jsonb_build_object('deleted_at', deleted_at, 'deleted_with_job', deleted_with_job) as was
      from ${targetRows(part)} join applications a on a.user_id = ${user.id} and a.id = target.id`,
  )
  await setApplicationsDeletedAt(
    app.db,
    user.id,
    sql`select id, ${to} as deleted_at, false as deleted_with_job from unnest(${moved}::uuid[]) as id`,
    now,
  )
}
