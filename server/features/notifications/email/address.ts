import type { ChannelProblem } from '../../../../contract/channels.ts'
import type { NotificationPreferences } from '../../../../contract/notifications.ts'
import type { App } from '../../../app.ts'

export type Missing = { problem: ChannelProblem; reason: string }

/** Where mail to somebody goes: with accounts to the address that they have confirmed, else to the one that they have set. */
export function addressOf(
  { config, mailer }: App,
  account: { email: string | null; email_verified: boolean } | undefined,
  { email_address }: NotificationPreferences,
): { address: string } | Missing {
  if (mailer === null)
    return { problem: 'not_set_up', reason: 'This server sends no e-mail yet: whoever runs it has to set SMTP_URL and MAIL_FROM.' }
  if (config.auth === 'off')
    return email_address === null
      ? { problem: 'no_address', reason: 'There is no address to send to yet: set it in your preferences (email_address).' }
      : { address: email_address }
  if (!account?.email) return { problem: 'no_address', reason: 'Your account has no e-mail address.' }
  return account.email_verified
    ? { address: account.email }
    : { problem: 'address_not_confirmed', reason: `Confirm first that ${account.email} is yours: open the link that was mailed there.` }
}
