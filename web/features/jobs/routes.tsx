import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../../ui/root-route.ts'
import { readJobSearch } from './search.ts'

const jobsRoute = createRoute({ getParentRoute: () => rootRoute, path: '/jobs', validateSearch: readJobSearch })

const listRoute = createRoute({
  getParentRoute: () => jobsRoute,
  id: 'list',
  component: lazyRouteComponent(() => import('./jobs-page.tsx'), 'JobsPage'),
})
const noneOpenRoute = createRoute({ getParentRoute: () => listRoute, path: '/' })
const panelRoute = createRoute({
  getParentRoute: () => listRoute,
  path: '$id',
  component: lazyRouteComponent(() => import('./job-panel.tsx'), 'JobPanel'),
})
const fullRoute = createRoute({
  getParentRoute: () => jobsRoute,
  path: '$id/full',
  component: lazyRouteComponent(() => import('./job-full-page.tsx'), 'JobFullPage'),
})

export const jobsRoutes = jobsRoute.addChildren([listRoute.addChildren([noneOpenRoute, panelRoute]), fullRoute])
