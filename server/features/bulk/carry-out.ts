/** A bulk change from its checks to its record: all or nothing, or what is valid. */
import { setImmediate } from 'node:timers/promises'
import { v7 as uuidv7 } from 'uuid'
import type { BulkAlso, BulkError } from '../../../contract/tasks.ts'
import type { App } from '../../app.ts'
import { freshenStatistics } from '../../database/statistics.ts'
import { inRetriedTransaction } from '../../database/transaction.ts'
import { writeInParts } from '../../database/write-in-parts.ts'
import type { User } from '../../http/who-is-asking.ts'
import { idsIn, noteAfter, noteBefore, tellOfJobs } from '../jobs/news.ts'
import { refusedByDatabase, type Target } from './errors.ts'
import { countChanged } from './images.ts'
import type { Making, Operation } from './operation.ts'
import { insertChange, type NewChange } from './queries.ts'
import { tellOfBulk } from './tell.ts'

export const recordsAPart = 1_000

export type Order = Pick<NewChange, 'kind' | 'action' | 'permanent' | 'via' | 'filter' | 'changes' | 'fields' | 'undoes'> & {
  mode: 'atomic' | 'partial'
  isPreview: boolean
  /** How many records it may be about: from some on, it matters that the planner knows how many there are. */
  expected: number
}

/** What reading the request gave; `errors` are those that need no look at the database. */
export type Request = { total: number; errors: BulkError[]; operation: Operation }

export type Outcome = {
  total: number
  succeeded: number
  failed: number
  /** Of those that succeeded. */
  ids: string[]
  errors: BulkError[]
  /** False: atomic, and something was wrong. */
  isApplied: boolean
  also?: BulkAlso
  undo_token?: string
}

/** `prepare` reads what is asked for; it is called again, in another transaction, when others stood in the way. */
export async function carryOut(app: App, user: User, order: Order, prepare: (app: App) => Promise<Request>): Promise<Outcome> {
  if (order.expected >= recordsAPart) await freshenStatistics(app, writtenTables)
  try {
    return await inRetriedTransaction(app, async (app) => {
      const { total, errors: found, operation } = await prepare(app)
      const checked = await operation.check(app, { lock: !order.isPreview })
      const errors = inPlace([...found, ...checked.errors])
      const done = { total, errors, failed: errors.length, ...(checked.also ? { also: checked.also } : {}) }
      if (order.mode === 'atomic' && errors.length > 0) return { ...done, ...nothing }
      if (order.isPreview) {
        const ids = idsOf(checked.groups.flat())
        return { ...done, ids, succeeded: ids.length, isApplied: true }
      }

      const making: Making = { app, bulkId: uuidv7(), now: app.now().toISOString() }
      const cause = `bulk ${making.bulkId}`
      const isNews = order.kind === 'jobs' && (order.action === 'create' || order.action === 'update')
      if (isNews && order.action === 'update') await noteBefore(app, user, idsIn(idsOf(checked.groups.flat())))
      const written = await writeAll(making, operation, checked.groups)
      if (isNews) await noteAfter(app, user, idsIn(written.ids), cause)
      const outcome = {
        ...done,
        ids: written.ids,
        succeeded: written.ids.length,
        errors: inPlace([...errors, ...written.refused]),
        failed: errors.length + written.refused.length,
        isApplied: true,
      }
      if (order.mode === 'atomic' && written.refused.length > 0) throw new Refused({ ...outcome, ...nothing })
      const changed = await countChanged(app.db, user.id, making.bulkId)
      const isRecorded = changed > 0 || (order.permanent && written.ids.length > 0)
      if (!isRecorded) return outcome
      const { mode: _, isPreview: __, expected: ___, ...what } = order
      await insertChange(app.db, user.id, {
        ...what,
        id: making.bulkId,
        total,
        succeeded: outcome.succeeded,
        failed: outcome.failed,
        also: checked.also ?? null,
        changed,
        task_id: null,
        created_at: making.now,
      })
      await tellOfBulk(app, user, making.bulkId)
      if (isNews) {
        const arrival = { cause, data: { bulk_id: making.bulkId }, isSeen: order.via === 'web' }
        await tellOfJobs(app, user, arrival, order.action === 'create' ? idsIn(written.ids) : undefined)
      }
      return { ...outcome, ...(changed > 0 ? { undo_token: making.bulkId } : {}) }
    })
  } catch (error) {
    if (error instanceof Refused) return error.outcome
    throw error
  }
}

const nothing = { ids: [], succeeded: 0, isApplied: false }

/** Takes back what was written, and still has an answer. */
class Refused extends Error {
  readonly outcome: Outcome
  constructor(outcome: Outcome) {
    super('the database refused what an atomic change wrote')
    this.outcome = outcome
  }
}

export const writtenTables = ['jobs', 'applications', 'application_events', 'bulk_before_images'] as const

/** Writes what passed the checks; names what the database refuses all the same. */
export async function writeAll(
  making: Making,
  operation: Operation,
  groups: readonly Target[][],
): Promise<{ ids: string[]; refused: BulkError[] }> {
  const { app } = making
  const refused = new Map<string, BulkError>()
  await writeInParts(app.db, groups.flatMap(inParts), {
    write: async (part) => {
      await operation.write(making, part)
      await setImmediate()
    },
    halve: (part) => {
      const middle = Math.ceil(part.length / 2)
      return part.length === 1 ? null : [part.slice(0, middle), part.slice(middle)]
    },
    refuse: async (part, error) => {
      app.log.error({ err: error, bulk_id: making.bulkId }, 'the database refused a record that had passed every check')
      for (const target of part) refused.set(target.id, refusedByDatabase(target))
    },
  })
  await operation.finish?.(making)
  const ids = idsOf(groups.flat().filter(({ id }) => !refused.has(id)))
  return { ids, refused: [...refused.values()] }
}

const inParts = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / recordsAPart) }, (_, at) => all.slice(at * recordsAPart, (at + 1) * recordsAPart))

const inPlace = <T extends { index: number }>(all: readonly T[]) => all.toSorted((a, b) => a.index - b.index)
const idsOf = (targets: readonly Target[]) => inPlace(targets).map(({ id }) => id)
