import { defaultSettings, type Settings, type SettingsChanges } from '../../../contract/settings.ts'
import type { App } from '../../app.ts'
import { inTransaction, takeTurn } from '../../database/transaction.ts'
import type { User } from '../../http/who-is-asking.ts'
import { findSettings, saveSettings } from './queries.ts'

export async function getSettings(app: App, user: User): Promise<Settings> {
  return (await findSettings(app.db, user.id)) ?? defaultSettings
}

export function changeSettings(app: App, user: User, changes: SettingsChanges): Promise<Settings> {
  return inTransaction(app, async (app) => {
    // There may be no row yet that could be locked.
    await takeTurn(app, `settings ${user.id}`)
    const present = await getSettings(app, user)
    return saveSettings(app.db, user.id, { ...present, ...changes, updated_at: app.now().toISOString() })
  })
}
