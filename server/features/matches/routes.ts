import { matches } from '../../../contract/matches.ts'
import { routes } from '../../http/mount.ts'
import { getMatch } from './matches.ts'
import { startScoring } from './scoring.ts'

export const matchesRoutes = routes(matches, { get: ({ app, user, params }) => getMatch(app, user, params.id) }, { start: startScoring })
