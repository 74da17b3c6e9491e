import { sql } from 'kysely'
import type { BulkError } from '../../../contract/tasks.ts'
import type { User } from '../../http/who-is-asking.ts'
import { type LockedApplication, lockApplications, setApplicationsDeletedAt } from '../applications/many.ts'
import { addJobs, changeJobs, lockJobs, removeJobs, setJobsDeletedAt, writableJobColumns } from '../jobs/many.ts'
import { keepImages, targetRows } from './images.ts'
import type { Making, Operation } from './operation.ts'
import type { KnownChange } from './queries.ts'
import { type Form, findAlong, type Image, settle, undoneImages } from './undo-images.ts'
import { keepingImages, leftAlone } from './undo-parts.ts'

const wholeJob = [...writableJobColumns, 'match_score', 'created_at', 'deleted_at']

export const undoOfJobs = (user: User, change: KnownChange, images: readonly Image[]): Operation<Image> => ({
  check: async (app, options) => {
    const ids = images.map(({ id }) => id)
    const jobs = await lockJobs(app.db, user.id, ids, ['version', 'deleted_at', 'title', 'company'], options)
    const applications = await lockApplications(app.db, user.id, { jobIds: ids }, options)
    const along = await findAlong(app.db, user.id, change.id, [...applications.keys()])
    const byJob = Map.groupBy(applications.values(), ({ job_id }) => job_id)
    const planned: Image[] = []
    const errors: BulkError[] = []
    for (const image of images) {
      const job = jobs.get(image.id)
      const reason = reasonAgainst(image, job, byJob.get(image.id) ?? [], along)
      if (!reason) planned.push(image)
      else errors.push(leftAlone(image, reason, job ? `${job.title} at ${job.company}` : undefined))
    }
    return { groups: [planned], errors }
  },

  write: async (making, part) => {
    for (const [form, some] of Map.groupBy(part, ({ form }) => form)) await putBack[form](making, user, change, some)
  },

  finish: (making) => settle(making, user, change, images),
})

type Known = { version: number; deleted_at: string | null }

function reasonAgainst(
  { form, version_after }: Image,
  job: Known | undefined,
  applications: readonly LockedApplication[],
  along: ReadonlyMap<string, number>,
): Parameters<typeof leftAlone>[1] | null {
  if (form === 'recreate') return job ? 'is_there_again' : null
  if (!job) return 'not_found'
  if (job.version !== version_after) return job.deleted_at === null ? 'changed_since' : 'in_trash'
  if (form === 'remove' && applications.length > 0) return 'has_applications'
  // What came out of the trash with it goes back there; what was added or changed since would be lost from sight.
  const isNew = (one: LockedApplication) => one.deleted_at === null && along.get(one.id) !== one.version
  return form === 'trash' && applications.some(isNew) ? 'has_applications' : null
}

type PutBack = (making: Making, user: User, change: KnownChange, part: readonly Image[]) => Promise<void>

const putBack: Record<Form, PutBack> = {
  remove: async ({ app, bulkId }, user, _, part) => {
    await keepImages(app.db, user.id, bulkId, 'jobs', imagesOf(user, part, wholeJob, sql`null::int`))
    await keepingImages(app.db, () => removeJobs(app.db, user.id, sql`select id from ${targetRows(part)}`))
  },

  recreate: async ({ app, bulkId, now }, user, change, part) => {
    const columns = sql.join(wholeJob.map((name) => sql.ref(`job.${name}`)))
    const undone = undoneImages(user.id, change, part)
    await addJobs(
      app.db,
      user.id,
      sql`
        select undone.record_id as id, ${columns}, ${now}::timestamptz as updated_at, undone.version_before + 1 as version
        from ${undone}, jsonb_populate_record(null::jobs, undone.was) as job`,
      ['version', 'match_score'],
    )
    await keepImages(
      app.db,
      user.id,
      bulkId,
      'jobs',
      sql`
        select undone.record_id, undone.index, false as along, null::int as version_before, undone.version_before + 1 as version_after, null::jsonb as was
        from ${undone}`,
    )
  },

  change: async ({ app, bulkId, now }, user, change, part) => {
    await keepImages(app.db, user.id, bulkId, 'jobs', imagesOf(user, part, change.fields, sql`version + 1`))
    const columns = sql.join(change.fields.map((name) => sql.ref(`job.${name}`)))
    await changeJobs(
      app.db,
      user.id,
      sql`
        select undone.record_id as id, ${columns}
        from ${undoneImages(user.id, change, part)}, jsonb_populate_record(null::jobs, undone.was) as job`,
      now,
      change.fields,
    )
  },

  untrash: (making, user, change, part) => move(making, user, change, part),
  trash: (making, user, change, part) => move(making, user, change, part),
}

const imagesOf = (user: User, part: readonly Image[], columns: readonly string[], versionAfter: ReturnType<typeof sql>) => sql`
  select jobs.id as record_id, target.index, false as along, version as version_before, ${versionAfter} as version_after,
    jsonb_build_object(${sql.join(columns.map((name) => sql`${sql.lit(name)}, ${sql.ref(`jobs.${name}`)}`))}) as was
  from ${targetRows(part)} join jobs on jobs.user_id = ${user.id} and jobs.id = target.id`

/** Into the trash or out of it, with the applications that went along and are still as they were then. */
async function move({ app, bulkId, now }: Making, user: User, change: KnownChange, part: readonly Image[]): Promise<void> {
  await keepImages(app.db, user.id, bulkId, 'jobs', imagesOf(user, part, ['deleted_at'], sql`version + 1`))
  const along = await keepImages(
    app.db,
    user.id,
    bulkId,
    'applications',
    sql`
      select a.id as record_id, target.index, true as along, a.version as version_before, a.version + 1 as version_after,
        jsonb_build_object('deleted_at', a.deleted_at, 'deleted_with_job', a.deleted_with_job) as was
      from ${targetRows(part)} join applications a on a.user_id = ${user.id} and a.job_id = target.id
      join bulk_before_images undone on undone.user_id = ${user.id} and undone.bulk_id = ${change.id} and undone.kind = 'applications'
        and undone.along and undone.record_id = a.id and undone.version_after = a.version`,
  )
  await setApplicationsDeletedAt(app.db, user.id, asItWas(user, { ...change, kind: 'applications' }, along), now)
  await setJobsDeletedAt(
    app.db,
    user.id,
    asItWas(
      user,
      change,
      part.map(({ id }) => id),
    ),
    now,
  )
}

const asItWas = (user: User, change: KnownChange, ids: readonly string[]) => sql`
  select record_id as id, (was->>'deleted_at')::timestamptz as deleted_at, (was->>'deleted_with_job')::boolean as deleted_with_job
  from ${undoneImages(
    user.id,
    change,
    ids.map((id) => ({ id, index: 0 })),
  )}`
