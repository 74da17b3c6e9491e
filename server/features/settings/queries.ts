import type { Kysely } from 'kysely'
import type { Settings } from '../../../contract/settings.ts'
import type { Tables } from '../../database/tables.ts'

const columns = [
  'timezone',
  'locale',
  'theme',
  'week_starts_on',
  'reminder_hour',
  'daily_application_goal',
  'follow_up_after_days',
  'ghosted_after_days',
  'match_threshold',
  'updated_at',
] as const

export function findSettings(db: Kysely<Tables>, userId: string): Promise<Settings | undefined> {
  return db.selectFrom('settings').select(columns).where('user_id', '=', userId).executeTakeFirst()
}

export function saveSettings(db: Kysely<Tables>, userId: string, settings: Settings & { updated_at: string }): Promise<Settings> {
  return db
    .insertInto('settings')
    .values({ user_id: userId, ...settings })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(settings))
    .returning(columns)
    .executeTakeFirstOrThrow()
}
