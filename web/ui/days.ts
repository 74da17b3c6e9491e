/** Calendar days as the wire has them, `2026-11-22`: no hours, so no zone can shift them. */
export type DayString = string

const dayMs = 86_400_000
const toUtc = (day: DayString) => Date.parse(`${day}T00:00:00Z`)

export const addDays = (day: DayString, count: number): DayString => new Date(toUtc(day) + count * dayMs).toISOString().slice(0, 10)
export const daysBetween = (from: DayString, to: DayString): number => Math.round((toUtc(to) - toUtc(from)) / dayMs)

/** The day an instant falls on in a zone. */
export function dayOf(instant: string | Date, timezone: string): DayString {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: timezone, year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(
    new Date(instant),
  )
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}`
}

export const todayIn = (timezone: string): DayString => dayOf(new Date(), timezone)

/** `today`, `in 4 days`, `3 weeks ago`. */
export function relativeDay(day: DayString, today: DayString, locale: string): string {
  const days = daysBetween(today, day)
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const size = Math.abs(days)
  if (size < 14) return words.format(days, 'day')
  if (size < 60) return words.format(Math.round(days / 7), 'week')
  if (size < 730) return words.format(Math.round(days / 30.44), 'month')
  return words.format(Math.round(days / 365.25), 'year')
}

/** `Tue 3 Dec`; with the year when it is not this one. */
export function shortDay(day: DayString, today: DayString, locale: string): string {
  const thisYear = day.slice(0, 4) === today.slice(0, 4)
  return new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(thisYear ? {} : { year: 'numeric' }),
  })
    .format(toUtc(day))
    .replace(',', '')
}

/** `Tuesday, 3 December 2026`. */
export const longDay = (day: DayString, locale: string): string =>
  new Intl.DateTimeFormat(locale, { timeZone: 'UTC', dateStyle: 'full' }).format(toUtc(day))
