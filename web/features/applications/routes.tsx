import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../../ui/root-route.ts'

export const applicationsRoutes = createRoute({
  getParentRoute: () => rootRoute,
  path: '/applications',
  component: lazyRouteComponent(() => import('./applications-page.tsx'), 'ApplicationsPage'),
})
