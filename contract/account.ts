import { z } from 'zod'
import type { Endpoints } from './endpoint.ts'
import * as f from './fields.ts'

export const Me = z
  .strictObject({
    id: f.Id,
    email: z.string().nullable().meta({ description: 'null for the one local user of AUTH=off' }),
    auth: z.enum(['off', 'on']),
    created_at: f.Instant,
  })
  .meta({ id: 'Me' })
export type Me = z.output<typeof Me>

export const account = {
  me: { method: 'GET', path: '/me', summary: 'Who am I', access: 'read', returns: Me, status: 200 },
} as const satisfies Endpoints
