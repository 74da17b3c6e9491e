import type { Settings } from '../../../contract/settings.ts'
import type { App } from '../../app.ts'
import type { Selection } from '../../database/keyset.ts'
import { type Interval, inIntervals, type Point } from './intervals.ts'
import {
  countDaysOfJobs,
  countDaysSent,
  countJobs,
  countReached,
  countSent,
  countSkills,
  countSources,
  type Named,
} from './selection-queries.ts'

/** A list of jobs or applications, filtered as its selection says. */
type Chosen = Pick<Selection, 'from' | 'where'>

/** `value` is null when there is nothing to divide by. */
export type Rate = { value: number | null; numerator: number; denominator: number }

/**
 * What a list of applications comes to, and between which days they were sent.
 * A rate counts what an event ever reached, whatever the status is now, out of those that were ever applied.
 */
export async function getApplicationFigures(app: App, chosen: Chosen) {
  const reached = await countReached(app.db, chosen)
  const { first_on, last_on, ...days_to_response } = await countSent(app.db, chosen)
  const rate = (numerator: number): Rate => ({
    value: reached.applied === 0 ? null : numerator / reached.applied,
    numerator,
    denominator: reached.applied,
  })
  return {
    total: reached.total,
    active: reached.active,
    applied: reached.applied,
    first_on,
    last_on,
    response_rate: rate(reached.responses),
    interview_rate: rate(reached.interviews),
    offer_rate: rate(reached.offers),
    acceptance_rate: rate(reached.accepted),
    days_to_response,
  }
}

export type ApplicationFigures = Awaited<ReturnType<typeof getApplicationFigures>>

export const getJobFigures = (app: App, chosen: Chosen, timezone: string) => countJobs(app.db, chosen, timezone)
export type JobFigures = Awaited<ReturnType<typeof getJobFigures>>

/** How many applications were sent in each interval. */
export async function getSent(app: App, chosen: Chosen, into: Into): Promise<Activity> {
  return activityOf(await countDaysSent(app.db, chosen), into)
}

/** How many jobs were added in each interval. */
export async function getAdded(app: App, chosen: Chosen, into: Into): Promise<Activity> {
  return activityOf(await countDaysOfJobs(app.db, chosen, into.settings.timezone), into)
}

export type { Named }

type Into = {
  /** The finest interval of which no more than `most` are needed is taken. */
  most: number
  settings: Pick<Settings, 'timezone' | 'week_starts_on'>
}
export type Activity = { interval: Interval; points: Point[] }

function activityOf(days: { day: string; n: number }[], { most, settings }: Into): Activity {
  const points = (interval: Interval, most: number) => inIntervals(days, interval, settings.week_starts_on, most)
  for (const interval of ['week', 'month'] as const) {
    const found = points(interval, most + 1)
    if (found.length <= most) return { interval, points: found }
  }
  return { interval: 'year', points: points('year', most) }
}

/** The skills that most jobs of the list name. */
export const findTopSkills = (app: App, chosen: Chosen, limit: number): Promise<Named[]> => countSkills(app.db, chosen, limit)

/** Where most jobs of the list were found. */
export const findTopSources = (app: App, chosen: Chosen, limit: number): Promise<Named[]> => countSources(app.db, chosen, limit)
