import type { ApplicationEvent, Interview } from '../../../../contract/applications.ts'
import { dayOf, shortDay } from '../../../ui/days.ts'
import type { UserLocale } from '../../../ui/user-locale.tsx'
import { applicationStatusWords } from '../../../ui/words.ts'
import { timeIn } from '../../../ui/zoned-time.ts'

export const interviewKindWords: Record<Interview['kind'], string> = {
  phone: 'Phone',
  video: 'Video',
  onsite: 'On site',
  take_home: 'Take-home',
  other: 'Other',
}

const eventWords: Record<ApplicationEvent['type'], string> = {
  created: 'Added',
  status_changed: 'Status',
  note: 'Note',
  interview_scheduled: 'Interview scheduled',
  interview_moved: 'Interview moved',
  interview_cancelled: 'Interview cancelled',
  interview_held: 'Interview held',
}

export const eventTitle = ({ type, to_status }: Pick<ApplicationEvent, 'type' | 'to_status'>) =>
  to_status === null ? eventWords[type] : applicationStatusWords[to_status]

/** What the server noted about an interview carries an instant; people get it as they say it. */
export function eventNote(note: string | null, { timezone, locale }: UserLocale, today: string): string | null {
  return (
    note?.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, (instant) => {
      return `${shortDay(dayOf(instant, timezone), today, locale)}, ${timeIn(instant, timezone)}`
    }) ?? null
  )
}
