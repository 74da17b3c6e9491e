import { tokens } from '../../../contract/tokens.ts'
import { routes } from '../../http/mount.ts'
import { createToken, findTokens, removeToken } from './tokens.ts'

export const tokensRoutes = routes(tokens, {
  list: ({ app, user, query }) => findTokens(app, user, query),
  create: ({ app, user, body }) => createToken(app, user, body),
  delete: ({ app, user, params }) => removeToken(app, user, params.id),
})
