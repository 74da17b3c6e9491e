import { z } from 'zod'
import type { Endpoints } from './endpoint.ts'
import * as f from './fields.ts'

/** What programs show instead of a password. */

export const TokenScope = z.enum(['read', 'write'])

const written = {
  name: f.Line.max(100).meta({ description: 'What it is for', examples: ['Calendar on my phone'] }),
  scopes: z
    .array(TokenScope)
    .min(1, 'must name what the token may do')
    .transform((scopes) => [...new Set(scopes)].toSorted())
    .meta({ description: '`read`: every GET. `write`: what changes something. One does not imply the other.', examples: [['read']] }),
}

export const NewToken = z
  .strictObject({
    ...written,
    expires_at: f.Instant.nullable()
      .default(null)
      .meta({ description: 'null: until it is removed', examples: ['2027-11-22T08:00:00.000Z'] }),
  })
  .meta({ id: 'NewToken' })
export type NewToken = z.output<typeof NewToken>

const record = {
  id: f.Id,
  ...written,
  prefix: z.string().meta({ description: 'How the token begins, to know it again', examples: ['ldd_3kTq'] }),
  expires_at: f.Instant.nullable(),
  last_used_at: f.Instant.nullable().meta({ description: 'To the minute' }),
  created_at: f.Instant,
}

export const Token = z.strictObject(record).meta({ id: 'Token' })
export type Token = z.output<typeof Token>

export const CreatedToken = z
  .strictObject({
    ...record,
    token: z
      .string()
      .meta({ description: 'Shown this once; only its hash is kept', examples: ['ldd_3kTqPb0V9sYx2mN7cWf4hJ8rLz1aDg5eUo6iKtQnXyA'] }),
  })
  .meta({ id: 'CreatedToken' })
export type CreatedToken = z.output<typeof CreatedToken>

export const TokenListQuery = z.strictObject({ ...f.page, sort: f.sortOf(['created_at']).default('-created_at') })
export type TokenListQuery = z.output<typeof TokenListQuery>

export const TokenList = f.listOf(Token).meta({ id: 'TokenList' })
export type TokenList = z.output<typeof TokenList>

export const tokens = {
  list: {
    method: 'GET',
    path: '/tokens',
    summary: 'List your API tokens',
    access: 'read',
    query: TokenListQuery,
    returns: TokenList,
    status: 200,
    problems: ['invalid_query', 'invalid_cursor'],
  },
  create: {
    method: 'POST',
    path: '/tokens',
    summary: 'Make an API token',
    description:
      'Sent as `Authorization: Bearer ldd_…`. Takes no Idempotency-Key: the answer would have to be kept, and the token is in it. With AUTH=off tokens can be made too, but nobody asks for them.',
    access: 'owner',
    body: NewToken,
    returns: CreatedToken,
    status: 201,
    location: '/tokens/{id}',
    problems: ['conflict'],
  },
  delete: {
    method: 'DELETE',
    path: '/tokens/{id}',
    summary: 'Remove an API token: it is refused from now on',
    access: 'owner',
    params: z.strictObject({ id: f.Id }),
    status: 204,
    problems: ['not_found'],
  },
} as const satisfies Endpoints
