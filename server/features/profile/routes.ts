import { profile } from '../../../contract/profile.ts'
import { cached, keptFor } from '../../http/cached.ts'
import { routes } from '../../http/mount.ts'
import { changeProfile, getProfile, replaceProfile } from './profile.ts'

export const profileRoutes = routes(profile, {
  get: cached(profile.get, { seconds: keptFor.profile }, ({ app, user }) => getProfile(app, user)),
  replace: ({ app, user, body }) => replaceProfile(app, user, body),
  update: ({ app, user, body }) => changeProfile(app, user, body),
})
