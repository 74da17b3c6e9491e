import { account } from '../../../contract/account.ts'
import { routes } from '../../http/mount.ts'
import { getMe } from './account.ts'

export const accountRoutes = routes(account, { me: ({ app, user }) => getMe(app, user) })
