import type { App } from '../../app.ts'
import type { User } from '../../http/who-is-asking.ts'
import { notify } from '../notifications/notifications.ts'
import { findImport } from './queries.ts'

/** Tells that an import has ended, in whatever way: once, whoever finds it ended. */
export async function tellOfImport(app: App, user: User, id: string): Promise<void> {
  const found = await findImport(app.db, user.id, id)
  if (!found || found.dry_run) return
  const { status, filename, problem, created, updated, skipped, failed } = found
  await notify(app, user, {
    type: 'import_finished',
    cause: `import ${id}`,
    title: `${status === 'completed' ? 'Import finished' : 'Import failed'}: ${filename}`,
    body: problem?.message ?? `${created} created, ${updated} updated, ${skipped} skipped, ${failed} failed.`,
    data: { import_id: id, status, created, updated, skipped, failed },
  })
}
