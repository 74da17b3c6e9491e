import { v7 as uuidv7 } from 'uuid'
import type { Channel } from '../../../../contract/channels.ts'
import type { NotificationPreferences, NotificationType } from '../../../../contract/notifications.ts'
import type { App } from '../../../app.ts'
import { afterCommit } from '../../../database/transaction.ts'
import type { User } from '../../../http/who-is-asking.ts'
import { getSettings } from '../../settings/settings.ts'
import { findSubscriptionIds } from '../push/queries.ts'
import { quietUntil } from '../quiet-hours.ts'
import type { Message } from '../table.ts'
import { insertDeliveries, supersedePending } from './queries.ts'
import { wakeSender } from './sender.ts'

export type ToSend = Message & {
  id: string
  type: NotificationType
  /** Whether it is in the app as well. */
  isInApp: boolean
  topic?: string
  pointlessAt?: string
}

/** Writes down what is to be sent by e-mail and push, in the transaction of what it tells; it goes out after the commit. */
export async function enqueue(
  app: App,
  user: User,
  preferences: NotificationPreferences,
  { id, type, isInApp, topic, pointlessAt, title, body, data, job_id, application_id }: ToSend,
  wants: (channel: Channel) => boolean,
): Promise<void> {
  const targets = [
    ...(app.mailer !== null && wants('email') ? [{ channel: 'email' as const, subscription_id: null }] : []),
    ...(wants('push')
      ? (await findSubscriptionIds(app.db, user.id)).map((subscription_id) => ({ channel: 'push' as const, subscription_id }))
      : []),
  ]
  if (targets.length === 0) return
  const now = app.now().toISOString()
  if (topic !== undefined) await supersedePending(app.db, user.id, topic, now)
  const waitUntil = await quietFor(app, user, type, preferences)
  const deliveries = targets.map((target) => ({
    ...target,
    id: uuidv7(),
    notification_id: id,
    is_in_app: isInApp,
    type,
    message: { title, body, data, job_id, application_id },
    topic: topic ?? null,
    next_attempt_at: waitUntil ?? now,
    is_quiet: waitUntil !== null,
    pointless_at: pointlessAt ?? null,
    created_at: now,
  }))
  await insertDeliveries(app.db, user.id, deliveries)
  if (waitUntil === null) afterCommit(app, () => wakeSender(app))
}

/** Until when this has to wait for the end of quiet hours; null: it need not. */
export async function quietFor(
  app: App,
  user: User,
  type: NotificationType,
  { quiet_hours }: NotificationPreferences,
): Promise<string | null> {
  const breaksThrough = type === 'test' || (type === 'interview_reminder' && quiet_hours.except_interviews)
  if (!quiet_hours.enabled || breaksThrough) return null
  return quietUntil(quiet_hours, (await getSettings(app, user)).timezone, app.now())
}
