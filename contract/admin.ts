import { z } from 'zod'
import type { Endpoints } from './endpoint.ts'
import * as f from './fields.ts'

/** Who may be here. Nothing of what accounts hold: an admin sees no more of them than this. */

export const AccountRecord = z
  .strictObject({
    id: f.Id,
    email: z
      .string()
      .nullable()
      .meta({ examples: ['ben@example.com'] }),
    name: z.string().meta({ examples: ['Ben'] }),
    is_admin: z.boolean(),
    email_verified: z.boolean(),
    disabled_at: f.Instant.nullable().meta({ description: 'Since when this account cannot sign in' }),
    created_at: f.Instant,
  })
  .meta({ id: 'AccountRecord' })
export type AccountRecord = z.output<typeof AccountRecord>

export const AccountChanges = z
  .strictObject({
    disabled: z
      .boolean()
      .meta({ description: 'true: every session and token is refused from now on; what the account holds stays', examples: [true] }),
    is_admin: z.boolean(),
  })
  .partial()
  .meta({ id: 'AccountChanges' })
export type AccountChanges = z.output<typeof AccountChanges>

export const Invite = z
  .strictObject({
    id: f.Id,
    email: z
      .string()
      .nullable()
      .meta({ description: 'Who alone may use it; null: whoever has the link', examples: ['ben@example.com'] }),
    sent: z.boolean().meta({ description: 'Whether it was handed to the mail server', examples: [true] }),
    expires_at: f.Instant,
    used_at: f.Instant.nullable(),
    created_at: f.Instant,
  })
  .meta({ id: 'Invite' })
export type Invite = z.output<typeof Invite>

export const NewInvite = z
  .strictObject({
    email: z
      .email('must be an e-mail address')
      .max(254)
      .toLowerCase()
      .nullable()
      .default(null)
      .meta({ description: 'Where to send it, if mail is set up; nobody else can use it', examples: ['ben@example.com'] }),
  })
  .meta({ id: 'NewInvite' })
export type NewInvite = z.output<typeof NewInvite>

export const CreatedInvite = z
  .strictObject({
    ...Invite.shape,
    url: z.string().meta({
      description: 'The link, shown this once. Whoever opens it can make one account within 7 days.',
      examples: ['https://landed.example.com/invitation?secret=3kTqPb0V9sYx2mN7cWf4hJ8rLz1aDg5eUo6iKtQnXyA'],
    }),
  })
  .meta({ id: 'CreatedInvite' })
export type CreatedInvite = z.output<typeof CreatedInvite>

const listed = z.strictObject({ ...f.page, sort: f.sortOf(['created_at']).default('-created_at') })
export type AdminListQuery = z.output<typeof listed>

const AccountListQuery = z.strictObject({
  ...listed.shape,
  q: f
    .queryText(254)
    .optional()
    .meta({ description: 'A part of the name or the e-mail', examples: ['ben'] }),
})
export type AccountListQuery = z.output<typeof AccountListQuery>

export const AccountList = f.listOf(AccountRecord).meta({ id: 'AccountList' })
export type AccountList = z.output<typeof AccountList>
export const InviteList = f.listOf(Invite).meta({ id: 'InviteList' })
export type InviteList = z.output<typeof InviteList>

const byId = z.strictObject({ id: f.Id })
const list = { method: 'GET', access: 'admin', query: listed, status: 200, problems: ['invalid_query', 'invalid_cursor'] } as const

export const admin = {
  listUsers: { ...list, path: '/admin/users', summary: 'List accounts', query: AccountListQuery, returns: AccountList },
  changeUser: {
    method: 'PATCH',
    path: '/admin/users/{id}',
    summary: 'Disable or enable an account, or make it an admin',
    access: 'admin',
    params: byId,
    body: AccountChanges,
    returns: AccountRecord,
    status: 200,
    problems: ['not_found', 'conflict'],
  },
  listInvites: { ...list, path: '/admin/invites', summary: 'List invitations', returns: InviteList },
  createInvite: {
    method: 'POST',
    path: '/admin/invites',
    summary: 'Invite somebody',
    description: 'Takes no Idempotency-Key: the answer would have to be kept, and the link is in it.',
    access: 'admin',
    body: NewInvite,
    returns: CreatedInvite,
    status: 201,
    location: '/admin/invites/{id}',
    problems: ['conflict'],
  },
  deleteInvite: {
    method: 'DELETE',
    path: '/admin/invites/{id}',
    summary: 'Take an invitation back',
    access: 'admin',
    params: byId,
    status: 204,
    problems: ['not_found'],
  },
} as const satisfies Endpoints
