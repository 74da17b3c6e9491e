import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../../ui/root-route.ts'

const route = <Path extends string>(path: Path, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => rootRoute, path, component })

export const accountRoutes = [
  route(
    '/settings/account',
    lazyRouteComponent(() => import('./me/account-page.tsx'), 'AccountPage'),
  ),
  route(
    '/settings/tokens',
    lazyRouteComponent(() => import('./tokens/tokens-page.tsx'), 'TokensPage'),
  ),
  route(
    '/settings/people',
    lazyRouteComponent(() => import('./people/people-page.tsx'), 'PeoplePage'),
  ),
]
