import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../../ui/root-route.ts'

export const dataRoutes = createRoute({
  getParentRoute: () => rootRoute,
  path: '/data',
  component: lazyRouteComponent(() => import('./data-page.tsx'), 'DataPage'),
})
