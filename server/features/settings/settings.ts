import { defaultSettings, type Settings, type SettingsChanges } from '../../../contract/settings.ts'
import type { App } from '../../app.ts'
import { inTransaction } from '../../database/transaction.ts'
import type { User } from '../../http/who-is-asking.ts'
import { findSettings, saveSettings } from './queries.ts'

export async function getSettings(app: App, user: User): Promise<Settings> {
  return (await findSettings(app.db, user.id)) ?? defaultSettings
}

export function changeSettings(app: App, user: User, changes: SettingsChanges): Promise<Settings> {
  return inTransaction(app, async (app) => {
    const present = (await findSettings(app.db, user.id, { lock: true })) ?? defaultSettings
    return saveSettings(app.db, user.id, { ...present, ...changes, updated_at: app.now().toISOString() })
  })
}
