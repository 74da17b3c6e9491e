import { createECDH } from 'node:crypto'
import type { App } from '../../../app.ts'
import { serverKey } from '../../../database/server-keys.ts'

export type VapidKeys = { publicKey: string; privateKey: string }

/** The keys of VAPID_*, else those that were made when they were first needed. */
export async function vapidKeys({ config, db }: App): Promise<VapidKeys> {
  return config.vapid ?? (JSON.parse(await serverKey(db, 'vapid', makeKeys)) as VapidKeys)
}

const makeKeys = () => {
  const pair = createECDH('prime256v1')
  pair.generateKeys()
  // A number that begins with zeros is kept at its full length.
  const privateKey = Buffer.concat([Buffer.alloc(32), pair.getPrivateKey()])
    .subarray(-32)
    .toString('base64url')
  return JSON.stringify({ publicKey: pair.getPublicKey('base64url'), privateKey })
}

/** Whom a push service can write to. Some refuse a subject that leads nowhere, so an address of the operator comes first. */
export function vapidSubject({ vapidSubject, mailFrom, publicUrl }: App['config']): string {
  if (vapidSubject !== null) return vapidSubject
  if (mailFrom !== null) return `mailto:${/<([^<>]+)>$/.exec(mailFrom)?.[1] ?? mailFrom}`
  return publicUrl?.protocol === 'https:' ? publicUrl.origin : 'mailto:landed@example.com'
}
