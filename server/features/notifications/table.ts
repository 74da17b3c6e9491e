import type { ColumnType } from 'kysely'
import type { Notification } from '../../../contract/notifications.ts'

// JSON goes in as text.
type Json<T> = ColumnType<T, string, string>

export type NotificationsTable = Omit<Notification, 'data'> & { user_id: string; data: Json<Notification['data']> }

export type NotificationCountersTable = { user_id: string; last_seq: number }

export type NotificationCausesTable = { user_id: string; cause: string; created_at: string }

/** What was sent, as far as it was said: defaults are filled in when it is read, so a new type has its own. */
export type NotificationPreferencesTable = { user_id: string; preferences: Json<unknown>; updated_at: string }
