import { bulk } from '../../../contract/bulk.ts'
import { conflict } from '../../errors.ts'
import { routes } from '../../http/mount.ts'

const notYet = async (): Promise<never> => {
  throw conflict('Bulk changes are not possible yet.')
}

export const bulkRoutes = routes(bulk, {
  createJobs: notYet,
  updateJobs: notYet,
  deleteJobs: notYet,
  restoreJobs: notYet,
  createApplications: notYet,
  updateApplications: notYet,
  deleteApplications: notYet,
  restoreApplications: notYet,
  undo: notYet,
  list: async () => ({ items: [], next_cursor: null, total: { value: 0, relation: 'exact' as const } }),
})
