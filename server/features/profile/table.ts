import type { ColumnType } from 'kysely'
import type { Profile } from '../../../contract/profile.ts'

export type ProfilesTable = Omit<Profile, 'skills' | 'updated_at'> & {
  user_id: string
  // A JS array would become a PostgreSQL array, so JSON goes in as text.
  skills: ColumnType<Profile['skills'], string, string>
  updated_at: string
}
