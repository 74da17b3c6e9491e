import { z } from 'zod'
import type { Endpoints } from './endpoint.ts'
import * as f from './fields.ts'

/** How well a job fits a profile, and why. */

/** In the order of the database's `landed_match()`, with what each weighs in `landed_match_score()`. */
export const matchWeights = { skills: 40, place: 15, remote: 15, job_type: 10, salary: 10, experience: 10 } as const
export type MatchKind = keyof typeof matchWeights

const kinds = Object.keys(matchWeights) as [MatchKind, ...MatchKind[]]

export const MatchPart = z
  .strictObject({
    kind: z.enum(kinds),
    weight: z.int().meta({ examples: [40] }),
    score: z
      .int()
      .nullable()
      .meta({ description: '0 to 100; null: the job does not say, and is taken to fit by half', examples: [75] }),
    words: z.string().meta({ examples: ['3 of 4 skills: Go, PostgreSQL and Docker; not Rust'] }),
    data: z.record(z.string(), z.unknown()).meta({
      description: 'The same for programs; what is in it depends on the kind',
      examples: [{ have: ['Go', 'PostgreSQL', 'Docker'], missing: ['Rust'] }],
    }),
  })
  .meta({ id: 'MatchPart' })
export type MatchPart = z.output<typeof MatchPart>

export const Match = z
  .strictObject({
    score: z
      .int()
      .nullable()
      .meta({ description: '0 to 100; null: the profile asks for nothing, or the job says nothing of what it asks for', examples: [82] }),
    parts: z.array(MatchPart).meta({ description: 'What the profile asks for, what weighs most first' }),
  })
  .meta({ id: 'Match' })
export type Match = z.output<typeof Match>

export const matches = {
  get: {
    method: 'GET',
    path: '/jobs/{id}/match',
    summary: 'Read how well a job fits your profile, and why',
    description: '`match_score` of the job, with its reasons.',
    access: 'read',
    params: z.strictObject({ id: f.Id }),
    returns: Match,
    status: 200,
    problems: ['not_found'],
  },
} as const satisfies Endpoints
