import { type Channel, defaultPreferences, NotificationPreferences, type NotificationType } from '../../../contract/notifications.ts'
import type { App } from '../../app.ts'
import { inTransaction } from '../../database/transaction.ts'
import type { User } from '../../http/who-is-asking.ts'
import { findPreferences, savePreferences } from './queries.ts'

export async function getPreferences(app: App, user: User): Promise<NotificationPreferences> {
  const kept = await findPreferences(app.db, user.id)
  return kept === undefined ? defaultPreferences : NotificationPreferences.parse(kept)
}

export function replacePreferences(app: App, user: User, preferences: NotificationPreferences): Promise<NotificationPreferences> {
  return inTransaction(app, async (app) => {
    await savePreferences(app.db, user.id, preferences, app.now().toISOString())
    return preferences
  })
}

/** Whether a person wants to be told this there. */
export const isWanted = ({ channels, types }: NotificationPreferences, type: NotificationType, channel: Channel): boolean =>
  type === 'test' || (channels[channel] && types[type][channel])
