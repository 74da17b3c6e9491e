/**
 * Views that tell when a job comes in. What a view knows of is written down: the jobs that it told of, and those that were in it
 * already when they were changed. So no job is ever told twice, and an alert that is switched on later is silent about what is in.
 */
import type { RawBuilder } from 'kysely'
import { JobFilter } from '../../../contract/jobs.ts'
import type { App } from '../../app.ts'
import type { User } from '../../http/who-is-asking.ts'
import { notify } from '../notifications/notifications.ts'
import { getSettings } from '../settings/settings.ts'
import { findAlerts, findEntered, insertKnown } from './queries.ts'

/** Which jobs are in a view is decided by their own list. */
export type WhereOf = (filter: JobFilter, timezone: string) => RawBuilder<unknown>

/** Notes which of these jobs are in which view: silently, or, with a cause, for `tellOfEntered`. `jobs` is a query for their ids. */
export async function noteInViews(app: App, user: User, jobs: RawBuilder<unknown>, whereOf: WhereOf, cause: string | null): Promise<void> {
  const alerts = await findAlerts(app.db, user.id)
  if (alerts.length === 0) return
  const { timezone } = await getSettings(app, user)
  for (const { id, query } of alerts) {
    await insertKnown(app.db, user.id, { viewId: id, where: whereOf(JobFilter.parse(query), timezone), jobs, cause })
  }
}

/** Tells what came in by this cause, as the last thing in its transaction: one summary a view. */
export async function tellOfEntered(
  app: App,
  user: User,
  { cause, data, isSeen }: { cause: string; data: Record<string, string>; isSeen: boolean },
): Promise<void> {
  for (const { id, name } of await findAlerts(app.db, user.id)) {
    const { count, newest } = await findEntered(app.db, user.id, id, cause)
    const [first] = newest
    if (!first) continue
    const lines = newest.slice(0, listed).map(({ company, title }) => `${company}: ${title}`)
    await notify(app, user, {
      type: 'view_alert',
      cause: `view ${id} ${cause}`,
      title: count === 1 ? `New in “${name}”: ${first.company}` : `${count} new jobs in “${name}”`,
      body: count === 1 ? first.title : [...lines, ...(count > lines.length ? ['…'] : [])].join('\n'),
      data: { ...data, view_id: id, view: name, count, job_ids: newest.map(({ id }) => id) },
      job_id: count === 1 ? first.id : null,
      isSeen,
    })
  }
}

const listed = 10
