import type { App } from '../app.ts'
import { AppError } from '../errors.ts'
import { findAccounts, makeAdmin } from '../features/account/admin.ts'
import { claimLocal } from '../features/account/claim-local.ts'
import { makeResetLink } from '../features/account/sign-in.ts'

const usage = `npm run accounts -- COMMAND

  list                  the accounts there are
  claim-local EMAIL     hand the search kept with AUTH=off to this account
  reset-link EMAIL      a link with which this person sets a new password
  make-admin EMAIL      let this account invite and disable others`

/** For whoever keeps the server. Gives what is to be printed; throws AppError with what to do. */
export async function runCommand(app: App, [command, email]: string[]): Promise<string> {
  if (command === 'list') return list(app)
  if (email === undefined) throw new AppError('validation_failed', usage)
  switch (command) {
    case 'claim-local': {
      const { jobs } = await claimLocal(app, email)
      return `${email} now has the search of this machine: ${jobs} ${jobs === 1 ? 'job' : 'jobs'}. Start Landed with AUTH=on and sign in.`
    }
    case 'reset-link':
      return `Hand this link to ${email}. It works once, for one hour:\n${await makeResetLink(app, email)}`
    case 'make-admin':
      await makeAdmin(app, email)
      return `${email} is an admin now.`
    default:
      throw new AppError('validation_failed', usage)
  }
}

async function list(app: App): Promise<string> {
  const { items, next_cursor } = await findAccounts(app, { limit: 200, cursor: undefined, sort: 'created_at' })
  if (items.length === 0) return 'There are no accounts yet. The first one that signs up is the admin.'
  const lines = items.map((one) =>
    [one.email, one.is_admin ? 'admin' : '', one.disabled_at ? 'disabled' : '', `since ${one.created_at.slice(0, 10)}`]
      .filter(Boolean)
      .join('  '),
  )
  return [...lines, ...(next_cursor ? ['… and more; the app lists them all'] : [])].join('\n')
}
