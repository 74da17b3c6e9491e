import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../../ui/root-route.ts'

export const bulkRoutes = createRoute({
  getParentRoute: () => rootRoute,
  path: '/data/bulk',
  component: lazyRouteComponent(() => import('./history-page.tsx'), 'HistoryPage'),
})
