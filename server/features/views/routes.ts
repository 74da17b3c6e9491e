import { views } from '../../../contract/views.ts'
import { routes } from '../../http/mount.ts'
import { changeView, createView, findViews, getView, removeView } from './views.ts'

export const viewsRoutes = routes(views, {
  list: ({ app, user, query }) => findViews(app, user, query),
  create: ({ app, user, body }) => createView(app, user, body),
  get: ({ app, user, params }) => getView(app, user, params.id),
  update: ({ app, user, params, body, expected }) => changeView(app, user, params.id, body, expected),
  delete: ({ app, user, params, expected }) => removeView(app, user, params.id, expected),
})
