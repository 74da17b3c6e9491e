import { AsyncLocalStorage } from 'node:async_hooks'
import type { App } from '../../app.ts'
import { AppError } from '../../errors.ts'
import { hashToken } from '../../http/who-is-asking.ts'
import { claimInvite, claimInviteOf, giveInviteBack } from './invite-queries.ts'
import { countAccounts, hasAccount } from './queries.ts'

/** Who may make an account. What is known of a sign-up with a password, while better-auth carries it out. */
const joining = new AsyncLocalStorage<{ invited: boolean }>()

const closed = (detail: string) => new AppError('sign_up_closed', detail)

/**
 * Runs a sign-up with a password, if it may be. `carryOut` gives the id of the account it made, or pretends to have made.
 * An invitation is used up by an account that is really there.
 */
export async function signUp<T extends { id: string | undefined }>(
  app: App,
  email: string,
  secret: string | undefined,
  carryOut: () => Promise<T>,
): Promise<T> {
  const invite = secret === undefined ? undefined : await claimInvite(app.db, hashToken(secret), email, app.now())
  if (secret !== undefined && !invite)
    throw closed('This invitation was used, taken back or has expired, or it is for another e-mail. Ask for another.')
  try {
    if (!invite) await refuseUnlessOpen(app)
    const made = await joining.run({ invited: invite?.sent ?? false }, carryOut)
    if (invite && !(made.id !== undefined && (await hasAccount(app.db, made.id)))) await giveInviteBack(app.db, invite.id)
    return made
  } catch (error) {
    if (invite) await giveInviteBack(app.db, invite.id)
    throw error
  }
}

async function refuseUnlessOpen({ config, db }: App): Promise<void> {
  if (config.signUp === 'open' || (await countAccounts(db)).accounts === 0) return
  throw closed(
    config.signUp === 'invite'
      ? 'Here one needs an invitation. Ask whoever runs this Landed for one.'
      : 'No new accounts are made here. Ask whoever runs this Landed.',
  )
}

/** Before any account is made: null when it may not be. Whoever comes from a provider has not been asked yet. */
export async function admit(app: App, user: { email: string; emailVerified: boolean }): Promise<{ emailVerified: boolean } | null> {
  const known = joining.getStore()
  // Whoever has the link that was mailed to an address has that address.
  if (known) return { emailVerified: known.invited }
  if (user.emailVerified && (await claimInviteOf(app.db, user.email.toLowerCase(), app.now()))) return { emailVerified: true }
  const open = await refuseUnlessOpen(app).then(
    () => true,
    () => false,
  )
  return open ? { emailVerified: user.emailVerified } : null
}
