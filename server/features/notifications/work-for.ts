import type { App } from '../../app.ts'
import { asUser } from '../../database/row-security.ts'
import type { User } from '../../http/who-is-asking.ts'

/** One person's share of what is looked after for all. What goes wrong in it is said, comes again at the next look, and keeps nobody else from theirs. */
export async function workFor(app: App, user: User, work: () => Promise<void>): Promise<void> {
  try {
    await asUser(user, work)
  } catch (error) {
    app.log.error({ err: error, user: user.id }, 'somebody could not be told what is due; trying again')
  }
}
