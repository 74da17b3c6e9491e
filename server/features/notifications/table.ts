import type { ColumnType, Generated } from 'kysely'
import type { Channel, DeliveryStatus } from '../../../contract/channels.ts'
import type { Notification, NotificationType } from '../../../contract/notifications.ts'

// JSON goes in as text.
type Json<T> = ColumnType<T, string, string>

export type NotificationsTable = Omit<Notification, 'data'> & { user_id: string; data: Json<Notification['data']> }

export type NotificationCountersTable = { user_id: string; last_seq: number }

export type NotificationCausesTable = { user_id: string; cause: string; created_at: string }

/** What was sent, as far as it was said: defaults are filled in when it is read, so a new type has its own. */
export type NotificationPreferencesTable = { user_id: string; preferences: Json<unknown>; updated_at: string }

export type PushSubscriptionsTable = {
  user_id: string
  id: string
  endpoint: string
  p256dh: string
  auth: string
  device: string
  created_at: string
  last_ok_at: Generated<string | null>
}

/** What a notification says, by itself: it may be changed or gone in the app by the time it is sent. */
export type Message = Pick<Notification, 'title' | 'body' | 'data' | 'job_id' | 'application_id'>

/** Part of a digest, as its `data.sections` has it. */
export type DigestSection = { title: string; items: DigestItem[] }
export type DigestItem = { text: string; on: string | null; job_id: string | null; application_id: string | null }

export type DeliveriesTable = {
  user_id: string
  id: string
  notification_id: string
  is_in_app: boolean
  channel: Exclude<Channel, 'in_app'>
  subscription_id: string | null
  type: NotificationType
  message: Json<Message>
  topic: string | null
  status: Generated<DeliveryStatus>
  attempts: Generated<number>
  next_attempt_at: string | null
  is_quiet: boolean
  pointless_at: string | null
  goes_to: Generated<string | null>
  last_error: Generated<string | null>
  created_at: string
  finished_at: Generated<string | null>
}
