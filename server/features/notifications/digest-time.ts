import { Temporal } from 'temporal-polyfill'
import type { NotificationPreferences } from '../../../contract/notifications.ts'
import { instantAt } from './quiet-hours.ts'

type Digest = NotificationPreferences['digest']

/** The day of the last digest that should have been made by now, in the person's time zone; null: they want none. */
export function lastDigestDay(digest: Digest, timezone: string, now: Date): string | null {
  if (digest.frequency === 'off') return null
  for (let day = dayThere(timezone, now); ; day = day.subtract({ days: 1 }))
    if (isDigestDay(digest, day) && digestAt(digest, timezone, day) <= now.getTime()) return day.toString()
}

export function nextDigestAt(digest: Digest, timezone: string, now: Date): string | null {
  if (digest.frequency === 'off') return null
  for (let day = dayThere(timezone, now); ; day = day.add({ days: 1 })) {
    const at = digestAt(digest, timezone, day)
    if (isDigestDay(digest, day) && at > now.getTime()) return new Date(at).toISOString()
  }
}

/** When the digest of a day is made, in milliseconds. An hour that the clock skips has come when it skips. */
export const digestAt = ({ hour }: Digest, timezone: string, day: Temporal.PlainDate): number =>
  instantAt(day, `${String(hour).padStart(2, '0')}:00`, timezone, 'earlier')

const isDigestDay = ({ frequency, weekday }: Digest, day: Temporal.PlainDate) => frequency === 'daily' || day.dayOfWeek === weekday
const dayThere = (timezone: string, now: Date) => Temporal.Instant.from(now.toISOString()).toZonedDateTimeISO(timezone).toPlainDate()
