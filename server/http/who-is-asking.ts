import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Endpoint } from '../../contract/endpoint.ts'
import type { App } from '../app.ts'
import { forEverybody } from '../database/row-security.ts'
import { AppError } from '../errors.ts'
import { refuseForeignOrigin } from './origin.ts'

export type User = { id: string }

/** Somebody, with what they may do. `by` is how they said who they are. */
/** What a route lets in: as its endpoint says, or whoever runs the server, who is no account. */
export type Access = Endpoint['access'] | 'operator'

type Asking = User & { by: 'session' | 'token'; is_admin: boolean; scopes: string[] }

/**
 * The one way to know who is asking, for every route and every channel. Null only where `access` is public.
 * Throws origin_refused; with AUTH=on also unauthenticated and insufficient_scope.
 * With AUTH=off it is the one local user, on every endpoint alike, whatever is sent along.
 */
export async function whoIsAsking(app: App, access: Access, headers: IncomingHttpHeaders): Promise<User | null> {
  refuseForeignOrigin(app.config, headers)
  if (access === 'public') return null
  if (app.config.auth === 'off') return app.localUser
  if (access === 'operator') return refuseUnlessOperator(app, headers)
  const token = tokenIn(headers.authorization)
  // Who it is, only all sessions and tokens together tell.
  const asking = await forEverybody(() => (token === undefined ? bySession(app, headers.cookie) : byToken(app, token)))
  refuseUnlessAllowed(asking, access)
  return { id: asking.id }
}

function refuseUnlessOperator({ config }: App, { authorization }: IncomingHttpHeaders): null {
  if (config.metricsToken === null) throw unauthenticated('Set METRICS_TOKEN on the server, and send it as `Authorization: Bearer …`.')
  const given = hashToken(tokenIn(authorization) ?? '')
  if (!timingSafeEqual(given, hashToken(config.metricsToken)))
    throw unauthenticated('Send the METRICS_TOKEN of this server as `Authorization: Bearer …`.')
  return null
}

function refuseUnlessAllowed({ by, is_admin, scopes }: Asking, access: Exclude<Access, 'public' | 'operator'>): void {
  const refuse = (detail: string, scope?: string) =>
    new AppError('insufficient_scope', detail, {
      headers: { 'www-authenticate': `Bearer error="insufficient_scope"${scope ? `, scope="${scope}"` : ''}` },
    })
  if (access === 'owner' || access === 'admin') {
    if (by === 'token') throw refuse('A token may not do that, whatever its scopes. Do it in the app, signed in.')
    if (access === 'admin' && !is_admin) throw refuse('Only an admin may do that.')
  } else if (!scopes.includes(access)) {
    throw refuse(`This token has no scope ${access}. Make one that has, under Settings.`, access)
  }
}

const unauthenticated = (detail: string, challenge = 'Bearer realm="Landed"') =>
  new AppError('unauthenticated', detail, { headers: { 'www-authenticate': challenge } })

// --- a session, by its signed cookie ---

export const isHttps = ({ publicUrl }: App['config']) => publicUrl?.protocol === 'https:'

/** Of every cookie: behind https only this very name can set it, neither a neighbour below the same domain nor anybody by http. */
export const cookieNamePrefix = (config: App['config']) => (isHttps(config) ? '__Host-' : '')

/** The cookie that carries a session. */
export const sessionCookie = (config: App['config']) => `${cookieNamePrefix(config)}landed.session_token`

async function bySession(app: App, cookies: string | undefined): Promise<Asking> {
  const token = signedToken(app, cookies)
  if (token === undefined) throw unauthenticated('Sign in first, or send an API token as `Authorization: Bearer …`.')
  const now = app.now()
  const { rows } = await app.pool.query<{ id: string; is_admin: boolean; seen: boolean }>({
    name: 'session',
    text: `select users.id, users.is_admin, sessions.updated_at > $2::timestamptz - interval '1 minute' as seen
           from sessions join users on users.id = sessions.user_id
           where sessions.token = $1 and sessions.expires_at > $2 and users.disabled_at is null`,
    values: [token, now],
  })
  const found = rows[0]
  if (!found) throw unauthenticated('You are not signed in any more. Sign in again.')
  // To the minute is enough, and spares a write at each request.
  if (!found.seen) await app.pool.query('update sessions set updated_at = $2 where token = $1', [token, now])
  return { id: found.id, is_admin: found.is_admin, by: 'session', scopes: ['read', 'write'] }
}

/** `token.signature`, percent-encoded. What is not signed by us need not be looked up. */
function signedToken({ config, authSecret }: App, cookies: string | undefined): string | undefined {
  const name = `${sessionCookie(config)}=`
  const cookie = cookies
    ?.split(';')
    .map((one) => one.trim())
    .find((one) => one.startsWith(name))
    ?.slice(name.length)
  const [, token, signature] = /^([\w-]{1,100})(?:\.|%2E)([\w%+/=-]{1,200})$/i.exec(cookie ?? '') ?? []
  if (!token || !signature) return undefined
  const given = Buffer.from(signature.replace(/%2B/gi, '+').replace(/%2F/gi, '/').replace(/%3D/gi, '='), 'base64')
  const ours = createHmac('sha256', authSecret).update(token).digest()
  return given.length === ours.length && timingSafeEqual(given, ours) ? token : undefined
}

// --- an API token ---

const tokenIn = (authorization: string | undefined) => /^Bearer +(\S.*)$/i.exec(authorization ?? '')?.[1]?.trim()

export const hashToken = (token: string) => createHash('sha256').update(token).digest()

async function byToken(app: App, token: string): Promise<Asking> {
  const now = app.now()
  const { rows } = await app.pool.query<{ id: string; is_admin: boolean; scopes: string[]; token_id: string; seen: boolean }>({
    name: 'token',
    text: `select users.id, users.is_admin, tokens.scopes, tokens.id as token_id,
             coalesce(tokens.last_used_at > $2::timestamptz - interval '1 minute', false) as seen
           from tokens join users on users.id = tokens.user_id
           where tokens.hash = $1 and (tokens.expires_at is null or tokens.expires_at > $2) and users.disabled_at is null`,
    values: [hashToken(token), now],
  })
  const found = rows[0]
  if (!found)
    throw unauthenticated('This token is unknown, was removed or has expired. Make another under Settings.', 'Bearer error="invalid_token"')
  // To the minute, likewise.
  if (!found.seen) await app.pool.query('update tokens set last_used_at = $2 where id = $1', [found.token_id, now])
  return { id: found.id, is_admin: found.is_admin, by: 'token', scopes: found.scopes }
}
