import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { type NotificationType, notificationTypes } from '../../../../contract/notifications.ts'
import type { App } from '../../../app.ts'
import { serverKey } from '../../../database/server-keys.ts'
import { addressOfApp } from '../../account/address.ts'

/** What a link in a mail switches off: a type, or e-mail altogether. */
export type Unsubscribing = { userId: string; what: (typeof notificationTypes)[number] | 'all' }

export const unsubscribePath = '/unsubscribe'

/** Works signed out, and for as long as mails are kept. It can do nothing but this. */
export async function unsubscribeLink(app: App, userId: string, type: NotificationType): Promise<string> {
  const said = `${userId}.${type === 'test' ? 'all' : type}`
  return `${addressOfApp(app)}${unsubscribePath}?link=${said}.${(await sign(app, said)).toString('base64url')}`
}

export async function readUnsubscribeLink(app: App, link: string): Promise<Unsubscribing | null> {
  const [userId = '', what = '', signature = ''] = link.split('.')
  const given = Buffer.from(signature, 'base64url')
  const ours = await sign(app, `${userId}.${what}`)
  if (given.length !== ours.length || !timingSafeEqual(given, ours)) return null
  return what === 'all' || notificationTypes.some((type) => type === what) ? { userId, what: what as Unsubscribing['what'] } : null
}

async function sign({ db }: App, said: string): Promise<Buffer> {
  const key = await serverKey(db, 'unsubscribe', () => randomBytes(32).toString('base64url'))
  return createHmac('sha256', key).update(said).digest()
}
