/** Every feature of the API, under the name its functions have in the client. */
import { account } from './account.ts'
import { admin } from './admin.ts'
import { analytics } from './analytics.ts'
import { applications } from './applications.ts'
import { backups } from './backups.ts'
import { bulk } from './bulk.ts'
import { exports } from './exports.ts'
import { imports } from './imports.ts'
import { jobs } from './jobs.ts'
import { matches } from './matches.ts'
import { notifications } from './notifications.ts'
import { operations } from './operations.ts'
import { profile } from './profile.ts'
import { search } from './search.ts'
import { settings } from './settings.ts'
import { tasks } from './tasks.ts'
import { tokens } from './tokens.ts'
import { views } from './views.ts'

export const api = {
  account,
  admin,
  analytics,
  applications,
  backups,
  bulk,
  exports,
  imports,
  jobs,
  matches,
  notifications,
  operations,
  profile,
  search,
  settings,
  tasks,
  tokens,
  views,
}
export type Api = typeof api
