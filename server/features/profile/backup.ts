import { Profile } from '../../../contract/profile.ts'
import { onlyRow } from '../../database/staged-rows.ts'

export const profileBackup = onlyRow('profile.json', { table: 'profiles', name: 'profile', key: [], row: Profile })
