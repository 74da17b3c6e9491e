/** Days and instants in somebody's time zone. Days are `YYYY-MM-DD`, instants ISO 8601 in UTC with milliseconds. */
import { LRUCache } from 'lru-cache'
import { Temporal } from 'temporal-polyfill'

export const dayOf = remembering((instant, timezone) =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(timezone).toPlainDate().toString(),
)

/** The first instant of a day; where daylight saving skips midnight, the first that exists. */
export const startOfDay = (day: string, timezone: string): string =>
  instantText(Temporal.PlainDate.from(day).toZonedDateTime(timezone).toInstant())

export const noonOf = remembering((day, timezone) =>
  instantText(Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: timezone, plainTime: '12:00' }).toInstant()),
)

export const addDays = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString()

const weekdays = { monday: 1, saturday: 6, sunday: 7 }

/** The first day of the week that `day` is in. */
export function startOfWeek(day: string, startsOn: keyof typeof weekdays): string {
  const date = Temporal.PlainDate.from(day)
  return date.subtract({ days: (date.dayOfWeek - weekdays[startsOn] + 7) % 7 }).toString()
}

const instantText = (instant: Temporal.Instant) => instant.toString({ fractionalSecondDigits: 3 })

/** An import asks for the same few days thousands of times, and a time zone is slow to work out. */
function remembering(work: (when: string, timezone: string) => string): (when: string, timezone: string) => string {
  const known = new LRUCache<string, string>({ max: 1_000 })
  return (when, timezone) => {
    const key = `${when} ${timezone}`
    const before = known.get(key)
    if (before !== undefined) return before
    const answer = work(when, timezone)
    known.set(key, answer)
    return answer
  }
}
