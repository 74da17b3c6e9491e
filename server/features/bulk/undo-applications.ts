import { sql } from 'kysely'
import type { ApplicationStatus } from '../../../contract/applications.ts'
import type { BulkError } from '../../../contract/tasks.ts'
import type { User } from '../../http/who-is-asking.ts'
import { isOpen } from '../applications/history.ts'
import {
  type ApplicationState,
  addApplications,
  type KeptEvent,
  ownColumnTypes,
  removeApplications,
  setApplicationsDeletedAt,
  setStates,
  setSuperseded,
  standingColumnTypes,
} from '../applications/many.ts'
import { stateOf } from './application-state.ts'
import { type FoundApplications, findApplications } from './find-applications.ts'
import { keepImages, targetRows } from './images.ts'
import { type Claim, withOneOpen } from './open-slots.ts'
import type { Making, Operation } from './operation.ts'
import type { KnownChange } from './queries.ts'
import { type Form, type Image, namesOf, settle, undoneImages } from './undo-images.ts'
import { keepingImages, leftAlone } from './undo-parts.ts'

type Planned = Image & Claim
type Reason = Parameters<typeof leftAlone>[1]

export const undoOfApplications = (user: User, change: KnownChange, images: readonly Image[]): Operation<Planned> => ({
  check: async (app, options) => {
    const jobIds = images.flatMap(({ was_job_id }) => was_job_id ?? [])
    const found = await findApplications(
      app,
      user,
      images.map(({ id }) => id),
      options,
      jobIds,
    )
    const reasons = new Map<Image, Reason>()
    const claims: Planned[] = []
    for (const image of images) {
      const reason = reasonAgainst(image, found)
      if (reason) reasons.set(image, reason)
      else claims.push({ ...image, ...claimOf(image, found) })
    }
    const { groups, refused } = withOneOpen(claims, found.holders)
    for (const image of refused) reasons.set(image, 'application_already_open')
    const names = await namesOf(
      app.db,
      user.id,
      'applications',
      [...reasons.keys()].map(({ id }) => id),
    )
    const errors: BulkError[] = [...reasons].map(([image, reason]) => leftAlone(image, reason, names.get(image.id)))
    return { groups, errors }
  },

  write: async (making, part) => {
    for (const [form, some] of Map.groupBy(part, ({ form }) => form)) await putBack[form](making, user, change, some)
  },

  finish: (making) => settle(making, user, change, images),
})

function reasonAgainst(
  { id, form, version_after, was_job_id, was_deleted }: Image,
  { applications, liveJobs, knownJobs }: FoundApplications,
): Reason | null {
  const application = applications.get(id)
  if (form === 'recreate') {
    if (application) return 'is_there_again'
    const jobId = was_job_id ?? ''
    if (!knownJobs.has(jobId)) return 'not_found'
    return was_deleted || liveJobs.has(jobId) ? null : 'job_in_trash'
  }
  if (!application) return 'not_found'
  if (application.version !== version_after) return application.deleted_at === null ? 'changed_since' : 'in_trash'
  return form === 'untrash' && !liveJobs.has(application.job_id) ? 'job_in_trash' : null
}

/** Whether it is going to be open, and so needs the one place that its job has. */
function claimOf(
  { id, form, was_job_id, was_status, was_deleted }: Image,
  { applications }: FoundApplications,
): Pick<Claim, 'jobId' | 'isOpen'> {
  const application = applications.get(id)
  const status = (was_status ?? application?.status) as ApplicationStatus
  const isLive = form === 'recreate' ? !was_deleted : form === 'untrash' || form === 'change'
  return { jobId: application?.job_id ?? was_job_id ?? '', isOpen: isLive && isOpen(status) }
}

type PutBack = (making: Making, user: User, change: KnownChange, part: readonly Planned[]) => Promise<void>

