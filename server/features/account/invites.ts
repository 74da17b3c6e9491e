import { randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { Invitation } from '../../../contract/account.ts'
import type { AdminListQuery, CreatedInvite, InviteList, NewInvite } from '../../../contract/admin.ts'
import type { App } from '../../app.ts'
import { forEverybody } from '../../database/row-security.ts'
import { conflict, notFound } from '../../errors.ts'
import { hashToken, type User } from '../../http/who-is-asking.ts'
import { addressOfApp } from './address.ts'
import { deleteInvite, findOpenInvite, insertInvite, listInvites, setInviteSent } from './invite-queries.ts'
import { inviteMail } from './mails.ts'

const lastsMs = 7 * 24 * 60 * 60 * 1000

export const findInvites = (app: App, query: AdminListQuery): Promise<InviteList> => forEverybody(() => listInvites(app.db, query))

/** Makes a link with which one account can be made, and mails it where there is somebody to mail it to. */
export async function createInvite(app: App, user: User, { email }: NewInvite): Promise<CreatedInvite> {
  if (app.config.auth === 'off') throw conflict('There are no accounts with AUTH=off, so nobody can be invited. Start Landed with AUTH=on.')
  const now = app.now()
  const secret = randomBytes(32).toString('base64url')
  const invite = await insertInvite(app.db, {
    id: uuidv7(),
    user_id: user.id,
    email,
    hash: hashToken(secret),
    expires_at: new Date(now.getTime() + lastsMs).toISOString(),
    created_at: now.toISOString(),
  })
  const url = `${addressOfApp(app)}/invitation?secret=${secret}`
  const sent = await isSent(app, email, url)
  if (sent) await setInviteSent(app.db, invite.id)
  return { ...invite, url, sent }
}

async function isSent({ mailer, log }: App, email: string | null, url: string): Promise<boolean> {
  if (email === null || mailer === null) return false
  return mailer.send(inviteMail(email, url)).then(
    () => true,
    (error: unknown) => {
      log.error({ err: error }, 'an invitation could not be mailed')
      return false
    },
  )
}

export async function takeInviteBack(app: App, id: string): Promise<void> {
  if (!(await forEverybody(() => deleteInvite(app.db, id)))) throw notFound('invitation')
}

/** Throws not_found when it was used, taken back or has expired. */
export async function readInvitation(app: App, secret: string): Promise<Invitation> {
  const invite = await forEverybody(() => findOpenInvite(app.db, hashToken(secret), app.now()))
  if (!invite) throw notFound('invitation')
  return { email: invite.email, expires_at: invite.expires_at }
}
