import { z } from 'zod'
import type { Endpoints } from './endpoint.ts'

const Dependency = z.strictObject({
  status: z.enum(['ok', 'failing']),
  latency_ms: z
    .number()
    .nullable()
    .meta({ examples: [0.6] }),
})

export const operations = {
  live: {
    method: 'GET',
    path: '/health/live',
    root: true,
    summary: 'Is the process alive',
    access: 'public',
    returns: z.strictObject({ status: z.literal('ok') }).meta({ id: 'Liveness' }),
    status: 200,
  },
  ready: {
    method: 'GET',
    path: '/health/ready',
    root: true,
    summary: 'Can it serve: each dependency with its latency',
    access: 'public',
    returns: z
      .strictObject({
        status: z.enum(['ok', 'failing', 'stopping']),
        version: z.string().meta({ examples: ['0.1.0'] }),
        dependencies: z.strictObject({
          database: Dependency,
          redis: Dependency.optional().meta({ description: 'Only with `REDIS_URL`. Without it Landed is slower, and ready all the same' }),
        }),
      })
      .meta({ id: 'Readiness' }),
    status: 200,
    otherStatuses: [503],
  },
} as const satisfies Endpoints
