import { Settings } from '../../../contract/settings.ts'
import { onlyRow } from '../../database/staged-rows.ts'

export const settingsBackup = onlyRow('settings.json', { table: 'settings', name: 'settings', key: [], row: Settings })
