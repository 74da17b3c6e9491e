import { backups } from '../../../contract/backups.ts'
import { routes } from '../../http/mount.ts'
import { downloadBackup, downloadKept, listBackups, makeBackup, removeKept, restoreBackup, restoreKept, verifyKept } from './backups.ts'
import { startBackups } from './daily.ts'

export const backupsRoutes = routes(
  backups,
  {
    download: ({ app, user }) => downloadBackup(app, user),
    restore: ({ app, user, body, file }) => restoreBackup(app, user, file.path, body),
    list: ({ app, user }) => listBackups(app, user),
    create: ({ app, user }) => makeBackup(app, user),
    get: ({ app, user, params }) => downloadKept(app, user, params.name),
    verify: ({ app, user, params }) => verifyKept(app, user, params.name),
    restoreKept: ({ app, user, params, body }) => restoreKept(app, user, params.name, body),
    delete: ({ app, user, params }) => removeKept(app, user, params.name),
  },
  { start: startBackups },
)
