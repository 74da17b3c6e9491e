import { settings } from '../../../contract/settings.ts'
import { routes } from '../../http/mount.ts'
import { changeSettings, getSettings } from './settings.ts'

export const settingsRoutes = routes(settings, {
  get: ({ app, user }) => getSettings(app, user),
  update: ({ app, user, body }) => changeSettings(app, user, body),
})
