import type { App } from '../../../app.ts'
import { getSettings } from '../../settings/settings.ts'
import { interviewTitle } from '../interview-title.ts'
import type { Waiting } from './queries.ts'

const lateAfterMs = 5 * 60_000

/** What to say now: how far an interview is by now; and from when it is, if it waited for the end of a night or for a mail server. */
export async function sayNow(app: App, { user_id, type, message, created_at }: Waiting): Promise<{ title: string; late: string | null }> {
  const now = app.now().getTime()
  const { starts_at, company } = message.data
  const isInterview = type === 'interview_reminder' && typeof starts_at === 'string' && typeof company === 'string'
  const title = isInterview ? interviewTitle(company, Date.parse(starts_at) - now) : message.title
  if (now - Date.parse(created_at) < lateAfterMs) return { title, late: null }
  const { timezone, locale } = await getSettings(app, { id: user_id })
  const when = new Intl.DateTimeFormat(locale, { timeZone: timezone, dateStyle: 'medium', timeStyle: 'short' }).format(new Date(created_at))
  return { title, late: `This comes late: it is from ${when}.` }
}
