import { type Profile, type ProfileChanges, ProfileInput } from '../../../contract/profile.ts'
import type { App } from '../../app.ts'
import { inTransaction, takeTurn } from '../../database/transaction.ts'
import type { User } from '../../http/who-is-asking.ts'
import { scoreJobs } from '../matches/matches.ts'
import { findProfile, saveProfile } from './queries.ts'

const emptyProfile: Profile = { ...ProfileInput.parse({}), updated_at: null }

export async function getProfile(app: App, user: User): Promise<Profile> {
  return (await findProfile(app.db, user.id)) ?? emptyProfile
}

export function replaceProfile(app: App, user: User, profile: ProfileInput): Promise<Profile> {
  return inTransaction(app, async (app) => {
    await takeTurn(app, `profile ${user.id}`)
    return save(app, user, profile)
  })
}

export function changeProfile(app: App, user: User, changes: ProfileChanges): Promise<Profile> {
  return inTransaction(app, async (app) => {
    // There may be no row yet that could be locked.
    await takeTurn(app, `profile ${user.id}`)
    const present = await getProfile(app, user)
    return save(app, user, { ...present, ...changes })
  })
}

async function save(app: App, user: User, profile: ProfileInput): Promise<Profile> {
  const saved = await saveProfile(app.db, user.id, { ...profile, updated_at: app.now().toISOString() })
  await scoreJobs(app, user)
  return saved
}
