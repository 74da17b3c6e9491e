import type { NotificationPreferences } from '../../../../contract/notifications.ts'
import type { App } from '../../../app.ts'
import { getPreferences, isWanted } from '../preferences.ts'
import { findNotification } from '../queries.ts'
import { quietFor } from './enqueue.ts'
import { findRecipient, isInterviewAsTold, type Waiting } from './queries.ts'

export type Account = { email: string | null; email_verified: boolean }

export type Decision =
  | { kind: 'end'; status: 'dropped' | 'superseded'; reason: string }
  | { kind: 'wait'; until: string }
  | { kind: 'send'; preferences: NotificationPreferences; account: Account }

const drop = (reason: string): Decision => ({ kind: 'end', status: 'dropped', reason })

/** Whether something is to be sent now. It was when it was written down, and that may be a night ago. */
export async function decide(app: App, delivery: Waiting): Promise<Decision> {
  const { user_id, notification_id, is_in_app, channel, type, message, pointless_at } = delivery
  const user = { id: user_id }
  const now = app.now().toISOString()
  if (pointless_at !== null && pointless_at <= now) return drop('It was too late for it: what it was about is over.')
  const account = await findRecipient(app.db, user_id)
  if (!account || account.disabled_at !== null) return drop('The account was disabled.')
  const preferences = await getPreferences(app, user)
  if (!isWanted(preferences, type, channel)) return drop('It was switched off before it was sent.')
  if (is_in_app) {
    const notification = await findNotification(app.db, user_id, notification_id)
    if (!notification) return drop('It was deleted before it was sent.')
    if (notification.read_at !== null) return drop('It was read in the app before it was sent.')
    if (notification.snoozed_until !== null && notification.snoozed_until > now)
      return drop('It was put away before it was sent. It is sent when it comes back.')
  }
  if (
    type === 'interview_reminder' &&
    !(await isInterviewAsTold(app.db, user_id, message.data['interview_id'], message.data['starts_at'], now))
  )
    return { kind: 'end', status: 'superseded', reason: 'The interview is over, or another by now: moved, cancelled or closed.' }
  const until = await quietFor(app, user, type, preferences)
  return until === null ? { kind: 'send', preferences, account } : { kind: 'wait', until }
}
