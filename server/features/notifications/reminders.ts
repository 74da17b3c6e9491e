/** Tells what is due. Safe to call at any time, from any number of processes: each cause is told once. */

import { Temporal } from 'temporal-polyfill'
import type { NotificationType } from '../../../contract/notifications.ts'
import type { App } from '../../app.ts'
import { addDays } from '../../calendar.ts'
import { forEverybody } from '../../database/row-security.ts'
import { inRetriedTransaction } from '../../database/transaction.ts'
import type { User } from '../../http/who-is-asking.ts'
import { hintChanged } from '../../live/live.ts'
import { getSettings } from '../settings/settings.ts'
import { makeDigests } from './digest.ts'
import {
  claimDay,
  type Due,
  type DueDay,
  type DueInterview,
  endSnoozes,
  exchangeLook,
  findDeadlines,
  findDueDays,
  findDueInterviews,
  findFollowUps,
  findSilent,
  findWithEndedSnoozes,
  findZonesAndHours,
} from './due-queries.ts'
import { interviewTitle } from './interview-title.ts'
import { notify } from './notify.ts'
import { getPreferences, isWanted } from './preferences.ts'
import { enqueue } from './sending/enqueue.ts'
import { workFor } from './work-for.ts'

const minute = 60_000
/** Older than this, and from after the last look: it was missed while Landed did not run. */
const lateAfterMs = 5 * minute
const deadlineDaysAhead = 3
/** More of one kind on one day become one summary. */
const toldEach = 10

export function remind(app: App): Promise<void> {
  return forEverybody(async () => {
    const now = app.now().toISOString()
    const lastLook = await exchangeLook(app.db, now)
    for (const id of await findWithEndedSnoozes(app.db, now)) await workFor(app, { id }, () => bringBack(app, { id }, now))
    for (const interview of await findDueInterviews(app.db, now))
      await workFor(app, { id: interview.user_id }, () => remindOfInterview(app, interview, lastLook))
    for (const due of await findDueDays(app.db, await daysWhereItIsTime(app, now)))
      await workFor(app, { id: due.user_id }, () => remindOfDay(app, due, now))
    await makeDigests(app, lastLook)
  })
}

/** What was put away until now asks for attention again, on every channel. */
function bringBack(app: App, user: User, now: string): Promise<void> {
  return inRetriedTransaction(app, async (app) => {
    const preferences = await getPreferences(app, user)
    for (const notification of await endSnoozes(app.db, user.id, now)) {
      await enqueue(app, user, preferences, { ...notification, isInApp: true }, (channel) =>
        isWanted(preferences, notification.type, channel),
      )
    }
    hintChanged(app, user.id)
  })
}

function remindOfInterview(app: App, { user_id, id }: DueInterview, lastLook: string | null): Promise<void> {
  return inRetriedTransaction(app, async (app) => {
    const now = app.now()
    const [interview] = await findDueInterviews(app.db, now.toISOString(), { user_id, id })
    if (!interview) return
    const { cause, application_id, job_id, starts_at, round, kind, place, company, title, minutes_before, duration_minutes } = interview
    const user = { id: user_id }
    const { timezone, locale } = await getSettings(app, user)
    const say = (instant: string) =>
      new Intl.DateTimeFormat(locale, { timeZone: timezone, dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant))
    const dueAt = new Date(Date.parse(starts_at) - minutes_before * minute).toISOString()
    const isLate = lastLook !== null && lastLook < dueAt && now.getTime() - Date.parse(dueAt) > lateAfterMs
    const late = isLate ? ` This reminder is late: Landed was not running on ${say(dueAt)}.` : ''
    await notify(app, user, {
      type: 'interview_reminder',
      cause,
      title: interviewTitle(company, Date.parse(starts_at) - now.getTime()),
      body: `${title}, round ${round}, ${kind.replace('_', ' ')}, ${say(starts_at)}${place ? `, ${place}` : ''}.${late}`,
      data: { interview_id: id, starts_at, company, minutes_before, is_late: isLate },
      topic: `interview ${id}`,
      pointlessAt: new Date(Date.parse(starts_at) + (duration_minutes ?? 60) * minute).toISOString(),
      job_id,
      application_id,
    })
  })
}

/** In each time zone the day that it is there, if the hour for reminders has come. An hour that a clock skips has come after it. */
async function daysWhereItIsTime(app: App, now: string) {
  const zones = await findZonesAndHours(app.db)
  return zones.flatMap(({ timezone, hour }) => {
    const local = Temporal.Instant.from(now).toZonedDateTimeISO(timezone)
    return local.hour >= hour ? [{ timezone, hour, day: local.toPlainDate().toString() }] : []
  })
}

function remindOfDay(app: App, due: DueDay, now: string): Promise<void> {
  return inRetriedTransaction(app, async (app) => {
    if (!(await claimDay(app.db, due))) return
    const { ghosted_after_days, locale } = await getSettings(app, { id: due.user_id })
    const on = (day: string) =>
      day === due.day
        ? 'today'
        : day === addDays(due.day, 1)
          ? 'tomorrow'
          : day === addDays(due.day, -1)
            ? 'yesterday'
            : `on ${dayText(day, locale)}`
    await tellEach(app, due, 'follow_up_due', await findFollowUps(app.db, due), {
      one: ({ company, since }) => `Follow up with ${company}${since < due.day ? `, due ${on(since)}` : ''}`,
      many: (n) => `${n} follow-ups are due`,
    })
    await tellEach(app, due, 'deadline_near', await findDeadlines(app.db, due, deadlineDaysAhead), {
      one: ({ company, since }) => `Deadline ${on(since)}: ${company}`,
      many: (n) => `${n} deadlines are near`,
    })
    await tellEach(app, due, 'application_silent', await findSilent(app.db, due, ghosted_after_days, now), {
      one: ({ company }) => `No answer from ${company} for ${ghosted_after_days} days`,
      many: (n) => `${n} applications are without an answer`,
    })
  })
}

/** `Fri 27 Nov`. */
const dayText = (day: string, locale: string) =>
  new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' })
    .format(new Date(`${day}T00:00:00Z`))
    .replace(',', '')

type Words = { one: (due: Due) => string; many: (n: number) => string }

async function tellEach(
  app: App,
  { user_id, day }: DueDay,
  type: NotificationType,
  all: readonly Due[],
  { one, many }: Words,
): Promise<void> {
  const user = { id: user_id }
  for (const due of all.slice(0, all.length > toldEach ? 0 : toldEach)) {
    const { cause, job_id, application_id, title, since } = due
    await notify(app, user, { type, cause, title: one(due), body: title, data: { day: since }, job_id, application_id })
  }
  if (all.length <= toldEach) return
  const body = all
    .slice(0, toldEach)
    .map(({ company, title }) => `${company}: ${title}`)
    .join('\n')
  const data = { count: all.length, job_ids: all.map(({ job_id }) => job_id) }
  await notify(
    app,
    user,
    { type, cause: `${type} ${day}`, title: many(all.length), body: `${body}\n…`, data },
    all.map(({ cause }) => cause),
  )
}
