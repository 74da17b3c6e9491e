import { search } from '../../../contract/search.ts'
import { cached, keptFor } from '../../http/cached.ts'
import { routes } from '../../http/mount.ts'
import { startCounting } from './counting.ts'
import { suggest } from './search.ts'

export const searchRoutes = routes(
  search,
  { suggest: cached(search.suggest, { seconds: keptFor.lists }, ({ app, user, query }) => suggest(app, user, query)) },
  { start: startCounting },
)
