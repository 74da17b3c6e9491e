import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../../ui/root-route.ts'
import { readSearch } from './search.ts'

const applications = createRoute({ getParentRoute: () => rootRoute, path: '/applications' })

const all = createRoute({
  getParentRoute: () => applications,
  path: '/',
  validateSearch: readSearch,
  component: lazyRouteComponent(() => import('./applications-page.tsx'), 'ApplicationsPage'),
})

const one = createRoute({
  getParentRoute: () => applications,
  path: '$id',
  component: lazyRouteComponent(() => import('./one/application-page.tsx'), 'ApplicationPage'),
})

export const applicationsRoutes = applications.addChildren([all, one])
