import { search } from '../../../contract/search.ts'
import { routes } from '../../http/mount.ts'
import { startCounting } from './counting.ts'
import { suggest } from './search.ts'

export const searchRoutes = routes(search, { suggest: ({ app, user, query }) => suggest(app, user, query) }, { start: startCounting })
