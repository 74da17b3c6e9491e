import type { Notification } from '../../../contract/notifications.ts'
import { type DayString, dayOf } from '../../ui/days.ts'

export type DayGroup = { day: DayString; items: Notification[] }

/** By the day in the person's time zone, in the order given. */
export function groupByDay(items: readonly Notification[], timezone: string): DayGroup[] {
  const groups: DayGroup[] = []
  for (const item of items) {
    const day = dayOf(item.created_at, timezone)
    const last = groups.at(-1)
    if (last?.day === day) last.items.push(item)
    else groups.push({ day, items: [item] })
  }
  return groups
}
