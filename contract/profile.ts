import { z } from 'zod'
import type { Endpoints } from './endpoint.ts'
import * as f from './fields.ts'
import { JobType, RemoteOption } from './jobs.ts'

export const Skill = z
  .strictObject({
    name: f.Line.meta({ examples: ['TypeScript'] }),
    level: z.int().min(1).max(5).nullable().default(null).meta({ description: '1 (seen it) to 5 (could teach it)' }),
  })
  .meta({ id: 'Skill' })

const writable = {
  headline: f.OptionalLine.meta({ examples: ['Backend engineer who likes small teams'] }),
  skills: z.array(Skill).max(500),
  experience_level: z.enum(['internship', 'entry', 'mid', 'senior', 'lead', 'executive']).nullable(),
  years_experience: z
    .number()
    .min(0)
    .max(80)
    .nullable()
    .meta({ examples: [6] }),
  preferred_locations: f.Words.meta({ examples: [['Lisbon']] }),
  remote_preference: RemoteOption.nullable(),
  job_types: z
    .array(JobType)
    .max(JobType.options.length)
    .transform((types) => [...new Set(types)]),
  desired_salary_min: f.Money.nullable().meta({ examples: [60000] }),
  salary_currency: f.Currency.nullable(),
}

const lists = {
  skills: f.orEmpty(writable.skills),
  preferred_locations: f.orEmpty(writable.preferred_locations),
  job_types: f.orEmpty(writable.job_types),
}

export const ProfileInput = z
  .strictObject({
    headline: writable.headline.default(null),
    skills: lists.skills.default([]),
    experience_level: writable.experience_level.default(null),
    years_experience: writable.years_experience.default(null),
    preferred_locations: lists.preferred_locations.default([]),
    remote_preference: writable.remote_preference.default(null),
    job_types: lists.job_types.default([]),
    desired_salary_min: writable.desired_salary_min.default(null),
    salary_currency: writable.salary_currency.default(null),
  })
  .meta({ id: 'ProfileInput' })
export type ProfileInput = z.output<typeof ProfileInput>

export const ProfileChanges = z
  .strictObject({ ...writable, ...lists })
  .partial()
  .meta({ id: 'ProfileChanges' })
export type ProfileChanges = z.output<typeof ProfileChanges>

export const Profile = z
  .strictObject({ ...writable, updated_at: f.Instant.nullable().meta({ description: 'null: never written' }) })
  .meta({ id: 'Profile' })
export type Profile = z.output<typeof Profile>

export const profile = {
  get: { method: 'GET', path: '/profile', summary: 'Read your profile', access: 'read', returns: Profile, status: 200 },
  replace: {
    method: 'PUT',
    path: '/profile',
    summary: 'Write your profile anew',
    description: 'What is left out is reset.',
    access: 'write',
    body: ProfileInput,
    returns: Profile,
    status: 200,
  },
  update: {
    method: 'PATCH',
    path: '/profile',
    summary: 'Change your profile',
    access: 'write',
    body: ProfileChanges,
    returns: Profile,
    status: 200,
  },
} as const satisfies Endpoints
