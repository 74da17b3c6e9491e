import { tasks } from '../../../contract/tasks.ts'
import { routes } from '../../http/mount.ts'
import { cancelTask, getTask } from './tasks.ts'

export const tasksRoutes = routes(tasks, {
  get: ({ app, user, params }) => getTask(app, user, params.id),
  cancel: ({ app, user, params }) => cancelTask(app, user, params.id),
})
