import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../app.ts'
import { forEverybody } from '../../database/row-security.ts'
import { AppError, invalid } from '../../errors.ts'
import type { Mail } from '../../mail/mailer.ts'
import { addressOfApp } from './address.ts'
import { linkLimits, mailLimits, signInLimits, signUpLimits } from './attempts.ts'
import { type Auth, addressHeader, authPath, createAuth } from './auth.ts'
import { problemOfAuth } from './auth-problems.ts'
import { refuseGuessable } from './guessable.ts'
import { signUp } from './joining.ts'
import { changingEmailMail, passwordChangedMail } from './mails.ts'

type Sent = Record<string, unknown>
type Asked = { app: App; auth: Auth; request: FastifyRequest; sent: Sent }

/** Mounts /api/auth/*: better-auth behind our origin check, our limits and our problems. */
export async function serveSignIn(server: FastifyInstance, app: App): Promise<void> {
  const auth = await createAuth(app, app.mailer && ((mail) => sendLater(app, mail)))
  server.route({
    method: ['GET', 'POST'],
    url: `${authPath}/*`,
    bodyLimit: 64 * 1024,
    config: { access: 'public', limitClass: 'sign_in' },
    handler: async (request, reply) => {
      const sent = typeof request.body === 'object' && request.body !== null ? (request.body as Sent) : {}
      // It is not known yet who that is.
      return answer(reply, await forEverybody(() => carryOut({ app, auth, request, sent })), sent)
    },
  })
}

// Nobody waits for the mail server, so that the time tells nothing of who has an account.
function sendLater({ mailer, log }: App, mail: Mail): void {
  mailer?.send(mail).catch((error: unknown) => log.error({ err: error }, 'a mail could not be sent'))
}

async function carryOut(asked: Asked): Promise<Response> {
  const { app, request, sent } = asked
  const act = `${request.method} ${request.url.slice(authPath.length).split('?')[0]}`
  // The route is one for all of them. What comes after two parts may be the secret of a link.
  request.log.info({ act: act.split('/', 3).join('/') }, 'account')
  switch (act) {
    case 'POST /sign-in/email':
      return signIn(asked)
    case 'POST /sign-up/email':
      return signUpWithPassword(asked)
    case 'POST /request-password-reset':
    case 'POST /send-verification-email':
      await app.limits.take(mailLimits(app, request.ip, emailIn(sent)))
      return pass(asked)
    case 'POST /reset-password':
      await app.limits.take(linkLimits(app, request.ip))
      await refuseGuessable('newPassword', sent['newPassword'], '')
      return pass(asked)
    case 'POST /change-email':
      return changeEmail(asked)
    case 'POST /change-password':
      return changePassword(asked)
    default:
      return pass(asked)
  }
}

const emailIn = ({ email }: Sent) => (typeof email === 'string' ? email.trim().toLowerCase().slice(0, 254) : '')

async function signIn(asked: Asked): Promise<Response> {
  const { app, request, sent } = asked
  const limits = signInLimits(app, request.ip, emailIn(sent))
  await app.limits.take(limits)
  const response = await pass(asked)
  if (response.ok) await app.limits.forget([limits[0]])
  return response
}

async function signUpWithPassword(asked: Asked): Promise<Response> {
  const { app, request } = asked
  const { invite, ...sent } = asked.sent
  if (invite !== undefined && typeof invite !== 'string')
    throw invalid({ field: 'invite', code: 'invalid_type', message: 'must be what an invitation carries' })
  await app.limits.take(signUpLimits(app, request.ip))
  await refuseGuessable('password', sent['password'], emailIn(sent))
  const { response } = await signUp(app, emailIn(sent), invite, async () => {
    const response = await pass({ ...asked, sent: { ...sent, name: typeof sent['name'] === 'string' ? sent['name'].slice(0, 200) : '' } })
    const said = response.ok ? ((await response.clone().json()) as { user?: { id: string } }) : {}
    return { response, id: said.user?.id }
  })
  return response
}

// Whoever finds a screen unlocked has the session, but not the password.
async function changeEmail(asked: Asked): Promise<Response> {
  const { app, auth, request, sent } = asked
  const { password, ...rest } = sent
  if (typeof password !== 'string') throw invalid({ field: 'password', code: 'required', message: 'must be your present password' })
  await app.limits.take(signInLimits(app, request.ip, `change-email ${request.headers.cookie ?? ''}`))
  const checked = await auth.api.verifyPassword({ body: { password }, headers: headersOf(request), asResponse: true })
  if (!checked.ok) return checked
  const before = await auth.api.getSession({ headers: headersOf(request), query: { disableRefresh: true } })
  const changed = await pass({ ...asked, sent: rest })
  if (changed.ok && before && typeof rest['newEmail'] === 'string') sendLater(app, changingEmailMail(before.user.email, rest['newEmail']))
  return changed
}

async function changePassword(asked: Asked): Promise<Response> {
  const { app, request, sent } = asked
  await app.limits.take(signInLimits(app, request.ip, `change-password ${request.headers.cookie ?? ''}`))
  await refuseGuessable('newPassword', sent['newPassword'], '')
  const changed = await pass({ ...asked, sent: { ...sent, revokeOtherSessions: true } })
  if (changed.ok) {
    const { user } = (await changed.clone().json()) as { user: { email: string } }
    sendLater(app, passwordChangedMail(user.email, `${addressOfApp(app)}/forgot-password`))
  }
  return changed
}

function pass({ app, auth, request, sent }: Asked): Promise<Response> {
  const base = app.config.publicUrl?.origin ?? addressOfApp(app)
  return auth.handler(
    new Request(new URL(request.url, base), {
      method: request.method,
      headers: headersOf(request),
      ...(request.method === 'POST' ? { body: JSON.stringify(sent) } : {}),
    }),
  )
}

function headersOf(request: FastifyRequest): Headers {
  const headers = new Headers()
  for (const name of ['cookie', 'user-agent', 'accept', 'origin'] as const) {
    const value = request.headers[name]
    if (value !== undefined) headers.set(name, value)
  }
  headers.set('content-type', 'application/json')
  headers.set(addressHeader, request.ip)
  return headers
}

async function answer(reply: FastifyReply, response: Response, sent: Sent): Promise<FastifyReply> {
  const text = await response.text()
  if (response.status >= 400) {
    const said = text.startsWith('{') ? (JSON.parse(text) as object) : {}
    throw problemOfAuth(response.status, said, sent)
  }
  const cookies = response.headers.getSetCookie()
  const location = response.headers.get('location')
  void reply.code(response.status).header('cache-control', 'no-store')
  if (cookies.length > 0) void reply.header('set-cookie', cookies)
  if (location !== null) void reply.header('location', location)
  return text === '' ? reply.send() : reply.type('application/json; charset=utf-8').send(text)
}

/** A link with which a new password can be set, for who keeps the server and hands it over. */
export async function makeResetLink(app: App, email: string): Promise<string> {
  let link: string | undefined
  const auth = await createAuth(app, ({ text }) => {
    link = /^http\S+$/m.exec(text)?.[0]
  })
  await auth.api.requestPasswordReset({ body: { email } })
  if (link === undefined) throw new AppError('not_found', `No account has the e-mail ${email}.`)
  return link
}
