import type { Me } from '../../../contract/account.ts'
import type { App } from '../../app.ts'
import { notFound } from '../../errors.ts'

export async function getMe(app: App, user: { id: string }): Promise<Me> {
  const me = await app.db.selectFrom('users').select(['id', 'email', 'created_at']).where('id', '=', user.id).executeTakeFirst()
  if (!me) throw notFound('account')
  return { ...me, auth: app.config.auth }
}
