import type { App } from '../../app.ts'
import { addressToCount } from '../../http/client-address.ts'
import { countsAddress } from '../../http/rate-limits.ts'
import type { Limit } from '../../limits/limits.ts'

/*
 * What slows down who tries passwords or has mails sent: by address and account together, so that nobody can lock out another
 * from elsewhere, and more loosely by either.
 */

const quarter = 15 * 60
const hour = 60 * 60

/** By address alone: wide enough for a school behind one, and none for this machine, which behind a proxy may be everybody. */
const fromAddress = ({ config }: Pick<App, 'config'>, address: string, limit: Omit<Limit, 'key'>): Limit[] =>
  countsAddress(config, address) ? [{ ...limit, key: addressToCount(address) }] : []

export const signInLimits = (app: App, address: string, email: string): [Limit, ...Limit[]] => [
  { name: 'sign-in', key: `${addressToCount(address)} ${email}`, count: 10, seconds: quarter },
  { name: 'sign-in to', key: email, count: 100, seconds: quarter },
  ...fromAddress(app, address, { name: 'sign-in from', count: 300, seconds: quarter }),
]

export const signUpLimits = (app: App, address: string): Limit[] =>
  fromAddress(app, address, { name: 'sign-up from', count: 300, seconds: hour })

export const mailLimits = (app: App, address: string, email: string): Limit[] => [
  { name: 'mail to', key: email, count: 5, seconds: hour },
  ...fromAddress(app, address, { name: 'mail from', count: 300, seconds: hour }),
]

export const linkLimits = (app: App, address: string): Limit[] =>
  fromAddress(app, address, { name: 'link from', count: 300, seconds: quarter })
