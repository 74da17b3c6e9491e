import { createECDH } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { NewPushSubscription, PushSubscription } from '../../../../contract/channels.ts'
import type { App } from '../../../app.ts'
import { inTransaction, takeTurn } from '../../../database/transaction.ts'
import { conflict, invalid, notFound } from '../../../errors.ts'
import { Answer } from '../../../http/answer.ts'
import type { User } from '../../../http/who-is-asking.ts'
import { mayAskOutside } from '../../../outgoing/fetch-outside.ts'
import { deviceOf } from './device.ts'
import { vapidKeys } from './keys.ts'
import { countSubscriptions, deleteSubscription, insertSubscription, listSubscriptions, renewSubscription } from './queries.ts'

const most = 50

type Page = { limit: number; cursor?: string | undefined; sort: string }

export const findSubscriptions = (app: App, user: User, page: Page) => listSubscriptions(app.db, user.id, page)

export const getPushKey = async (app: App) => ({ public_key: (await vapidKeys(app)).publicKey })

export function addSubscription(
  app: App,
  user: User,
  { endpoint, keys }: NewPushSubscription,
  agent: string,
): Promise<PushSubscription | Answer<PushSubscription>> {
  if (!mayAskOutside(app, endpoint))
    throw invalid({ field: 'endpoint', code: 'invalid_value', message: 'must be a push service on the open internet' })
  refuseUnlessOnCurve(keys.p256dh)
  const subscription = { endpoint, ...keys, device: deviceOf(agent) }
  return inTransaction(app, async (app) => {
    await takeTurn(app, `push subscriptions ${user.id}`)
    const renewed = await renewSubscription(app.db, user.id, subscription)
    if (renewed) return new Answer(200, renewed)
    if ((await countSubscriptions(app.db, user.id)) >= most)
      throw conflict(`Push goes to ${most} browsers already, which is the most. Remove one first.`)
    return insertSubscription(app.db, user.id, { ...subscription, id: uuidv7(), created_at: app.now().toISOString() })
  })
}

// Nothing could be encrypted for it.
function refuseUnlessOnCurve(p256dh: string): void {
  const own = createECDH('prime256v1')
  own.generateKeys()
  try {
    own.computeSecret(p256dh, 'base64url')
  } catch {
    throw invalid({ field: 'keys.p256dh', code: 'invalid_value', message: 'must be a public key of the curve P-256' })
  }
}

export async function removeSubscription(app: App, user: User, id: string): Promise<void> {
  if (!(await deleteSubscription(app.db, user.id, id))) throw notFound('push subscription')
}
