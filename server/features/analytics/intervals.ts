import type { Settings } from '../../../contract/settings.ts'
import { addDays, startOfWeek } from '../../calendar.ts'

export type Interval = 'week' | 'month' | 'year'
export type Point = { start: string; value: number }

const startOf = (day: string, interval: Interval, weekStartsOn: Settings['week_starts_on']): string => {
  if (interval === 'week') return startOfWeek(day, weekStartsOn)
  return interval === 'month' ? `${day.slice(0, 7)}-01` : `${day.slice(0, 4)}-01-01`
}

/**
 * Days with their counts, in order, as intervals from the first to the last: those in between that have none are 0.
 * At most the newest `most`, so that one wrong year does not make thousands.
 */
export function inIntervals(
  days: readonly { day: string; n: number }[],
  interval: Interval,
  weekStartsOn: Settings['week_starts_on'],
  most: number,
): Point[] {
  const values = new Map<string, number>()
  for (const { day, n } of days) {
    const start = startOf(day, interval, weekStartsOn)
    values.set(start, (values.get(start) ?? 0) + n)
  }
  const starts = [...values.keys()]
  const first = starts[0]
  const points: Point[] = []
  for (let start = starts.at(-1); first && start && start >= first && points.length < most; start = before(start, interval, weekStartsOn)) {
    points.unshift({ start, value: values.get(start) ?? 0 })
  }
  return points
}

const before = (start: string, interval: Interval, weekStartsOn: Settings['week_starts_on']) =>
  startOf(addDays(start, -1), interval, weekStartsOn)
