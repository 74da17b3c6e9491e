import { exports } from '../../../contract/exports.ts'
import { routes } from '../../http/mount.ts'
import { exportApplications, exportJobs } from './exports.ts'

export const exportsRoutes = routes(exports, {
  jobs: ({ app, user, query }) => exportJobs(app, user, query),
  applications: ({ app, user, query }) => exportApplications(app, user, query),
})
