import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { BackupName } from '../../../contract/backups.ts'
import { rootRoute } from '../../ui/root-route.ts'
import { searchOf } from '../../ui/search-params.ts'

/** `?backup=`: one that Landed keeps; without, a file is asked for. */
export const backupsRoutes = createRoute({
  getParentRoute: () => rootRoute,
  path: '/data/restore',
  validateSearch: searchOf({ backup: BackupName.optional() }),
  component: lazyRouteComponent(() => import('./restore-page.tsx'), 'RestorePage'),
})
