import type { App } from '../../app.ts'
import type { User } from '../../http/who-is-asking.ts'
import { notify } from '../notifications/notifications.ts'
import { getEndedChange } from './queries.ts'

const done = { create: 'created', update: 'changed', delete: 'deleted', restore: 'restored', undo: 'put back' } as const

/** One summary of what was done to many, as the last thing in its transaction. */
export async function tellOfBulk(app: App, user: User, id: string): Promise<void> {
  const { kind, action, succeeded, failed, via, task_id } = await getEndedChange(app.db, user.id, id)
  const what = succeeded === 1 ? kind.replace(/s$/, '') : kind
  await notify(app, user, {
    type: 'bulk_finished',
    cause: `bulk ${id}`,
    title: `${succeeded} ${what} ${done[action]}`,
    body: failed === 0 ? 'All of them went through.' : `${failed} could not be ${done[action]}.`,
    data: { bulk_id: id, task_id, kind, action, succeeded, failed },
    // What takes a moment is answered before their eyes.
    isSeen: via === 'web' && task_id === null,
  })
}
