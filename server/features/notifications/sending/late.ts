import type { App } from '../../../app.ts'
import { getSettings } from '../../settings/settings.ts'
import { interviewTitle } from '../interview-title.ts'
import type { Waiting } from './queries.ts'

const lateAfterMs = 5 * 60_000

/** What to say now: what waited for the end of a night, or for a mail server, says from when it is, and how far an interview is now. */
export async function sayLate(app: App, { user_id, type, message, created_at }: Waiting): Promise<{ title: string; late: string | null }> {
  const now = app.now().getTime()
  if (now - Date.parse(created_at) < lateAfterMs) return { title: message.title, late: null }
  const { timezone, locale } = await getSettings(app, { id: user_id })
  const when = new Intl.DateTimeFormat(locale, { timeZone: timezone, dateStyle: 'medium', timeStyle: 'short' }).format(new Date(created_at))
  const { starts_at, company } = message.data
  const isInterview = type === 'interview_reminder' && typeof starts_at === 'string' && typeof company === 'string'
  return {
    title: isInterview ? interviewTitle(company, Date.parse(starts_at) - now) : message.title,
    late: `This comes late: it is from ${when}.`,
  }
}
