import { bulk } from '../../../contract/bulk.ts'
import { routes } from '../../http/mount.ts'
import { createMany, deleteMany, findBulkChanges, restoreMany, startBulk, updateMany } from './bulk.ts'
import { undoChange } from './undo.ts'

export const bulkRoutes = routes(
  bulk,
  {
    createJobs: ({ app, user, body, via }) => createMany(app, user, 'jobs', body.jobs, body, via),
    updateJobs: ({ app, user, body, via }) => updateMany(app, user, 'jobs', body, via),
    deleteJobs: ({ app, user, body, via }) => deleteMany(app, user, 'jobs', body, via),
    restoreJobs: ({ app, user, body, via }) => restoreMany(app, user, 'jobs', body, via),
    createApplications: ({ app, user, body, via }) => createMany(app, user, 'applications', body.applications, body, via),
    updateApplications: ({ app, user, body, via }) => updateMany(app, user, 'applications', body, via),
    deleteApplications: ({ app, user, body, via }) => deleteMany(app, user, 'applications', body, via),
    restoreApplications: ({ app, user, body, via }) => restoreMany(app, user, 'applications', body, via),
    undo: ({ app, user, body, via }) => undoChange(app, user, body.undo_token, via),
    list: ({ app, user, query }) => findBulkChanges(app, user, query),
  },
  { start: startBulk },
)
