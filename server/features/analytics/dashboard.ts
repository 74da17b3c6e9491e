import type { Dashboard } from '../../../contract/analytics.ts'
import { openStatuses } from '../../../contract/applications.ts'
import type { App } from '../../app.ts'
import { addDays, dayOf, startOfDay, startOfWeek } from '../../calendar.ts'
import type { User } from '../../http/who-is-asking.ts'
import { findApplications, findApplicationsById } from '../applications/applications.ts'
import { findJobs } from '../jobs/jobs.ts'
import { getSettings } from '../settings/settings.ts'
import { countAppliedOn, countWeek, findDeadlines, findNextTurn, findSilences, findUnloggedIds, getDaysToResponse } from './queries.ts'

const shown = 20
const interviewDaysAhead = 14
const deadlineDaysAhead = 7

/** What to do now, and how the week goes. Days are the user's. */
export async function getDashboard(app: App, user: User): Promise<Dashboard> {
  const settings = await getSettings(app, user)
  const { timezone } = settings
  const now = app.now().toISOString()
  const today = dayOf(now, timezone)
  const thisWeek = startOfWeek(today, settings.week_starts_on)
  const lastWeek = addDays(thisWeek, -7)
  const week = (start: string) =>
    countWeek(app.db, user.id, {
      from: start,
      to: addDays(start, 7),
      startsAt: startOfDay(start, timezone),
      endsAt: startOfDay(addDays(start, 7), timezone),
    })
  const list = (filter: object, sort: 'interview_at' | 'follow_up_on') => findApplications(app, user, { ...filter, sort, limit: shown })

  const interviews = await list(
    { interview_from: today, interview_to: addDays(today, interviewDaysAhead), status: [...openStatuses] },
    'interview_at',
  )
  const followUps = await list({ follow_up_to: today, status: [...openStatuses] }, 'follow_up_on')
  const unlogged = await findUnloggedIds(app.db, user.id, now, shown)
  const silences = await findSilences(app.db, user.id, { now, today, afterDays: settings.follow_up_after_days, limit: shown })
  const applications = await findApplicationsById(app, user, [...unlogged.ids, ...silences.items.map((silence) => silence.id)])

  const jobs = await findJobs(app, user, { sort: '-created_at', limit: 1 })
  const all = await list({}, 'follow_up_on')
  return {
    today,
    interviews: { items: interviews.items, total: interviews.total.value },
    unlogged: { items: unlogged.ids.flatMap((id) => applications.get(id) ?? []), total: unlogged.total },
    follow_ups: { items: followUps.items, total: followUps.total.value },
    deadlines: await findDeadlines(app.db, user.id, { from: today, to: addDays(today, deadlineDaysAhead), limit: shown }),
    silent: {
      items: silences.items.flatMap(({ id, silent_days }) => {
        const application = applications.get(id)
        return application ? [{ application, silent_days }] : []
      }),
      total: silences.total,
    },
    days_to_response: await getDaysToResponse(app.db, user.id),
    this_week: await week(thisWeek),
    last_week: await week(lastWeek),
    goal: { daily: settings.daily_application_goal, today: await countAppliedOn(app.db, user.id, today) },
    records: { jobs: jobs.total.value, applications: all.total.value },
  }
}

/** When it becomes another by the clock alone: at the end of the day, when an interview begins or ends, or when a silence is a day longer. */
export async function dashboardHoldsUntil(app: App, user: User, { today }: Dashboard): Promise<number> {
  const { timezone } = await getSettings(app, user)
  const midnight = Date.parse(startOfDay(addDays(today, 1), timezone))
  const turn = await findNextTurn(app.db, user.id, app.now().toISOString())
  return turn === null ? midnight : Math.min(midnight, Date.parse(turn))
}
