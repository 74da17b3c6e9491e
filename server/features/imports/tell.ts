import type { App } from '../../app.ts'
import { afterCommit } from '../../database/transaction.ts'
import type { User } from '../../http/who-is-asking.ts'
import { send } from '../../live/live.ts'
import { notify } from '../notifications/notifications.ts'
import { findImport } from './queries.ts'

/** Tells that an import has ended, in whatever way: once, whoever finds it ended. */
export async function tellOfImport(app: App, user: User, id: string): Promise<void> {
  const found = await findImport(app.db, user.id, id)
  if (!found || found.dry_run) return
  const { status, filename, problem, processed, total, created, updated, skipped, failed } = found
  // Whether they want to be notified or not: a page that shows it must not go on waiting.
  afterCommit(app, () => send(app, user.id, { type: 'import_progress', id, status, processed, total }))
  await notify(app, user, {
    type: 'import_finished',
    cause: `import ${id}`,
    title: `${status === 'completed' ? 'Import finished' : 'Import failed'}: ${filename}`,
    body: problem?.message ?? `${created} created, ${updated} updated, ${skipped} skipped, ${failed} failed.`,
    data: { import_id: id, status, created, updated, skipped, failed },
  })
}
