import { Temporal } from 'temporal-polyfill'
import type { App } from '../../app.ts'
import { addDays } from '../../calendar.ts'
import { inRetriedTransaction } from '../../database/transaction.ts'
import { getSettings } from '../settings/settings.ts'
import {
  claimDigest,
  countJobsAdded,
  type DueDigest,
  type Entry,
  findComingDeadlines,
  findComingFollowUps,
  findComingInterviews,
  findDigestHours,
  findDueDigests,
  findMoves,
} from './digest-queries.ts'
import { digestAt, lastDigestDay, nextDigestAt } from './digest-time.ts'
import { notify } from './notify.ts'
import type { DigestItem, DigestSection } from './table.ts'
import { workFor } from './work-for.ts'

/** Of one kind; the rest is counted. */
const most = 15
const lateAfterMs = 5 * 60_000

/** Under `forEverybody`. */
export async function makeDigests(app: App, lastLook: string | null): Promise<void> {
  const hours = await findDigestHours(app.db)
  const days = hours.flatMap((one) => {
    const day = lastDigestDay(one.digest, one.timezone, app.now())
    return day === null ? [] : [{ ...one, day }]
  })
  if (days.length === 0) return
  for (const due of await findDueDigests(app.db, days)) await workFor(app, { id: due.user_id }, () => makeDigest(app, due, lastLook))
}

/** One summary of what is coming and of what happened since the one before; none where there is nothing to say. */
function makeDigest(app: App, due: DueDigest, lastLook: string | null): Promise<void> {
  return inRetriedTransaction(app, async (app) => {
    const before = await claimDigest(app.db, due)
    if (before === null) return
    const { user_id, day, digest, timezone } = due
    const now = app.now()
    const user = { id: user_id }
    const { locale } = await getSettings(app, user)
    const [since, dueAt] = [before, day].map((one) => new Date(digestAt(digest, timezone, Temporal.PlainDate.from(one)))) as [Date, Date]
    const sections = await findSections(app, due, { since: since.toISOString(), until: dueAt.toISOString() }, locale)
    if (sections.length === 0) return
    const isLate = lastLook !== null && lastLook < dueAt.toISOString() && now.getTime() - dueAt.getTime() > lateAfterMs
    const said = new Intl.DateTimeFormat(locale, { timeZone: timezone, dateStyle: 'medium', timeStyle: 'short' }).format(dueAt)
    const late = isLate ? [`This digest is late: Landed was not running on ${said}.`] : []
    await notify(app, user, {
      type: 'digest',
      cause: `digest ${day}`,
      title: `${digest.frequency === 'daily' ? 'Your day' : 'Your week'}: ${sections.map(({ summary }) => summary).join(', ')}`,
      body: [...sections.map(inPlainText), ...late].join('\n\n'),
      data: { frequency: digest.frequency, day, is_late: isLate, sections: sections.map(({ title, items }) => ({ title, items })) },
      topic: 'digest',
    })
  })
}

type Summed = DigestSection & { summary: string }

async function findSections(
  app: App,
  { user_id: userId, digest, timezone }: DueDigest,
  happenedIn: { since: string; until: string },
  locale: string,
): Promise<Summed[]> {
  const now = app.now().toISOString()
  const days = digest.frequency === 'daily' ? 1 : 7
  const next = nextDigestAt(digest, timezone, app.now()) as string
  const today = Temporal.Instant.from(now).toZonedDateTimeISO(timezone).toPlainDate().toString()
  const lastDay = addDays(today, days - 1)
  const interviews = await findComingInterviews(app.db, { userId, from: now, until: next, most })
  const followUps = await findComingFollowUps(app.db, { userId, until: lastDay, most })
  const deadlines = await findComingDeadlines(app.db, { userId, from: today, until: addDays(today, days), most })
  const moves = await findMoves(app.db, { userId, from: happenedIn.since, until: happenedIn.until, most })
  const added = await countJobsAdded(app.db, { userId, from: happenedIn.since, until: happenedIn.until })
  const instant = new Intl.DateTimeFormat(locale, {
    timeZone: timezone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
  })
  const onDay = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' })
  const dayText = (text: string) => onDay.format(new Date(text))
  const item = ({ company, title, job_id, application_id }: Entry, on: string, more = ''): DigestItem => ({
    text: `${company}, ${title}${more}`,
    on,
    job_id,
    application_id,
  })
  const happened = moves.map((move) => item(move, dayText(move.occurred_on), `: ${move.status}`))
  if (added > 0) happened.push({ text: count(added, 'job was added', 'jobs were added'), on: null, job_id: null, application_id: null })
  return [
    section(
      'Interviews',
      interviews,
      interviews.map((one) => item(one, instant.format(new Date(one.starts_at)), `, round ${one.round}`)),
      'interview',
    ),
    section(
      'Follow-ups',
      followUps,
      followUps.map((one) => item(one, dayText(one.day))),
      'follow-up',
    ),
    section(
      'Deadlines',
      deadlines,
      deadlines.map((one) => item(one, dayText(one.day))),
      'deadline',
    ),
    section('What happened', moves, happened, 'change', added > 0 ? 1 : 0),
  ].filter(({ items }) => items.length > 0)
}

function section(title: string, found: readonly { total: number }[], items: DigestItem[], noun: string, others = 0): Summed {
  const total = (found[0]?.total ?? 0) + others
  const left = total - items.length
  const rest = left > 0 ? [{ text: `and ${left} more`, on: null, job_id: null, application_id: null }] : []
  return { title, items: [...items, ...rest], summary: count(total, noun, `${noun}s`) }
}

const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`
const inPlainText = ({ title, items }: DigestSection) =>
  [`${title}:`, ...items.map(({ on, text }) => (on === null ? text : `${on}: ${text}`))].join('\n')
