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

const instantText = (instant: Temporal.Instant) => instant.toString({ fractionalSecondDigits: 3 })
