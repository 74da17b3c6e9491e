/** What is told when jobs arrive, or become others: to who looks for such a job, by their profile or by a view with an alert. */
import { type RawBuilder, sql } from 'kysely'
import type { App } from '../../app.ts'
import type { User } from '../../http/who-is-asking.ts'
import { type Arrival, tellOfMatches } from '../matches/tell.ts'
import { noteInViews, tellOfEntered, type WhereOf } from '../views/alerts.ts'
import { jobsWhere } from './filter.ts'

/** A query for the ids of jobs. */
type Ids = RawBuilder<unknown>

export const idsIn = (ids: readonly string[]): Ids => sql`select unnest(${ids}::uuid[])`

const whereOf =
  (user: User): WhereOf =>
  (filter, timezone) =>
    jobsWhere(user.id, filter, timezone)

/** Before jobs are changed: where they are already. */
export const noteBefore = (app: App, user: User, jobs: Ids) => noteInViews(app, user, jobs, whereOf(user), null)

/** After jobs were added or changed: where they came in. Told by `tellOfJobs` with the same cause, once all is written. */
export const noteAfter = (app: App, user: User, jobs: Ids, cause: string) => noteInViews(app, user, jobs, whereOf(user), cause)

/** `added`: those that were not here before, if any. */
export async function tellOfJobs(app: App, user: User, arrival: Arrival, added?: Ids): Promise<void> {
  if (added) await tellOfMatches(app, user, added, arrival)
  await tellOfEntered(app, user, arrival)
}
