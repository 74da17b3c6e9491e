import type { Settings } from '../../../contract/settings.ts'

export type SettingsTable = Omit<Settings, 'updated_at'> & { user_id: string; updated_at: string }
