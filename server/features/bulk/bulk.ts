/** Bulk changes as they are asked for: by entries, by ids or by a filter. */

import { Application } from '../../../contract/applications.ts'
import {
  ApplicationUpdate,
  type BulkCreated,
  type BulkDeleted,
  type BulkKind,
  type BulkListQuery,
  type BulkUpdated,
  JobUpdate,
} from '../../../contract/bulk.ts'
import { Job } from '../../../contract/jobs.ts'
import type { TaskStarted } from '../../../contract/tasks.ts'
import type { App } from '../../app.ts'
import { forEverybody } from '../../database/row-security.ts'
import { invalid } from '../../errors.ts'
import { Answer } from '../../http/answer.ts'
import type { Via } from '../../http/mount.ts'
import type { User } from '../../http/who-is-asking.ts'
import { serveTasks } from '../tasks/start.ts'
import { carryOut, type Order, type Outcome, type Request } from './carry-out.ts'
import { creationOfApplications } from './create-applications.ts'
import { creationOfJobs } from './create-jobs.ts'
import { readEntries, readIds, withoutRepeated } from './entries.ts'
import { type Places, placesOfFilter, placesOfIds, placesOfUpdates, type Target } from './errors.ts'
import { forgetOld } from './images.ts'
import { startLongChange, takeStep } from './long-change.ts'
import { type Act, fieldsOf, operationFor } from './operations.ts'
import { listChanges } from './queries.ts'
import { countMatches, type Filter, filterFor, pagesOf, targetsOf } from './select.ts'
import { applicationsOf } from './trash-jobs.ts'
import { updateOfApplications } from './update-applications.ts'
import { updateOfJobs } from './update-jobs.ts'

type Options = { mode: 'atomic' | 'partial'; dry_run: boolean }
type Selected = Options & { ids?: unknown[] | undefined; filter?: Filter | undefined }

const orderOf = (
  { mode, dry_run }: Options,
  what: Pick<Order, 'kind' | 'action' | 'via' | 'expected'> & Partial<Pick<Order, 'permanent' | 'filter' | 'changes' | 'fields'>>,
): Order => ({ permanent: false, filter: null, changes: null, fields: [], undoes: null, ...what, mode, isPreview: dry_run })

export async function createMany(
  app: App,
  user: User,
  kind: BulkKind,
  sent: unknown[],
  options: Options,
  via: Via,
): Promise<Answer<BulkCreated>> {
  const prepare = kind === 'jobs' ? await creationOfJobs(sent, user) : await creationOfApplications(sent, user)
  const order = orderOf(options, { kind, action: 'create', via, expected: sent.length })
  const outcome = await carryOut(app, user, order, prepare)
  // They would get other ids.
  const created_ids = options.dry_run ? [] : outcome.ids
  return answer(outcome, { created_ids }, options.dry_run ? 200 : 201)
}

type Updates = Selected & { updates?: unknown[] | undefined; changes?: object | undefined }

/** Each record by its own entry, or one change for many. */
export function updateMany(app: App, user: User, kind: BulkKind, sent: Updates, via: Via) {
  if (sent.updates) return updateEach(app, user, kind, sent.updates, sent, via)
  const act = { kind, action: 'update', permanent: false, changes: sent.changes ?? {} } as Act
  return changeSelected<BulkUpdated>(app, user, act, sent, via)
}

export const deleteMany = (app: App, user: User, kind: BulkKind, sent: Selected & { permanent: boolean }, via: Via) =>
  changeSelected<BulkDeleted>(app, user, { kind, action: 'delete', permanent: sent.permanent, changes: null }, sent, via)

export const restoreMany = (app: App, user: User, kind: BulkKind, sent: Selected, via: Via) =>
  changeSelected<BulkUpdated>(app, user, { kind, action: 'restore', permanent: false, changes: null }, sent, via)

async function updateEach(app: App, user: User, kind: BulkKind, sent: unknown[], options: Options, via: Via): Promise<Answer<BulkUpdated>> {
  const [schema, record] = kind === 'jobs' ? [JobUpdate, Job] : [ApplicationUpdate, Application]
  const read = await readEntries(sent, schema, 'updates', record)
  const targets = read.entries.map(({ index, said: { id, ...changes } }) => ({ index, id, changes }))
  const { targets: once, errors } = withoutRepeated(targets, (index) => `updates[${index}].id`)
  const operation =
    kind === 'jobs'
      ? updateOfJobs(user, once as never, null, placesOfUpdates)
      : updateOfApplications(user, once as never, null, placesOfUpdates)
  const fields = [...new Set(once.flatMap(({ changes }) => fieldsOf(kind, changes)))]
  const order = orderOf(options, { kind, action: 'update', via, fields, expected: sent.length })
  const request = { total: sent.length, errors: [...read.errors, ...errors], operation }
  const outcome = await carryOut(app, user, order, async () => request)
  return answer(await withApplications(app, user, order, outcome), { updated_ids: outcome.ids })
}

