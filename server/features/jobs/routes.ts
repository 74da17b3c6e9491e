import { jobs } from '../../../contract/jobs.ts'
import { cached, keptFor } from '../../http/cached.ts'
import { routes } from '../../http/mount.ts'
import { changeJob, createJob, deleteJob, findJobs, getJob, restoreJob } from './jobs.ts'

export const jobsRoutes = routes(jobs, {
  list: cached(jobs.list, { seconds: keptFor.lists }, ({ app, user, query }) => findJobs(app, user, query)),
  create: ({ app, user, body, via }) => createJob(app, user, body, via),
  get: ({ app, user, params, query }) => getJob(app, user, params.id, query.deleted),
  update: ({ app, user, params, body, expected, via }) => changeJob(app, user, params.id, body, expected, via),
  delete: ({ app, user, params, query, expected }) => deleteJob(app, user, params.id, query, expected),
  restore: ({ app, user, params, expected }) => restoreJob(app, user, params.id, expected),
})
