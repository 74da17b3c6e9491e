import { Temporal } from 'temporal-polyfill'
import type { NotificationPreferences } from '../../../contract/notifications.ts'

type QuietHours = NotificationPreferences['quiet_hours']

/**
 * The end of the quiet hours that are now; null: they are not. They are told by the clock on the wall: where it goes back they last
 * until it shows `to` for the last time, and a time that it skips has come when it skips.
 */
export function quietUntil({ enabled, from, to }: QuietHours, timezone: string, now: Date): string | null {
  if (!enabled || from === to) return null
  const today = Temporal.Instant.from(now.toISOString()).toZonedDateTimeISO(timezone).toPlainDate()
  for (const day of [today.subtract({ days: 1 }), today]) {
    const begins = instantAt(day, from, timezone, 'earlier')
    const ends = instantAt(from < to ? day : day.add({ days: 1 }), to, timezone, 'later')
    if (begins <= now.getTime() && now.getTime() < ends) return new Date(ends).toISOString()
  }
  return null
}

/** In milliseconds. Of a time that comes twice, the one that is asked for; of one that is skipped, the moment of the skip. */
export function instantAt(day: Temporal.PlainDate, time: string, timezone: string, which: 'earlier' | 'later'): number {
  const plain = day.toPlainDateTime(Temporal.PlainTime.from(time))
  const at = plain.toZonedDateTime(timezone, { disambiguation: which })
  if (at.toPlainDateTime().equals(plain)) return at.epochMilliseconds
  const skip = plain.toZonedDateTime(timezone, { disambiguation: 'earlier' }).getTimeZoneTransition('next')
  return (skip ?? at).epochMilliseconds
}
