import { type Profile, type ProfileChanges, ProfileInput } from '../../../contract/profile.ts'
import type { App } from '../../app.ts'
import { inTransaction } from '../../database/transaction.ts'
import type { User } from '../../http/who-is-asking.ts'
import { findProfile, saveProfile } from './queries.ts'

const emptyProfile: Profile = { ...ProfileInput.parse({}), updated_at: null }

export async function getProfile(app: App, user: User): Promise<Profile> {
  return (await findProfile(app.db, user.id)) ?? emptyProfile
}

export function replaceProfile(app: App, user: User, profile: ProfileInput): Promise<Profile> {
  return saveProfile(app.db, user.id, { ...profile, updated_at: app.now().toISOString() })
}

export function changeProfile(app: App, user: User, changes: ProfileChanges): Promise<Profile> {
  return inTransaction(app, async (app) => {
    const present = (await findProfile(app.db, user.id, { lock: true })) ?? emptyProfile
    return saveProfile(app.db, user.id, { ...present, ...changes, updated_at: app.now().toISOString() })
  })
}
