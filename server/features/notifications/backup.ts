import { sql } from 'kysely'
import { z } from 'zod'
import { Instant } from '../../../contract/fields.ts'
import { Notification, NotificationPreferences } from '../../../contract/notifications.ts'
import type { BackupPart, BackupTable, Restoring } from '../../database/backup-part.ts'
import { clearTable, insertStaged, isAboutWhatIsHere, isJudged, judge, onlyRow } from '../../database/staged-rows.ts'

const notifications: BackupTable = { table: 'notifications', name: 'notifications', key: ['id'], row: Notification }

/** Without them everything would be told once more. */
const causes: BackupTable = {
  table: 'notification_causes',
  name: 'notification_causes',
  key: ['cause'],
  row: z.strictObject({ cause: z.string(), created_at: Instant }),
}

const preferences = onlyRow('preferences.json', {
  table: 'notification_preferences',
  name: 'preferences',
  key: [],
  row: z.strictObject({ preferences: NotificationPreferences, updated_at: Instant }),
})

export const notificationsBackup: BackupPart = {
  files: [
    { name: 'notifications.json', layout: 'list', tables: [notifications] },
    { name: 'notification-causes.json', layout: 'list', tables: [causes] },
    ...preferences.files,
  ],
  units: [notifications, ...preferences.units],
  judge: async (to) => {
    await judge(to, notifications, sql`false`)
    await judge(to, causes, sql`false`)
    await preferences.judge(to)
  },
  write: async (to) => {
    await preferences.write(to)
    await insertStaged(to, causes)
    await writeNotifications(to)
  },
  clear: async (to) => {
    await clearTable(to, notifications)
    await clearTable(to, causes)
    await preferences.clear(to)
  },
}

/** Their numbers stay; where there are others already, whoever listens has passed those numbers, and new ones follow. */
async function writeNotifications(to: Restoring): Promise<void> {
  const { db, userId } = to
  await sql`
    insert into notification_counters (user_id, last_seq) values (${userId}::uuid, 0)
    on conflict (user_id) do update set last_seq = notification_counters.last_seq`.execute(db)
  const { rows } = await sql`select 1 from notifications where user_id = ${userId}::uuid limit 1`.execute(db)
  const next = sql`(select last_seq from notification_counters where user_id = ${userId}::uuid) + row_number() over (order by staged.seq)`
  // Of a record that was left out there is nothing to tell.
  // Of a record that was left out there is nothing to tell.
  await insertStaged(
    to,
    notifications,
    sql`${isJudged(notifications, 'added')} and ${isAboutWhatIsHere(to)}`,
    rows.length > 0 ? { seq: next } : {},
  )
  await sql`
    update notification_counters set last_seq = greatest(last_seq, (select max(seq) from notifications where user_id = ${userId}::uuid))
    where user_id = ${userId}::uuid`.execute(db)
}
