import { tasks } from '../../../contract/tasks.ts'
import { notFound } from '../../errors.ts'
import { routes } from '../../http/mount.ts'

export const tasksRoutes = routes(tasks, {
  get: async () => {
    throw notFound('task')
  },
  cancel: async () => {
    throw notFound('task')
  },
})
