import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../../ui/root-route.ts'

export const jobsRoutes = createRoute({
  getParentRoute: () => rootRoute,
  path: '/jobs',
  component: lazyRouteComponent(() => import('./jobs-page.tsx'), 'JobsPage'),
})
