import { analytics } from '../../../contract/analytics.ts'
import { routes } from '../../http/mount.ts'
import { getDashboard } from './dashboard.ts'

export const analyticsRoutes = routes(analytics, { dashboard: ({ app, user }) => getDashboard(app, user) })
