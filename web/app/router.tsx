import { createRouter } from '@tanstack/react-router'
import { accountRoutes } from '../features/account/routes.tsx'
import { applicationsRoutes } from '../features/applications/routes.tsx'
import { backupsRoutes } from '../features/backups/routes.tsx'
import { bulkRoutes } from '../features/bulk/routes.tsx'
import { dataRoutes } from '../features/data/routes.tsx'
import { exportsRoutes } from '../features/exports/routes.tsx'
import { importsRoutes } from '../features/imports/routes.tsx'
import { jobsRoutes } from '../features/jobs/routes.tsx'
import { notificationsRoutes } from '../features/notifications/routes.tsx'
import { profileRoutes } from '../features/profile/routes.tsx'
import { settingsRoutes } from '../features/settings/routes.tsx'
import { todayRoutes } from '../features/today/routes.tsx'
import { trashRoutes } from '../features/trash/routes.tsx'
import { viewsRoutes } from '../features/views/routes.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { Page } from '../ui/page.tsx'
import { rootRoute } from '../ui/root-route.ts'
import { parseSearch, stringifySearch } from '../ui/search-params.ts'
import { Layout } from './layout.tsx'
import { NotFound } from './not-found.tsx'

rootRoute.update({ component: Layout, notFoundComponent: NotFound })

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    ...accountRoutes,
    todayRoutes,
    jobsRoutes,
    applicationsRoutes,
    backupsRoutes,
    dataRoutes,
    bulkRoutes,
    ...exportsRoutes,
    importsRoutes,
    ...notificationsRoutes,
    profileRoutes,
    settingsRoutes,
    trashRoutes,
    viewsRoutes,
  ]),
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
  scrollToTopSelectors: ['#main'],
  defaultErrorComponent: ({ error, reset }) => (
    <Page>
      <ErrorState error={error} retry={reset} />
    </Page>
  ),
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
