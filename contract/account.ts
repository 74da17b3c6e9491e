import { z } from 'zod'
import type { Endpoints } from './endpoint.ts'
import * as f from './fields.ts'

/** Characters a password may have. */
export const passwordLength = { min: 10, max: 128 }

const Name = z
  .string()
  .max(200)
  .refine((text) => !text.includes('\0') && text.isWellFormed(), 'holds a NUL character or half of a character; remove it')
  .meta({ description: 'What you are called; may be empty', examples: ['Ana'] })

export const Me = z
  .strictObject({
    id: f.Id,
    email: z
      .string()
      .nullable()
      .meta({ description: 'null for the one local user of AUTH=off', examples: ['ana@example.com'] }),
    email_verified: z.boolean().meta({ description: 'Whether a mail to this address was answered' }),
    name: Name,
    is_admin: z.boolean().meta({ description: 'May invite and disable accounts; sees nothing of what they hold' }),
    has_password: z.boolean().meta({ description: 'false: signs in elsewhere, or is the local user' }),
    auth: z.enum(['off', 'on']),
    created_at: f.Instant,
  })
  .meta({ id: 'Me' })
export type Me = z.output<typeof Me>

export const MeChanges = z.strictObject({ name: Name }).partial().meta({ id: 'MeChanges' })
export type MeChanges = z.output<typeof MeChanges>

export const MeDeletion = z
  .strictObject({
    email: z
      .string()
      .nullable()
      .meta({ description: 'The e-mail of the account, once more; null where it has none', examples: ['ana@example.com'] }),
  })
  .meta({ id: 'MeDeletion' })

export const SignInOptions = z
  .strictObject({
    auth: z.enum(['off', 'on']).meta({ description: 'off: nobody signs in' }),
    sign_up: z.enum(['open', 'invite', 'closed']).meta({ description: 'Who may make an account. The first one may always be made.' }),
    first_account: z.boolean().meta({ description: 'There is no account yet: the first one is the admin', examples: [false] }),
    mail: z.boolean().meta({ description: 'Whether mail is sent: to confirm an address, to set a new password', examples: [true] }),
    provider: z
      .string()
      .nullable()
      .meta({ description: 'Name of the OpenID provider, if one is set', examples: ['Company login'] }),
  })
  .meta({ id: 'SignInOptions' })
export type SignInOptions = z.output<typeof SignInOptions>

export const Invitation = z
  .strictObject({
    email: z
      .string()
      .nullable()
      .meta({ examples: ['ben@example.com'] }),
    expires_at: f.Instant,
  })
  .meta({ id: 'Invitation' })
export type Invitation = z.output<typeof Invitation>

export const account = {
  me: { method: 'GET', path: '/me', summary: 'Who am I', access: 'read', returns: Me, status: 200 },
  change: {
    method: 'PATCH',
    path: '/me',
    summary: 'Change your name',
    description: 'E-mail and password are changed at /api/auth/change-email and /api/auth/change-password, which ask for the password.',
    access: 'owner',
    body: MeChanges,
    returns: Me,
    status: 200,
  },
  delete: {
    method: 'DELETE',
    path: '/me',
    summary: 'Delete your account and everything in it',
    description:
      'Every record, token, session and kept backup is gone at once and for good. With AUTH=off the search of this machine is emptied likewise. The last admin cannot go while there are other accounts.',
    access: 'owner',
    body: MeDeletion,
    status: 204,
    problems: ['conflict'],
  },
  signInOptions: {
    method: 'GET',
    path: '/sign-in-options',
    summary: 'How one signs in here',
    access: 'public',
    returns: SignInOptions,
    status: 200,
  },
  invitation: {
    method: 'GET',
    path: '/invitations/{secret}',
    summary: 'Read an invitation by what its link carries',
    access: 'public',
    params: z.strictObject({
      secret: z
        .string()
        .regex(/^[\w-]{43}$/, 'must be what an invitation carries')
        .meta({ examples: ['3kTqPb0V9sYx2mN7cWf4hJ8rLz1aDg5eUo6iKtQnXyA'] }),
    }),
    returns: Invitation,
    status: 200,
    problems: ['not_found'],
  },
} as const satisfies Endpoints
