import { PostgresDialect, type PostgresPool } from 'kysely'
import pg from 'pg'
import { v7 as uuidv7 } from 'uuid'
import { passwordLength } from '../../../contract/account.ts'
import type { App } from '../../app.ts'
import { cookieNamePrefix, isHttps } from '../../http/who-is-asking.ts'
import { hintSignedOut } from '../../live/live.ts'
import type { Mail } from '../../mail/mailer.ts'
import { addressOfApp } from './address.ts'
import { admit } from './joining.ts'
import { confirmMail, haveAccountMail, passwordChangedMail, resetMail } from './mails.ts'
import { isDisabled } from './queries.ts'

const day = 24 * 60 * 60
/** Carries what the connection says of the client's address; whatever a client says by this name is replaced. */
export const addressHeader = 'x-landed-client-address'
export const authPath = '/api/auth'
export const providerId = 'oidc'

export type Auth = Awaited<ReturnType<typeof createAuth>>

/**
 * better-auth on our database: accounts, passwords, sessions, links that are mailed, a provider elsewhere.
 * Loaded only where there are accounts. `send` takes a message on its way without anybody waiting for it.
 */
export async function createAuth(app: App, send: ((mail: Mail) => void) | null) {
  const [{ betterAuth }, { genericOAuth }, { APIError }] = await Promise.all([
    import('better-auth'),
    import('better-auth/plugins/generic-oauth'),
    import('better-auth/api'),
  ])
  const { config } = app
  const page = (path: string, query?: Record<string, string>) =>
    `${addressOfApp(app)}${path}${query ? `?${new URLSearchParams(query)}` : ''}`
  return betterAuth({
    appName: 'Landed',
    baseURL: config.publicUrl?.origin ?? 'http://localhost',
    basePath: authPath,
    secret: app.authSecret,
    database: { dialect: new PostgresDialect({ pool: withDates(app.pool) }), type: 'postgres' },
    // Foreign pages are refused before a request comes here: see origin.ts.
    advanced: {
      disableCSRFCheck: true,
      disableOriginCheck: false,
      // Its own way to mark them secure is the weaker prefix __Secure-.
      cookiePrefix: `${cookieNamePrefix(config)}landed`,
      useSecureCookies: false,
      defaultCookieAttributes: { secure: isHttps(config) },
      ipAddress: { ipAddressHeaders: [addressHeader] },
      database: { generateId: () => uuidv7() },
    },
    telemetry: { enabled: false },
    logger: { disabled: true },
    // Counted in attempts.ts, by account too.
    rateLimit: { enabled: false },
    disabledPaths: [
      '/update-user',
      '/delete-user',
      '/delete-user/callback',
      '/update-session',
      '/link-social',
      '/unlink-account',
      '/error',
    ],
    user: {
      modelName: 'users',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
      changeEmail: { enabled: true, updateEmailWithoutVerification: send === null },
    },
    session: {
      modelName: 'sessions',
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
      expiresIn: 30 * day,
      updateAge: day,
      // Whoever came yesterday may look where else they are signed in.
      freshAge: 0,
      // Whoever is signed out is so at once.
      cookieCache: { enabled: false },
    },
    account: {
      modelName: 'sign_in_methods',
      fields: {
        userId: 'user_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
      updateAccountOnSignIn: false,
      // An account is taken for that of somebody elsewhere only if both sides have confirmed the e-mail: else who makes one with the
      // address of another, here or there, would get into the other's.
      accountLinking: { enabled: true, trustedProviders: [], requireLocalEmailVerified: true },
    },
    verification: {
      modelName: 'verifications',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
      // Who reads the table can open no link.
      storeIdentifier: 'hashed',
    },
    emailAndPassword: {
      enabled: true,
      // The answer is the same for an address that has an account, so nobody is signed in by it.
      autoSignIn: false,
      requireEmailVerification: send !== null,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: 60 * 60,
      ...(send && {
        sendResetPassword: async ({ user, token }) => send(resetMail(user.email, page('/reset-password', { token }))),
        onPasswordReset: async ({ user }) => send(passwordChangedMail(user.email, page('/forgot-password'))),
        onExistingUserSignUp: async ({ user }) => send(haveAccountMail(user.email, page('/sign-in'))),
      }),
    },
    ...(send && {
      emailVerification: {
        sendOnSignUp: true,
        sendOnSignIn: true,
        expiresIn: 60 * 60,
        sendVerificationEmail: async ({ user, token }) => {
          // Invited by mail to this address.
          if (!user.emailVerified || isChangeOf(token)) send(confirmMail(user.email, page('/verify-email', { token })))
        },
      },
    }),
    databaseHooks: {
      user: {
        create: {
          before: async (user) => {
            const admitted = await admit(app, user)
            if (!admitted) throw new APIError('FORBIDDEN', { code: 'sign_up_closed', message: 'No new accounts are made here.' })
            return { data: { ...user, ...admitted } }
          },
        },
      },
      // What a provider lets us do there is nothing we need.
      account: { create: { before: async (account) => ({ data: { ...account, accessToken: null, refreshToken: null, idToken: null } }) } },
      session: {
        create: {
          before: async ({ userId }) => {
            if (await isDisabled(app.db, userId))
              throw new APIError('FORBIDDEN', { code: 'account_disabled', message: 'This account is disabled.' })
          },
        },
        delete: { after: async ({ userId }) => hintSignedOut(app, userId) },
      },
    },
    plugins: config.oidc
      ? [
          genericOAuth({
            config: [
              {
                providerId,
                name: config.oidc.name,
                clientId: config.oidc.clientId,
                clientSecret: config.oidc.clientSecret,
                discoveryUrl: `${config.oidc.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
                scopes: ['openid', 'email', 'profile'],
                pkce: true,
                requireIdTokenVerification: true,
              },
            ],
          }),
        ]
      : [],
    onAPIError: { errorURL: '/sign-in' },
  })
}

/** A mailed token says what for; its signature is checked when it comes back. */
const isChangeOf = (token: string) => 'updateTo' in (JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as object)

/** Our pool, but instants as Date: better-auth compares them. */
const withDates = (pool: pg.Pool) =>
  ({
    options: {},
    connect: async () => {
      const client = await pool.connect()
      return {
        query: (text: string, values?: unknown[]) => client.query({ text, values: values ?? [], types: pg.types }),
        release: () => client.release(),
      }
    },
    // The pool is ours to close.
    end: async () => {},
  }) as unknown as PostgresPool