const putBack: Record<Form, PutBack> = {
  remove: async ({ app, bulkId }, user, _, part) => {
    const rest = ['job_id', 'created_at', 'deleted_at', 'deleted_with_job'].map((name) => sql`${sql.lit(name)}, a.${sql.ref(name)}`)
    const whole = sql`${stateOf(Object.keys(ownColumnTypes), sql`true`)} || jsonb_build_object(${sql.join(rest)}, 'interviews', ${interviews})`
    await keepImages(app.db, user.id, bulkId, 'applications', imagesOf(user, part, whole, sql`null::int`))
    await keepingImages(app.db, () => removeApplications(app.db, user.id, sql`select id from ${targetRows(part)}`))
  },

  recreate: async ({ app, bulkId, now }, user, change, part) => {
    const columns = (table: string, names: object) => sql.join(Object.keys(names).map((name) => sql.ref(`${table}.${name}`)))
    const undone = undoneImages(user.id, change, part)
    await addApplications(
      app.db,
      user.id,
      sql`
        select undone.record_id as id, a.job_id, ${columns('a', ownColumnTypes)}, ${columns('standing', standingColumnTypes)},
          undone.was->'events' as events, undone.was->'interviews' as interviews, a.created_at, ${now}::timestamptz as updated_at,
          a.deleted_at, a.deleted_with_job, undone.version_before + 1 as version
        from ${undone}, jsonb_populate_record(null::applications, undone.was) as a,
          jsonb_populate_record(null::applications, undone.was->'standing') as standing`,
      ['version'],
    )
    const { rows } = await sql<{ id: string; superseded: KeptEvent[] }>`
      select record_id as id, was->'superseded' as superseded from ${undone} where was->'superseded' <> '[]'`.execute(app.db)
    if (rows.length > 0) await setSuperseded(app.db, user.id, rows)
    await keepImages(
      app.db,
      user.id,
      bulkId,
      'applications',
      sql`
        select undone.record_id, undone.index, false as along, null::int as version_before, undone.version_before + 1 as version_after, null::jsonb as was
        from ${undone}`,
    )
  },

  change: async ({ app, bulkId, now }, user, change, part) => {
    const { rows } = await sql<{ id: string; was: Omit<ApplicationState, 'id'> & { superseded?: KeptEvent[] } }>`
      select record_id as id, was from ${undoneImages(user.id, change, part)}`.execute(app.db)
    const own = Object.keys(ownColumnTypes).filter((name) => change.fields.includes(name))
    const withHistory = rows.filter(({ was }) => was.events).map(({ id }) => id)
    const state = stateOf(own, sql`a.id = any(${withHistory}::uuid[])`)
    await keepImages(app.db, user.id, bulkId, 'applications', imagesOf(user, part, state, sql`version + 1`))
    await setStates(
      app.db,
      user.id,
      rows.map(({ id, was: { superseded: _, ...state } }) => ({ id, ...state })),
      now,
    )
    await setSuperseded(
      app.db,
      user.id,
      rows.flatMap(({ id, was: { superseded } }) => (superseded ? [{ id, superseded }] : [])),
    )
  },

  untrash: (making, user, change, part) => move(making, user, change, part),
  trash: (making, user, change, part) => move(making, user, change, part),
}

const interviews = sql`
  (select coalesce(jsonb_agg(to_jsonb(i) - 'user_id' - 'application_id'), '[]') from interviews i
    where i.user_id = a.user_id and i.application_id = a.id)`

const imagesOf = (user: User, part: readonly Image[], was: ReturnType<typeof sql>, versionAfter: ReturnType<typeof sql>) => sql`
  select a.id as record_id, target.index, false as along, version as version_before, ${versionAfter} as version_after, ${was} as was
  from ${targetRows(part)} join applications a on a.user_id = ${user.id} and a.id = target.id`

async function move({ app, bulkId, now }: Making, user: User, change: KnownChange, part: readonly Image[]): Promise<void> {
  const was = sql`jsonb_build_object('deleted_at', a.deleted_at, 'deleted_with_job', a.deleted_with_job)`
  await keepImages(app.db, user.id, bulkId, 'applications', imagesOf(user, part, was, sql`version + 1`))
  await setApplicationsDeletedAt(
    app.db,
    user.id,
    sql`
      select record_id as id, (was->>'deleted_at')::timestamptz as deleted_at, (was->>'deleted_with_job')::boolean as deleted_with_job
      from ${undoneImages(user.id, change, part)}`,
    now,
  )
}
