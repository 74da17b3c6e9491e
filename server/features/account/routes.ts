import { account } from '../../../contract/account.ts'
import { admin } from '../../../contract/admin.ts'
import { routes } from '../../http/mount.ts'
import { changeMe, deleteMe, getMe, getSignInOptions } from './account.ts'
import { changeAccount, findAccounts } from './admin.ts'
import { createInvite, findInvites, readInvitation, takeInviteBack } from './invites.ts'

export const accountRoutes = routes(account, {
  me: ({ app, user }) => getMe(app, user),
  change: ({ app, user, body }) => changeMe(app, user, body),
  delete: ({ app, user, body }) => deleteMe(app, user, body),
  signInOptions: ({ app }) => getSignInOptions(app),
  invitation: ({ app, params }) => readInvitation(app, params.secret),
})

export const adminRoutes = routes(admin, {
  listUsers: ({ app, query }) => findAccounts(app, query),
  changeUser: ({ app, params, body }) => changeAccount(app, params.id, body),
  listInvites: ({ app, query }) => findInvites(app, query),
  createInvite: ({ app, user, body }) => createInvite(app, user, body),
  deleteInvite: ({ app, params }) => takeInviteBack(app, params.id),
})
