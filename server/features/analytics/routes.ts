import { analytics } from '../../../contract/analytics.ts'
import { cached, keptFor } from '../../http/cached.ts'
import { routes } from '../../http/mount.ts'
import { dashboardHoldsUntil, getDashboard } from './dashboard.ts'

export const analyticsRoutes = routes(analytics, {
  dashboard: cached(
    analytics.dashboard,
    { seconds: keptFor.analytics, until: (answer, { app, user }) => dashboardHoldsUntil(app, user, answer) },
    ({ app, user }) => getDashboard(app, user),
  ),
})
