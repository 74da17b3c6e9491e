import type { AccountChanges, AccountList, AccountListQuery, AccountRecord } from '../../../contract/admin.ts'
import type { App } from '../../app.ts'
import { forEverybody } from '../../database/row-security.ts'
import { inTransaction, takeTurn } from '../../database/transaction.ts'
import { conflict, notFound } from '../../errors.ts'
import { hintSignedOut } from '../../live/live.ts'
import { countAccounts, deleteSessions, findAccountByEmail, listAccounts, setAccount } from './queries.ts'

export const findAccounts = (app: App, query: AccountListQuery): Promise<AccountList> => forEverybody(() => listAccounts(app.db, query))

/** Whoever is disabled is signed out at once. There is always an admin who can sign in. */
export function changeAccount(app: App, id: string, changes: AccountChanges): Promise<AccountRecord> {
  return forEverybody(() => setRights(app, id, changes))
}

function setRights(app: App, id: string, { disabled, is_admin }: AccountChanges): Promise<AccountRecord> {
  return inTransaction(app, async (app) => {
    await takeTurn(app, 'admins')
    const now = app.now().toISOString()
    const account = await setAccount(app.db, id, {
      ...(is_admin === undefined ? {} : { is_admin }),
      ...(disabled === undefined ? {} : { disabled_at: disabled ? now : null }),
      updated_at: now,
    })
    if (!account) throw notFound('account')
    if ((await countAccounts(app.db)).admins === 0)
      throw conflict('Nobody would be left who can invite and disable. Make somebody else an admin first.')
    if (disabled) {
      await deleteSessions(app.db, id)
      hintSignedOut(app, id)
    }
    return account
  })
}

export async function makeAdmin(app: App, email: string): Promise<void> {
  const account = await findAccountByEmail(app.db, email.trim().toLowerCase())
  if (!account) throw notFound(`account with the e-mail ${email}`)
  await changeAccount(app, account.id, { is_admin: true })
}
