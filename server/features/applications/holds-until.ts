import type { Application } from '../../../contract/applications.ts'

const usualMinutes = 60

/**
 * Until when these stay as they are if nobody changes them, in milliseconds: `interview_at` is the next interview that is not over,
 * so it becomes another one when that one ends.
 */
export function holdsUntil({ items }: { items: Application[] }): number | undefined {
  const ends = items.flatMap(({ interview_at, interviews }) =>
    interviews
      .filter(({ starts_at, status }) => starts_at === interview_at && status === 'scheduled')
      .map(({ starts_at, duration_minutes }) => Date.parse(starts_at) + (duration_minutes ?? usualMinutes) * 60_000),
  )
  return ends.length === 0 ? undefined : Math.min(...ends)
}
