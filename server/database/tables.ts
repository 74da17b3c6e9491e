import type { InvitesTable, SessionsTable, SignInMethodsTable, UsersTable, VerificationsTable } from '../features/account/table.ts'
import type { ApplicationsTable, EventsTable, InterviewsTable, SupersededEventsTable } from '../features/applications/table.ts'
import type { BulkBeforeImagesTable, BulkChangesTable, BulkPartsTable } from '../features/bulk/table.ts'
import type { ImportBeforeImagesTable, ImportMappingsTable, ImportRowsTable, ImportsTable } from '../features/imports/table.ts'
import type { JobsTable } from '../features/jobs/table.ts'
import type { StaleMatchesTable } from '../features/matches/table.ts'
import type {
  DeliveriesTable,
  NotificationCausesTable,
  NotificationCountersTable,
  NotificationPreferencesTable,
  NotificationsTable,
  PushSubscriptionsTable,
} from '../features/notifications/table.ts'
import type { ProfilesTable } from '../features/profile/table.ts'
import type { SearchChangesTable, SearchTermsTable, SearchWordsTable } from '../features/search/table.ts'
import type { SettingsTable } from '../features/settings/table.ts'
import type { TasksTable } from '../features/tasks/table.ts'
import type { TokensTable } from '../features/tokens/table.ts'
import type { ViewJobsTable, ViewsTable } from '../features/views/table.ts'

/** Every table by its name. Each is described, and written, by its own feature. */
export type Tables = {
  users: UsersTable
  sessions: SessionsTable
  sign_in_methods: SignInMethodsTable
  verifications: VerificationsTable
  invites: InvitesTable
  tokens: TokensTable
  settings: SettingsTable
  profiles: ProfilesTable
  jobs: JobsTable
  search_terms: SearchTermsTable
  search_words: SearchWordsTable
  search_changes: SearchChangesTable
  applications: ApplicationsTable
  application_events: EventsTable
  superseded_events: SupersededEventsTable
  interviews: InterviewsTable
  imports: ImportsTable
  import_rows: ImportRowsTable
  import_before_images: ImportBeforeImagesTable
  import_mappings: ImportMappingsTable
  notifications: NotificationsTable
  notification_counters: NotificationCountersTable
  notification_causes: NotificationCausesTable
  notification_preferences: NotificationPreferencesTable
  push_subscriptions: PushSubscriptionsTable
  deliveries: DeliveriesTable
  bulk_changes: BulkChangesTable
  bulk_before_images: BulkBeforeImagesTable
  bulk_parts: BulkPartsTable
  tasks: TasksTable
  views: ViewsTable
  view_jobs: ViewJobsTable
  stale_matches: StaleMatchesTable
}
