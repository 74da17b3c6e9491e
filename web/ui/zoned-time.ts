import type { DayString } from './days.ts'

// Making a format costs a thousand times what using it does.
const formats = new Map<string, Intl.DateTimeFormat>()
const formatOf = (timeZone: string) => {
  const known = formats.get(timeZone)
  if (known) return known
  const numeric = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' } as const
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, hourCycle: 'h23', ...numeric })
  formats.set(timeZone, format)
  return format
}

/** What the clocks of the zone show, as if it were UTC. */
function wallClock(instant: number, timezone: string): string {
  const parts = formatOf(timezone).formatToParts(instant)
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '00'
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}Z`
}

/** `14:30`, as the clocks of the zone have it. */
export const timeIn = (instant: string, timezone: string): string => wallClock(Date.parse(instant), timezone).slice(11, 16)

/** The instant at which the clocks of a zone show a day and a time. Where they skip that time, the first after the gap. */
export function instantOf(day: DayString, time: string, timezone: string): string {
  const wanted = Date.parse(`${day}T${time}:00Z`)
  const offsetAt = (instant: number) => Date.parse(wallClock(instant, timezone)) - instant
  const guess = wanted - offsetAt(wanted)
  // On the days when clocks change, the offset at the guess is another than the one it was made with.
  const settled = wanted - offsetAt(guess)
  return new Date(Math.max(settled, settled === guess ? guess : wanted - offsetAt(settled))).toISOString()
}
