import type { ChannelState, Channels, DeliveryListQuery } from '../../../../contract/channels.ts'
import type { App } from '../../../app.ts'
import type { User } from '../../../http/who-is-asking.ts'
import { getSettings } from '../../settings/settings.ts'
import { nextDigestAt } from '../digest-time.ts'
import { addressOf } from '../email/address.ts'
import { getPreferences } from '../preferences.ts'
import { countSubscriptions } from '../push/queries.ts'
import { quietUntil } from '../quiet-hours.ts'
import { countByChannel, findRecipient, listDeliveries } from './queries.ts'

export async function getChannels(app: App, user: User): Promise<Channels> {
  const now = app.now()
  const [preferences, { timezone }, account, subscriptions] = await Promise.all([
    getPreferences(app, user),
    getSettings(app, user),
    findRecipient(app.db, user.id),
    countSubscriptions(app.db, user.id),
  ])
  const email = addressOf(app, account, preferences)
  const address = 'address' in email ? email.address : null
  const figures = await countByChannel(app.db, user.id, address)
  const stateOf = (name: 'email' | 'push', basics: Basics): ChannelState => {
    const { waiting, last_sent_at, last_failed_at, last_error } = figures.find(({ channel }) => channel === name) ?? nothing
    const is_broken = last_failed_at !== null && (last_sent_at === null || last_failed_at > last_sent_at)
    return { ...basics, is_broken, last_sent_at, last_failed_at, last_error, waiting }
  }
  return {
    in_app: { ...works('Landed'), ...nothing, is_broken: false },
    email: stateOf('email', 'address' in email ? works(email.address) : { is_available: false, ...email, goes_to: null }),
    push: stateOf('push', subscriptions > 0 ? works(`${subscriptions} ${subscriptions === 1 ? 'browser' : 'browsers'}`) : noBrowser),
    quiet_until: quietUntil(preferences.quiet_hours, timezone, now),
    next_digest_at: nextDigestAt(preferences.digest, timezone, now),
  }
}

type Basics = Pick<ChannelState, 'is_available' | 'problem' | 'reason' | 'goes_to'>
const works = (goes_to: string): Basics => ({ is_available: true, problem: null, reason: null, goes_to })
const noBrowser: Basics = {
  is_available: false,
  problem: 'no_subscription',
  reason: 'No browser takes push yet: switch it on in the browser that you want it in.',
  goes_to: null,
}
const nothing = { waiting: 0, last_sent_at: null, last_failed_at: null, last_error: null }

export const findDeliveries = (app: App, user: User, query: DeliveryListQuery) => listDeliveries(app.db, user.id, query)
