import type { Channel } from '../../../contract/channels.ts'
import { defaultPreferences, NotificationPreferences, type NotificationType } from '../../../contract/notifications.ts'
import type { App } from '../../app.ts'
import { inTransaction, takeTurn } from '../../database/transaction.ts'
import { invalid } from '../../errors.ts'
import type { User } from '../../http/who-is-asking.ts'
import { getSettings } from '../settings/settings.ts'
import { lastDigestDay } from './digest-time.ts'
import { findPreferences, savePreferences, setDigestDay } from './queries.ts'

export async function getPreferences(app: App, user: User): Promise<NotificationPreferences> {
  const kept = await findPreferences(app.db, user.id)
  const preferences = kept === undefined ? defaultPreferences : NotificationPreferences.parse(kept)
  // A backup of a server without accounts may have brought one.
  return app.config.auth === 'on' ? { ...preferences, email_address: null } : preferences
}

export function replacePreferences(app: App, user: User, preferences: NotificationPreferences): Promise<NotificationPreferences> {
  if (app.config.auth === 'on' && preferences.email_address !== null)
    throw invalid({
      field: 'email_address',
      code: 'invalid_value',
      message: 'must be null here: e-mail goes to the address that your account has confirmed',
    })
  return inTransaction(app, async (app) => {
    await takeTurn(app, `preferences ${user.id}`)
    const { digest } = await getPreferences(app, user)
    await savePreferences(app.db, user.id, preferences, app.now().toISOString())
    if (JSON.stringify(digest) !== JSON.stringify(preferences.digest)) await startDigestsAnew(app, user, preferences)
    return preferences
  })
}

/** The first digest of a new choice is the next one: none is made for an hour that had passed when it was chosen. */
async function startDigestsAnew(app: App, user: User, { digest }: NotificationPreferences): Promise<void> {
  const { timezone } = await getSettings(app, user)
  await setDigestDay(app.db, user.id, lastDigestDay(digest, timezone, app.now()))
}

/** Whether a person wants to be told this there. */
export const isWanted = ({ channels, types }: NotificationPreferences, type: NotificationType, channel: Channel): boolean =>
  type === 'test' || (channels[channel] && types[type][channel])
