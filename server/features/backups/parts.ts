/** Everything that is in a backup, in the order it is written and taken back: what others refer to comes first. */
import type { BackupPart } from '../../database/backup-part.ts'
import { applicationsBackup } from '../applications/backup.ts'
import { importsBackup } from '../imports/backup.ts'
import { jobsBackup } from '../jobs/backup.ts'
import { notificationsBackup } from '../notifications/backup.ts'
import { profileBackup } from '../profile/backup.ts'
import { settingsBackup } from '../settings/backup.ts'
import { viewsBackup } from '../views/backup.ts'

export const parts: readonly BackupPart[] = [
  jobsBackup,
  applicationsBackup,
  profileBackup,
  settingsBackup,
  viewsBackup,
  importsBackup,
  // Last: the numbers of somebody's notifications are given out one transaction at a time.
  notificationsBackup,
]

export const backupFiles = parts.flatMap(({ files }) => files)

/**
 * Tables of a person that are in no file, and what a backup that replaces everything does to them.
 * A test holds this list, and the files, against the database.
 */
export const tablesLeftOut: Record<string, 'stays' | 'goes' | 'goes with another'> = {
  idempotency_keys: 'stays',
  sessions: 'stays',
  sign_in_methods: 'stays',
  tokens: 'stays',
  invites: 'stays',
  // It never goes back: whoever listens has passed those numbers.
  notification_counters: 'stays',
  reminder_days: 'stays',
  digest_days: 'stays',
  // Keys of browsers, which hold for this server alone.
  push_subscriptions: 'stays',
  // What is on its way, or went: of what is replaced there is nothing more to send.
  deliveries: 'goes',
  tasks: 'stays',
  user_generations: 'stays',
  // They follow the jobs by themselves.
  search_changes: 'stays',
  search_terms: 'stays',
  search_words: 'stays',
  // Worked out anew.
  stale_matches: 'stays',
  // It goes with the views: who restores them somewhere else is told what comes in from then on.
  view_jobs: 'goes with another',
  bulk_changes: 'goes',
  bulk_before_images: 'goes with another',
  bulk_parts: 'goes with another',
}

/** What the manifest says of it, and of what will never be in a backup. */
export const leftOut = [
  'answers kept for an Idempotency-Key',
  'previews of imports',
  'the history of bulk changes, and what undoes them',
  'API tokens, passwords and sessions',
  'push subscriptions and their keys, and what was sent by e-mail and push',
]
