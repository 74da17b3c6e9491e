import { addDays, type DayString, dayOf, daysBetween, relativeDay, shortDay } from '../../ui/days.ts'
import { instantOf, timeIn } from '../../ui/zoned-time.ts'

type Here = { timezone: string; locale: string }
export type SnoozeTime = { label: string; at: string }

const minute = 60_000
const latestToday = '22:00'

type Options = {
  timezone: string
  /** Of the day, when reminders come. */
  morningHour: number
  /** When it begins, of an interview that is still to come: after that there is nothing to be reminded of. */
  begins?: string | null
}

/** When to hear of it again, in the words people use. */
export function snoozeTimes(now: Date, { timezone, morningHour, begins = null }: Options): SnoozeTime[] {
  const today = dayOf(now, timezone)
  const morning = `${String(morningHour).padStart(2, '0')}:00`
  const tomorrow = addDays(today, 1)
  const monday = nextMonday(today)
  const inHours = (hours: number) => new Date(Math.ceil((now.getTime() + hours * 60 * minute) / (15 * minute)) * 15 * minute).toISOString()
  const isToday = (at: string) => dayOf(at, timezone) === today && timeIn(at, timezone) <= latestToday
  const beforehand = (minutes: number) => begins && new Date(Date.parse(begins) - minutes * minute).toISOString()
  const times = [
    { label: 'An hour before it', at: beforehand(60) },
    { label: 'A quarter of an hour before it', at: beforehand(15) },
    { label: 'Later today', at: isToday(inHours(3)) ? inHours(3) : null },
    { label: 'In an hour', at: isToday(inHours(3)) ? null : inHours(1) },
    { label: 'Tomorrow morning', at: instantOf(tomorrow, morning, timezone) },
    { label: 'Next week', at: monday === tomorrow ? null : instantOf(monday, morning, timezone) },
  ]
  return times.flatMap(({ label, at }) => (at && Date.parse(at) > now.getTime() && (begins === null || at < begins) ? [{ label, at }] : []))
}

// The 5th of January 1970 was one.
function nextMonday(today: DayString): DayString {
  const since = daysBetween('1970-01-05', today)
  return addDays(today, 7 - (((since % 7) + 7) % 7))
}

/** `today, 14:30`, `tomorrow, 08:00`, `Mon 30 Nov, 08:00`. */
export function momentText(at: string, { timezone, locale }: Here, now = new Date()): string {
  const today = dayOf(now, timezone)
  const day = dayOf(at, timezone)
  const isNear = Math.abs(daysBetween(today, day)) <= 1
  const time = new Intl.DateTimeFormat(locale, { timeZone: timezone, hour: '2-digit', minute: '2-digit' }).format(new Date(at))
  return `${isNear ? relativeDay(day, today, 'en') : shortDay(day, today, locale)}, ${time}`
}
