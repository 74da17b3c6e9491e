/** Takes a bulk change back; what was changed since is named and stays. */
import { type BulkUndone, bulkMaxItems, bulkUndoDays } from '../../../contract/bulk.ts'
import { Id } from '../../../contract/fields.ts'
import type { TaskStarted } from '../../../contract/tasks.ts'
import type { App } from '../../app.ts'
import { AppError, conflict, notFound } from '../../errors.ts'
import type { Answer } from '../../http/answer.ts'
import type { Via } from '../../http/mount.ts'
import type { User } from '../../http/who-is-asking.ts'
import { carryOut, type Order } from './carry-out.ts'
import { startLongUndo } from './long-change.ts'
import type { Making } from './operation.ts'
import { undoOf } from './operations.ts'
import { findChange, type KnownChange, setUndone } from './queries.ts'
import { type Form, findImages } from './undo-images.ts'

export async function undoChange(app: App, user: User, token: string, via: Via): Promise<BulkUndone | Answer<TaskStarted>> {
  const change = await findUndoable(app, user, token)
  if (change.changed > bulkMaxItems) return startLongUndo(app, user, change, via)

  const { kind, fields, changed, id } = change
  const nothing = { permanent: false, filter: null, changes: null, isPreview: false } as const
  const order: Order = { ...nothing, kind, fields, via, mode: 'partial', action: 'undo', undoes: id, expected: changed }
  const forms = new Map<string, Form>()
  const outcome = await carryOut(app, user, order, async (app) => {
    await findUndoable(app, user, id, { lock: true })
    const images = await findImages(app.db, user.id, change, bulkMaxItems)
    for (const image of images) forms.set(image.id, image.form)
    const operation = undoOf(user, change, images)
    const finish = async (making: Making) => {
      await operation.finish?.(making)
      await setUndone(app.db, user.id, id, making.now)
    }
    return { total: images.length, errors: [], operation: { ...operation, finish } }
  })
  const { total, succeeded, failed, errors, ids, undo_token } = outcome
  const of = (...which: Form[]) => ids.filter((id) => which.includes(forms.get(id) as Form))
  return {
    total,
    succeeded,
    failed,
    errors,
    created_ids: of('recreate'),
    updated_ids: of('change', 'untrash'),
    deleted_ids: of('remove', 'trash'),
    ...(undo_token === undefined ? {} : { undo_token }),
  }
}

async function findUndoable(app: App, user: User, token: string, options?: { lock: boolean }): Promise<KnownChange> {
  const id = Id.safeParse(token)
  const change = id.success ? await findChange(app.db, user.id, id.data, options) : undefined
  if (!change) throw notFound('bulk change', 'undo_token')
  if (change.undone_at !== null) throw conflict('This change was undone already.')
  if (change.permanent) throw conflict('Records that were really deleted cannot be brought back.')
  if (change.status === 'queued' || change.status === 'running')
    throw conflict('This change is still under way. Cancel its task, or undo it when it has ended.')
  if (Date.parse(change.created_at) + bulkUndoDays * 86_400_000 <= app.now().getTime())
    throw new AppError(
      'undo_expired',
      `This change was made on ${change.created_at.slice(0, 10)}, and can be undone for ${bulkUndoDays} days.`,
    )
  if (change.changed === 0) throw conflict('This change changed nothing, so there is nothing to undo.')
  return change
}
