/** Bulk changes of more than one request may hold: written down with all their ids, then gone through part by part. */
import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { apiBase } from '../../../contract/endpoint.ts'
import type { BulkAlso, Task, TaskStarted } from '../../../contract/tasks.ts'
import type { App } from '../../app.ts'
import { freshenStatistics } from '../../database/statistics.ts'
import { inTransaction } from '../../database/transaction.ts'
import { Answer } from '../../http/answer.ts'
import type { Via } from '../../http/mount.ts'
import type { User } from '../../http/who-is-asking.ts'
import { idsIn, noteAfter, noteBefore, tellOfJobs } from '../jobs/news.ts'
import type { Step, TakeStep } from '../tasks/start.ts'
import { startTask } from '../tasks/start.ts'
import { recordsAPart, writeAll, writtenTables } from './carry-out.ts'
import type { Target } from './errors.ts'
import { placesOfFilter } from './errors.ts'
import { countChanged } from './images.ts'
import type { Checked, Making, Operation } from './operation.ts'
import { type Act, fieldsOf, operationFor, undoOf } from './operations.ts'
import { addToChange, insertChange, type KnownChange, setUndone } from './queries.ts'
import { type Filter, freeze } from './select.ts'
import { tellOfBulk } from './tell.ts'
import { findImages } from './undo-images.ts'

type Work = { bulk_id: string; act: Act } | { bulk_id: string; undoes: KnownChange }

const errorsKept = 1_000

export function startLongChange(app: App, user: User, act: Act, filter: Filter, via: Via): Promise<Answer<TaskStarted>> {
  return begin(app, user, `bulk_${act.action}`, async (app, bulkId, task) => {
    const total = await freeze(app, user, act.kind, filter, bulkId, recordsAPart)
    const { kind, action, permanent, changes } = act
    const fields = changes ? fieldsOf(kind, changes) : []
    await insertChange(app.db, user.id, { ...task, id: bulkId, kind, action, permanent, via, filter, changes, fields, total, undoes: null })
    return { total, work: { bulk_id: bulkId, act } }
  })
}

export function startLongUndo(app: App, user: User, undoes: KnownChange, via: Via): Promise<Answer<TaskStarted>> {
  return begin(app, user, 'bulk_undo', async (app, bulkId, task) => {
    const { kind, fields, changed: total } = undoes
    const what = { kind, fields, total, via, action: 'undo', permanent: false, filter: null, changes: null, undoes: undoes.id } as const
    await insertChange(app.db, user.id, { ...task, ...what, id: bulkId })
    return { total, work: { bulk_id: bulkId, undoes } }
  })
}

async function begin(
  app: App,
  user: User,
  kind: Task['kind'],
  writeDown: (
    app: App,
    bulkId: string,
    task: { task_id: string; created_at: string; succeeded: number; failed: number; changed: number; also: null },
  ) => Promise<{ total: number; work: Work }>,
): Promise<Answer<TaskStarted>> {
  await freshenStatistics(app, writtenTables)
  const [task_id, bulkId] = [uuidv7(), uuidv7()]
  const created_at = app.now().toISOString()
  await inTransaction(app, async (app) => {
    const { total, work } = await writeDown(app, bulkId, { task_id, created_at, succeeded: 0, failed: 0, changed: 0, also: null })
    await startTask(app, user, { id: task_id, kind, total, created_at, work, result: { total, succeeded: 0, failed: 0, errors: [] } })
  })
  return new Answer(202, { task_id }, { location: `${apiBase}/tasks/${task_id}` })
}

export const takeStep: TakeStep = async (app, user, { work, result }) => {
  const { bulk_id, ...what } = work as Work
  const { targets, isLast, operation } =
    'act' in what ? await nextPart(app, user, bulk_id, what.act) : await nextToUndo(app, user, what.undoes)
  const making: Making = { app, bulkId: bulk_id, now: app.now().toISOString() }
  const checked = await operation.check(app, { lock: true })
  const cause = `bulk ${bulk_id}`
  const isNews = 'act' in what && what.act.kind === 'jobs' && what.act.action === 'update'
  if (isNews) await noteBefore(app, user, idsIn(targets.map(({ id }) => id)))
  const { ids, refused } = await writeAll(making, operation, checked.groups)
  if (isNews) await noteAfter(app, user, idsIn(ids), cause)
  const errors = [...checked.errors, ...refused].toSorted((a, b) => a.index - b.index)
  const changed = await countChanged(
    app.db,
    user.id,
    bulk_id,
    targets.map(({ id }) => id),
  )
  await addToChange(app.db, user.id, bulk_id, { succeeded: ids.length, failed: errors.length, changed, also: checked.also ?? null })
  if (isLast && 'undoes' in what) await setUndone(app.db, user.id, what.undoes.id, making.now)
  if (isLast) await tellOfBulk(app, user, bulk_id)
  if (isLast && isNews) await tellOfJobs(app, user, { cause, data: { bulk_id }, isSeen: false })
  return {
    processed: targets.length,
    isDone: isLast,
    result: added(result, ids.length, errors, checked, changed > 0 ? bulk_id : undefined),
  }
}

function added(
  result: Step['result'],
  succeeded: number,
  errors: Step['result']['errors'],
  { also }: Checked<Target>,
  undoToken: string | undefined,
) {
  const token = undoToken ?? result.undo_token
  return {
    total: result.total,
    succeeded: result.succeeded + succeeded,
    failed: result.failed + errors.length,
    errors: [...result.errors, ...errors].slice(0, errorsKept),
    ...(also ? { also: sumOf(result.also, also) } : {}),
    ...(token === undefined ? {} : { undo_token: token }),
  }
}

const sumOf = (a: BulkAlso | undefined, b: BulkAlso): BulkAlso => ({
  applications: (a?.applications ?? 0) + b.applications,
  open_applications: (a?.open_applications ?? 0) + b.open_applications,
})

type Part = { targets: readonly Target[]; isLast: boolean; operation: Operation }

async function nextPart(app: App, user: User, bulkId: string, act: Act): Promise<Part> {
  const { rows } = await sql<{ part: number; ids: string[] }>`
    delete from bulk_parts where user_id = ${user.id} and bulk_id = ${bulkId} and part = (
      select min(part) from bulk_parts where user_id = ${user.id} and bulk_id = ${bulkId}) returning part, ids`.execute(app.db)
  const { part = 0, ids = [] } = rows[0] ?? {}
  const left = await sql`select 1 from bulk_parts where user_id = ${user.id} and bulk_id = ${bulkId} limit 1`.execute(app.db)
  const targets = ids.map((id, at) => ({ index: part * recordsAPart + at, id }))
  return { targets, isLast: left.rows.length === 0, operation: operationFor(user, act, targets, placesOfFilter) }
}

async function nextToUndo(app: App, user: User, undoes: KnownChange): Promise<Part> {
  const images = await findImages(app.db, user.id, undoes, recordsAPart)
  return { targets: images, isLast: images.length < recordsAPart, operation: undoOf(user, undoes, images) }
}
