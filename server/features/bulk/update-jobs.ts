import { type RawBuilder, sql } from 'kysely'
import type { JobBulkChanges } from '../../../contract/bulk.ts'
import { limits } from '../../../contract/fields.ts'
import { JobInput } from '../../../contract/jobs.ts'
import type { BulkError } from '../../../contract/tasks.ts'
import type { User } from '../../http/who-is-asking.ts'
import { changeJobs, jobColumnTypes, lockJobs } from '../jobs/many.ts'
import { forEachInTurn } from './entries.ts'
import { invalidEntry, isStale, notThere, type Places, type Target } from './errors.ts'
import { keepImages } from './images.ts'
import type { Operation } from './operation.ts'

type Column = keyof JobInput
type Own = Partial<JobInput>

/** A job and what is to become of it; `version` is a precondition. */
export type JobChange = Target & { changes: JobBulkChanges & { version?: number | undefined } }

type Planned = Target & { own: Own }

const isColumn = (name: string): name is Column => name in JobInput.shape
const lists = [
  { column: 'tags', add: 'add_tags', remove: 'remove_tags' },
  { column: 'tech_stack', add: 'add_skills', remove: 'remove_skills' },
] as const

/** The columns that a change sets. */
export function columnsOf(changes: JobBulkChanges): Column[] {
  const said = Object.keys(changes).filter((name): name is keyof JobBulkChanges => changes[name as keyof JobBulkChanges] !== undefined)
  return [
    ...new Set([
      ...said.filter(isColumn),
      ...lists.filter(({ add, remove }) => changes[add] !== undefined || changes[remove] !== undefined).map(({ column }) => column),
    ]),
  ]
}

/** `shared`: every job gets the same change, so what it sets is sent to the database once. */
export function updateOfJobs(user: User, targets: readonly JobChange[], shared: JobBulkChanges | null, places: Places): Operation<Planned> {
  const columns = shared ? columnsOf(shared) : [...new Set(targets.flatMap(({ changes }) => columnsOf(changes)))]
  const perJob = columns.filter((name) => !shared || shared[name] === undefined)
  const needed = ['version', 'deleted_at', ...columns.filter((name) => ['tags', 'tech_stack'].includes(name))] as const
  const salary = columns.some((name) => name === 'salary_min' || name === 'salary_max') ? (['salary_min', 'salary_max'] as const) : []

  return {
    check: async (app, options) => {
      const ids = targets.map(({ id }) => id)
      const present = await lockJobs(app.db, user.id, ids, [...needed, ...salary] as ('version' | 'deleted_at' | Column)[], options)
      const planned: Planned[] = []
      const errors: BulkError[] = []
      await forEachInTurn(targets, (target) => {
        const job = present.get(target.id)
        const { version, ...changes } = target.changes
        if (!job || job.deleted_at !== null) errors.push(notThere(target, 'job', places))
        else if (version !== undefined && version !== job.version) errors.push(isStale(target, version, job.version, places))
        else {
          const own = ownChanges(changes, job)
          const error = isTooMuchPay(target, { ...job, ...changes }, changes, places) ?? isTooLong(target, own, changes, places)
          if (error) errors.push(error)
          else planned.push({ index: target.index, id: target.id, own: shared ? pick(own, perJob) : own })
        }
      })
      return { groups: [planned], errors }
    },

    write: async ({ app, bulkId, now }, part) => {
      if (columns.length === 0) return
      const wanted = wantedRows(user, part, columns, perJob, shared)
      const was = sql.join(columns.map((name) => sql`${sql.lit(name)}, jobs.${sql.ref(name)}`))
      await keepImages(
        app.db,
        user.id,
        bulkId,
        'jobs',
        sql`
          select jobs.id as record_id, wanted.index, false as along, jobs.version as version_before, jobs.version + 1 as version_after,
            jsonb_build_object(${was}) as was
          from (${wanted}) as wanted join jobs on jobs.user_id = ${user.id} and jobs.id = wanted.id
          where row(${refs('jobs', columns)}) is distinct from row(${refs('wanted', columns)})`,
      )
      await changeJobs(
        app.db,
        user.id,
        sql`
          select wanted.* from (${wanted}) as wanted join bulk_before_images image
            on image.user_id = ${user.id} and image.bulk_id = ${bulkId} and image.kind = 'jobs' and image.record_id = wanted.id`,
        now,
        columns,
      )
    },
  }
}

