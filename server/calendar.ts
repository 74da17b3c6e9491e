/** Days and instants in somebody's time zone. Days are `YYYY-MM-DD`, instants ISO 8601 in UTC with milliseconds. */
import { Temporal } from 'temporal-polyfill'

export const dayOf = (instant: string, timezone: string): string =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(timezone).toPlainDate().toString()

/** The first instant of a day; where daylight saving skips midnight, the first that exists. */
export const startOfDay = (day: string, timezone: string): string =>
  instantText(Temporal.PlainDate.from(day).toZonedDateTime(timezone).toInstant())

export const noonOf = (day: string, timezone: string): string =>
  instantText(Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: timezone, plainTime: '12:00' }).toInstant())

export const addDays = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString()

const weekdays = { monday: 1, saturday: 6, sunday: 7 }

/** The first day of the week that `day` is in. */
export function startOfWeek(day: string, startsOn: keyof typeof weekdays): string {
  const date = Temporal.PlainDate.from(day)
  return date.subtract({ days: (date.dayOfWeek - weekdays[startsOn] + 7) % 7 }).toString()
}

const instantText = (instant: Temporal.Instant) => instant.toString({ fractionalSecondDigits: 3 })
