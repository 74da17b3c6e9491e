import type { Mail } from '../../mail/mailer.ts'

const signature = '\n\n– Landed\n'

export const confirmMail = (to: string, link: string): Mail => ({
  to,
  subject: 'Confirm your e-mail for Landed',
  text: `Open this link to confirm that this address is yours:\n\n${link}\n\nIt works for one hour. If you did not ask for this, leave it: nothing happens.${signature}`,
})

export const resetMail = (to: string, link: string): Mail => ({
  to,
  subject: 'A new password for Landed',
  text: `Open this link to choose a new password:\n\n${link}\n\nIt works once, for one hour, and signs you out everywhere else. If you did not ask for this, leave it: your password stays as it is.${signature}`,
})

/** For somebody who signs up with an address that has an account: the page must not say so, but its owner may know. */
export const haveAccountMail = (to: string, link: string): Mail => ({
  to,
  subject: 'You have an account at Landed',
  text: `Somebody, perhaps you, asked for an account with this address. You have one already. Sign in here:\n\n${link}\n\nIf you forgot your password, ask for a new one there.${signature}`,
})

export const inviteMail = (to: string, link: string): Mail => ({
  to,
  subject: 'You are invited to Landed',
  text: `Somebody invited you to Landed, a tracker for a job search. Make your account here:\n\n${link}\n\nThe link works once, for seven days.${signature}`,
})

/** To the address that an account had, so that its owner learns of what somebody else does. */
export const changingEmailMail = (to: string, newEmail: string): Mail => ({
  to,
  subject: 'Your e-mail for Landed is being changed',
  text: `The e-mail of your account is to become ${newEmail}. It does once the link sent there is opened; until then you sign in with this one.\n\nIf this was not you, somebody knows your password: sign in and change it now, which ends every other session.${signature}`,
})

export const passwordChangedMail = (to: string, link: string): Mail => ({
  to,
  subject: 'Your password for Landed was changed',
  text: `The password of your account was just changed, and every other session was ended.\n\nIf this was not you, ask for a new one here:\n\n${link}${signature}`,
})