const refs = (table: string, columns: readonly string[]) => sql.join(columns.map((name) => sql.ref(`${table}.${name}`)))

/** Rows of `id`, `index` and every column as it shall be. */
function wantedRows(
  user: User,
  part: readonly Planned[],
  columns: readonly Column[],
  perJob: readonly Column[],
  shared: JobBulkChanges | null,
): RawBuilder<unknown> {
  const sent = JSON.stringify(part.map(({ id, index, own }) => ({ id, index, said: Object.keys(own), ...own })))
  const types = sql.raw([...perJob.map((name) => `, ${name} ${jobColumnTypes[name]}`)].join(''))
  const saysAll = part.every(({ own }) => Object.keys(own).length === perJob.length)
  const value = (name: Column) => {
    if (!perJob.includes(name)) return sql`${shared?.[name]}::${sql.raw(jobColumnTypes[name])}`
    return saysAll
      ? sql.ref(`given.${name}`)
      : sql`case when ${name} = any(given.said) then ${sql.ref(`given.${name}`)} else ${sql.ref(`jobs.${name}`)} end`
  }
  const values = sql.join(columns.map((name) => sql`${value(name)} as ${sql.ref(name)}`))
  const joined = saysAll ? sql`` : sql`join jobs on jobs.user_id = ${user.id} and jobs.id = given.id`
  return sql`
    select given.id, given.index, ${values}
    from json_to_recordset(${sent}::json) as given (id uuid, index int, said text[]${types}) ${joined}`
}

/** By column, with what is added to a list or taken from it worked out. */
function ownChanges(changes: JobBulkChanges, job: Partial<Pick<JobInput, 'tags' | 'tech_stack'>>): Own {
  const own: Own = Object.fromEntries(Object.entries(changes).filter(([name, value]) => isColumn(name) && value !== undefined))
  for (const { column, add, remove } of lists) {
    const [added, removed] = [changes[add], changes[remove]]
    if (added === undefined && removed === undefined) continue
    const gone = new Set(removed?.map((word) => word.toLowerCase()))
    const left = (job[column] ?? []).filter((word) => !gone.has(word.toLowerCase()))
    const known = new Set(left.map((word) => word.toLowerCase()))
    own[column] = [...left, ...(added ?? []).filter((word) => !known.has(word.toLowerCase()))]
  }
  return own
}

const pick = (own: Own, names: readonly Column[]): Own => Object.fromEntries(names.map((name) => [name, own[name]]))

function isTooMuchPay(
  target: Target,
  { salary_min = null, salary_max = null }: Pick<Own, 'salary_min' | 'salary_max'>,
  changes: JobBulkChanges,
  places: Places,
): BulkError | null {
  if (salary_min === null || salary_max === null || salary_min <= salary_max) return null
  const field = places.field(target.index, changes.salary_min === undefined ? 'salary_max' : 'salary_min')
  const message = `salary_min (${salary_min}) must not be more than salary_max (${salary_max})`
  return invalidEntry(target, [{ field, code: 'invalid_value', message }])
}

function isTooLong(target: Target, own: Own, changes: JobBulkChanges, places: Places): BulkError | null {
  for (const { column, add } of lists) {
    const length = own[column]?.length ?? 0
    if (length <= limits.entries || changes[add] === undefined) continue
    const message = `would make ${length} entries of ${column}, and it has at most ${limits.entries}`
    return invalidEntry(target, [{ field: places.field(target.index, add), code: 'too_long', message }])
  }
  return null
}
