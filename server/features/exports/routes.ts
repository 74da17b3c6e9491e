import { exports } from '../../../contract/exports.ts'
import { routes } from '../../http/mount.ts'
import { exportApplications, exportJobs } from './exports.ts'
import { startTypesetting } from './pdf/typesetting.ts'

export const exportsRoutes = routes(
  exports,
  {
    jobs: ({ app, user, query, hungUp }) => exportJobs(app, user, query, hungUp),
    applications: ({ app, user, query, hungUp }) => exportApplications(app, user, query, hungUp),
  },
  { start: startTypesetting },
)
