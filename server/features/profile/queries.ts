import type { Kysely } from 'kysely'
import type { Profile } from '../../../contract/profile.ts'
import type { Tables } from '../../database/tables.ts'

const columns = [
  'headline',
  'skills',
  'experience_level',
  'years_experience',
  'preferred_locations',
  'remote_preference',
  'job_types',
  'desired_salary_min',
  'salary_currency',
  'updated_at',
] as const

export function findProfile(db: Kysely<Tables>, userId: string): Promise<Profile | undefined> {
  return db.selectFrom('profiles').select(columns).where('user_id', '=', userId).executeTakeFirst()
}

export function saveProfile(db: Kysely<Tables>, userId: string, profile: Profile & { updated_at: string }): Promise<Profile> {
  const row = { ...profile, skills: JSON.stringify(profile.skills) }
  return db
    .insertInto('profiles')
    .values({ user_id: userId, ...row })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(row))
    .returning(columns)
    .executeTakeFirstOrThrow()
}
