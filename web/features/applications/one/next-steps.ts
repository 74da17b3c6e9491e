import type { Application, Interview } from '../../../../contract/applications.ts'
import { closedStatuses } from '../../../../contract/applications.ts'
import { daysBetween } from '../../../ui/days.ts'

export type NextStep =
  | { kind: 'interview'; interview: Interview }
  | { kind: 'how_was_it'; interview: Interview }
  | { kind: 'follow_up'; day: string; isDue: boolean }
  | { kind: 'decide' }
  | { kind: 'apply' }
  | { kind: 'silent'; days: number; isLong: boolean }
  | { kind: 'wait'; days: number }
  | { kind: 'finished' }

type Now = {
  /** ISO instant */
  at: string
  today: string
  /** The day of the last event. */
  lastHeard: string
  followUpAfter: number
  ghostedAfter: number
}

const usualMinutes = 60
export const endOf = ({ starts_at, duration_minutes }: Interview) =>
  new Date(Date.parse(starts_at) + (duration_minutes ?? usualMinutes) * 60_000).toISOString()

/** What to do about an application, the most pressing first. */
export function nextSteps(application: Application, now: Now): NextStep[] {
  const { status, interviews, follow_up_on } = application
  if ((closedStatuses as readonly string[]).includes(status)) return [{ kind: 'finished' }]
  const scheduled = interviews.filter((one) => one.status === 'scheduled').toSorted((a, b) => (a.starts_at < b.starts_at ? -1 : 1))
  const ahead = scheduled.find((one) => endOf(one) > now.at)
  const over = scheduled.filter((one) => endOf(one) <= now.at)
  const silentFor = daysBetween(now.lastHeard, now.today)
  const steps: NextStep[] = [
    ...(ahead ? [{ kind: 'interview', interview: ahead } as const] : []),
    ...over.map((interview) => ({ kind: 'how_was_it', interview }) as const),
    ...(status === 'offer' ? [{ kind: 'decide' } as const] : []),
    ...(follow_up_on === null ? [] : [{ kind: 'follow_up', day: follow_up_on, isDue: follow_up_on <= now.today } as const]),
    ...(status === 'interested' ? [{ kind: 'apply' } as const] : []),
  ]
  if (steps.length > 0) return steps
  return silentFor >= now.followUpAfter
    ? [{ kind: 'silent', days: silentFor, isLong: silentFor >= now.ghostedAfter }]
    : [{ kind: 'wait', days: silentFor }]
}