/** One change for the records of a list or of a filter. */
async function changeSelected<Body extends BulkUpdated | BulkDeleted>(
  app: App,
  user: User,
  act: Act,
  { ids, filter, mode, dry_run }: Selected,
  via: Via,
): Promise<Answer<Body | TaskStarted>> {
  const options = { mode, dry_run }
  const selection = filter && filterFor(act.action, act.permanent, filter)
  const outcome = selection
    ? await changeFiltered(app, user, act, selection, options, via)
    : await changeListed(app, user, act, ids ?? [], options, via)
  if (outcome instanceof Answer) return outcome
  return answer(outcome, act.action === 'delete' ? { deleted_ids: outcome.ids } : { updated_ids: outcome.ids }) as unknown as Answer<Body>
}

const orderFor = (act: Act, options: Options, via: Via, filter: Filter | null, expected: number): Order => {
  const { kind, action, permanent, changes } = act
  return orderOf(options, { kind, action, permanent, changes, fields: changes ? fieldsOf(kind, changes) : [], filter, via, expected })
}

async function changeListed(app: App, user: User, act: Act, sent: unknown[], options: Options, via: Via): Promise<Outcome> {
  const read = await readIds(sent)
  const { targets, errors } = withoutRepeated(read.targets, (index) => `ids[${index}]`)
  const request = requestFor(user, act, targets, placesOfIds)
  const order = orderFor(act, options, via, null, sent.length)
  const outcome = await carryOut(app, user, order, async () => ({ ...request, total: sent.length, errors: [...read.errors, ...errors] }))
  return withApplications(app, user, order, outcome)
}

/** Thrown where a filter matches more than one request may change. */
class TooMany extends Error {}

async function changeFiltered(
  app: App,
  user: User,
  act: Act,
  filter: Filter,
  options: Options,
  via: Via,
): Promise<Outcome | Answer<TaskStarted>> {
  const order = orderFor(act, options, via, filter, Number.POSITIVE_INFINITY)
  try {
    const outcome = await carryOut(app, user, order, async (app) => {
      const targets = await targetsOf(app, user, act.kind, filter, { lock: !order.isPreview })
      if (!targets) throw new TooMany()
      return requestFor(user, act, targets, placesOfFilter)
    })
    return await withApplications(app, user, order, outcome)
  } catch (error) {
    if (!(error instanceof TooMany)) throw error
  }
  if (options.mode !== 'partial') {
    const n = await countMatches(app, user, act.kind, filter)
    const message = `must be "partial" here: ${n.toLocaleString('en')} records match, and more than 10,000 are changed in the background, part by part`
    throw invalid({ field: 'mode', code: 'invalid_value', message })
  }
  return options.dry_run ? previewAll(app, user, act, filter, order) : startLongChange(app, user, act, filter, via)
}

const requestFor = (user: User, act: Act, targets: readonly Target[], places: Places): Request => ({
  total: targets.length,
  errors: [],
  operation: operationFor(user, act, targets, places),
})

const errorsShown = 1_000
const idsShown = 10_000

async function previewAll(app: App, user: User, act: Act, filter: Filter, order: Order): Promise<Outcome> {
  const all: Outcome = { total: 0, succeeded: 0, failed: 0, ids: [], errors: [], isApplied: true }
  for await (const targets of pagesOf(app, user, act.kind, filter)) {
    const page = await carryOut(app, user, order, async () => requestFor(user, act, targets, placesOfFilter))
    const { also } = await withApplications(app, user, order, page)
    all.total += page.total
    all.succeeded += page.succeeded
    all.failed += page.failed
    all.ids = [...all.ids, ...page.ids].slice(0, idsShown)
    all.errors = [...all.errors, ...page.errors].slice(0, errorsShown)
    if (also)
      all.also = {
        applications: (all.also?.applications ?? 0) + also.applications,
        open_applications: (all.also?.open_applications ?? 0) + also.open_applications,
      }
  }
  return all
}

/** Somebody who asks what an update would mean is told which applications these jobs have. */
async function withApplications(app: App, user: User, order: Order, outcome: Outcome): Promise<Outcome> {
  if (!order.isPreview || order.kind !== 'jobs' || outcome.also) return outcome
  return { ...outcome, also: await applicationsOf(app, user, outcome.ids) }
}

function answer<Ids extends object>(outcome: Outcome, ids: Ids, whenDone: 200 | 201 = 200) {
  const { total, succeeded, failed, errors, isApplied, also, undo_token } = outcome
  const body = {
    total,
    succeeded,
    failed,
    errors,
    ...(also ? { also } : {}),
    ...(undo_token === undefined ? {} : { undo_token }),
    ...ids,
  }
  return new Answer(!isApplied ? 422 : failed > 0 ? 200 : whenDone, body)
}

export const findBulkChanges = (app: App, user: User, query: BulkListQuery) => listChanges(app.db, user.id, query, app.now().toISOString())

const hour = 3_600_000

/** Called once the server is made: carries on with what was under way, and forgets what is too old to be undone. */
export async function startBulk(app: App): Promise<() => Promise<void>> {
  const stopTasks = await serveTasks(app, takeStep)
  const forget = () =>
    forEverybody(() => forgetOld(app)).catch((error: unknown) => app.log.error({ err: error }, 'old bulk changes could not be forgotten'))
  void forget()
  const timer = setInterval(forget, hour)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await stopTasks()
  }
}
