import { profile } from '../../../contract/profile.ts'
import { routes } from '../../http/mount.ts'
import { changeProfile, getProfile, replaceProfile } from './profile.ts'

export const profileRoutes = routes(profile, {
  get: ({ app, user }) => getProfile(app, user),
  replace: ({ app, user, body }) => replaceProfile(app, user, body),
  update: ({ app, user, body }) => changeProfile(app, user, body),
})
