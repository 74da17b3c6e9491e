import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Me, MeChanges, SignInOptions } from '../../../contract/account.ts'
import type { App } from '../../app.ts'
import { ensureLocalUser } from '../../database/local-user.ts'
import { forEverybody } from '../../database/row-security.ts'
import { inTransaction, takeTurn } from '../../database/transaction.ts'
import { conflict, invalid, notFound } from '../../errors.ts'
import type { User } from '../../http/who-is-asking.ts'
import { hintSignedOut } from '../../live/live.ts'
import { holdCounting } from '../search/counting.ts'
import { countAccounts, deleteUser, findMe, setMe } from './queries.ts'

export async function getMe(app: App, user: User): Promise<Me> {
  const me = await findMe(app.db, user.id)
  if (!me) throw notFound('account')
  return { ...me, auth: app.config.auth }
}

export async function changeMe(app: App, user: User, changes: MeChanges): Promise<Me> {
  await setMe(app.db, user.id, { ...changes, updated_at: app.now().toISOString() })
  return getMe(app, user)
}

/** Everything that is theirs, in the database and in DATA_DIR. The local user of AUTH=off is there again, empty. */
export async function deleteMe(app: App, user: User, sent: { email: string | null }): Promise<void> {
  // Whether an admin is left, and what was mailed to them, is not in their own rows.
  await forEverybody(() => deleteAccount(app, user, sent))
  await removeFiles(app, user)
}

function deleteAccount(app: App, user: User, { email }: { email: string | null }): Promise<void> {
  return inTransaction(app, async (app) => {
    await takeTurn(app, 'admins')
    const me = await getMe(app, user)
    if ((email?.trim().toLowerCase() ?? null) !== me.email)
      throw invalid({
        field: 'email',
        code: 'does_not_match',
        message: me.email === null ? 'must be null: this account has none' : 'is not the e-mail of this account',
      })
    const { accounts, admins } = await countAccounts(app.db)
    if (me.is_admin && admins === 1 && accounts > 1)
      throw conflict('You are the only admin. Make somebody else one first, then delete your account.')
    await holdCounting(app, user.id)
    await deleteUser(app.db, user.id)
    hintSignedOut(app, user.id)
    if (app.config.auth === 'off') await ensureLocalUser(app.db, app.now(), user.id)
  })
}

// After the commit: a file is not brought back by a rollback. What is being received or imported has no name of theirs, ends with
// an error now, and its file with it.
const removeFiles = ({ config }: App, user: User) => rm(join(config.dataDir, 'backups', user.id), { recursive: true, force: true })

export async function getSignInOptions({ config, db, mailer }: App): Promise<SignInOptions> {
  return {
    auth: config.auth,
    sign_up: config.signUp,
    first_account: config.auth === 'on' && (await forEverybody(() => countAccounts(db))).accounts === 0,
    mail: mailer !== null,
    provider: config.oidc?.name ?? null,
  }
}
