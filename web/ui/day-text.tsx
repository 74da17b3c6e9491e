import { Tooltip } from '@mantine/core'
import { dayOf, longDay, relativeDay, shortDay, todayIn } from './days.ts'
import { useUserLocale } from './user-locale.tsx'

type DayTextProps = {
  /** `2026-12-03`; nothing is shown for null but the placeholder. */
  day: string | null
  /** `both`: "Tue 3 Dec, in 4 days"; else one of the two. */
  show?: 'both' | 'date' | 'relative'
  placeholder?: string
}

/** A day as people say it, the full date on hover. */
export function DayText({ day, show = 'both', placeholder = '–' }: DayTextProps) {
  const { timezone, locale } = useUserLocale()
  if (day === null) return <span className="dimmed">{placeholder}</span>
  const today = todayIn(timezone)
  const short = shortDay(day, today, locale)
  const relative = relativeDay(day, today, locale)
  return (
    <Tooltip label={longDay(day, locale)}>
      <time dateTime={day}>{show === 'both' ? `${short}, ${relative}` : show === 'date' ? short : relative}</time>
    </Tooltip>
  )
}

type InstantTextProps = {
  /** ISO instant in UTC. */
  at: string | null
  /** `moment`: "Tue 3 Dec, 14:00"; `relative`: "in 4 days", or "5 minutes ago" within the day. */
  show?: 'moment' | 'relative'
  placeholder?: string
}

/** A moment in the user's time zone, the exact one with its zone on hover. */
export function InstantText({ at, show = 'moment', placeholder = '–' }: InstantTextProps) {
  const { timezone, locale } = useUserLocale()
  if (at === null) return <span className="dimmed">{placeholder}</span>
  const instant = new Date(at)
  const today = todayIn(timezone)
  const day = dayOf(instant, timezone)
  const time = new Intl.DateTimeFormat(locale, { timeZone: timezone, hour: '2-digit', minute: '2-digit' }).format(instant)
  const exact = new Intl.DateTimeFormat(locale, { timeZone: timezone, dateStyle: 'full', timeStyle: 'long' }).format(instant)
  const text =
    show === 'relative' ? relativeMoment(instant, day, today, locale) : `${day === today ? 'today' : shortDay(day, today, locale)}, ${time}`
  return (
    <Tooltip label={exact}>
      <time dateTime={at}>{text}</time>
    </Tooltip>
  )
}

function relativeMoment(instant: Date, day: string, today: string, locale: string): string {
  const minutes = Math.round((instant.getTime() - Date.now()) / 60_000)
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  if (minutes === 0) return 'just now'
  if (Math.abs(minutes) < 60) return words.format(minutes, 'minute')
  if (Math.abs(minutes) < 12 * 60 || day === today) return words.format(Math.round(minutes / 60), 'hour')
  return relativeDay(day, today, locale)
}
