/** The product: every feature's routes. */
import type { Routes } from '../http/mount.ts'
import { accountRoutes, adminRoutes } from './account/routes.ts'
import { analyticsRoutes } from './analytics/routes.ts'
import { applicationsRoutes } from './applications/routes.ts'
import { backupsRoutes } from './backups/routes.ts'
import { bulkRoutes } from './bulk/routes.ts'
import { exportsRoutes } from './exports/routes.ts'
import { importsRoutes } from './imports/routes.ts'
import { jobsRoutes } from './jobs/routes.ts'
import { matchesRoutes } from './matches/routes.ts'
import { notificationsRoutes } from './notifications/routes.ts'
import { operationsRoutes } from './operations/routes.ts'
import { profileRoutes } from './profile/routes.ts'
import { searchRoutes } from './search/routes.ts'
import { settingsRoutes } from './settings/routes.ts'
import { tasksRoutes } from './tasks/routes.ts'
import { tokensRoutes } from './tokens/routes.ts'
import { viewsRoutes } from './views/routes.ts'

export const features: Routes[] = [
  accountRoutes,
  adminRoutes,
  analyticsRoutes,
  applicationsRoutes,
  backupsRoutes,
  bulkRoutes,
  exportsRoutes,
  importsRoutes,
  jobsRoutes,
  matchesRoutes,
  notificationsRoutes,
  operationsRoutes,
  profileRoutes,
  searchRoutes,
  settingsRoutes,
  tasksRoutes,
  tokensRoutes,
  viewsRoutes,
]
