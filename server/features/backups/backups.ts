import { createReadStream } from 'node:fs'
import type { Backup, RestoreInput, RestoreReport } from '../../../contract/backups.ts'
import type { App } from '../../app.ts'
import { dayOf } from '../../calendar.ts'
import type { FileAnswer } from '../../http/answer.ts'
import type { User } from '../../http/who-is-asking.ts'
import { getSettings } from '../settings/settings.ts'
import { describeDaily } from './daily.ts'
import { findKept, getKept, keepBackup } from './kept.ts'
import { restoreBackup } from './restore.ts'
import { writeArchive } from './write-archive.ts'

const type = 'application/zip'

export async function downloadBackup(app: App, user: User): Promise<FileAnswer> {
  const { timezone } = await getSettings(app, user)
  const { stream } = await writeArchive(app, user)
  return { type, filename: `landed-backup-${dayOf(app.now().toISOString(), timezone)}.zip`, stream }
}

export async function listBackups(app: App, user: User) {
  const items = await findKept(app, user)
  return { items, next_cursor: null, total: { value: items.length, relation: 'exact' as const }, daily: await describeDaily(app, user) }
}

export const makeBackup = (app: App, user: User): Promise<Backup> => keepBackup(app, user, 'manual')

export async function downloadKept(app: App, user: User, name: string): Promise<FileAnswer> {
  const { path } = await getKept(app, user, name)
  return { type, filename: name, stream: createReadStream(path) }
}

export async function restoreKept(app: App, user: User, name: string, input: RestoreInput): Promise<RestoreReport> {
  const { path } = await getKept(app, user, name)
  return restoreBackup(app, user, path, input)
}

export { removeKept, verifyKept } from './kept.ts'
export { restoreBackup } from './restore.ts'
export { verifyBackup } from './verify.ts'
