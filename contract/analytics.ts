import { z } from 'zod'
import { Application } from './applications.ts'
import type { Endpoints } from './endpoint.ts'
import * as f from './fields.ts'
import { Job } from './jobs.ts'

const Week = z
  .strictObject({
    starts_on: f.Day,
    jobs_added: z.int().meta({ examples: [9] }),
    applied: z.int().meta({ examples: [4] }),
    responses: z.int().meta({ examples: [2] }),
    interviews: z.int().meta({ description: 'Held or scheduled in this week', examples: [1] }),
  })
  .meta({ id: 'WeekInFigures' })

const Due = z.strictObject({ items: z.array(Application), total: z.int() })

export const Dashboard = z
  .strictObject({
    today: f.Day.meta({ description: 'In your time zone' }),
    interviews: Due.meta({ description: 'Scheduled, soonest first, from now to 14 days ahead' }),
    unlogged: Due.meta({ description: 'Their interview is over and nobody said how it went' }),
    follow_ups: Due.meta({ description: 'Open, to be followed up today or before, oldest first' }),
    deadlines: z
      .strictObject({ items: z.array(Job.pick({ id: true, company: true, title: true, deadline_on: true })), total: z.int() })
      .meta({ description: 'Open jobs not applied to, whose deadline is within 7 days' }),
    silent: z
      .strictObject({ items: z.array(z.strictObject({ application: Application, silent_days: z.int() })), total: z.int() })
      .meta({ description: 'Applied or further, no word for `follow_up_after_days`, and no follow-up or interview ahead' }),
    days_to_response: z
      .strictObject({ median: z.number().nullable(), n: z.int() })
      .meta({ description: 'From applying to the first answer, of all your answered applications' }),
    this_week: Week,
    last_week: Week,
    goal: z.strictObject({ daily: z.int(), today: z.int() }).meta({ description: '`daily` 0: no goal is set' }),
    records: z.strictObject({ jobs: z.int(), applications: z.int() }).meta({ description: 'How many there are, up to 10,000 each' }),
  })
  .meta({ id: 'Dashboard' })
export type Dashboard = z.output<typeof Dashboard>

export const analytics = {
  dashboard: {
    method: 'GET',
    path: '/analytics/dashboard',
    summary: 'What to do now, and how the week goes',
    description: 'What the first page needs, in one answer. Lists hold up to 20 each; `total` says how many there are.',
    access: 'read',
    returns: Dashboard,
    status: 200,
  },
} as const satisfies Endpoints
