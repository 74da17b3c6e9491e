import type { App } from '../../app.ts'
import type { User } from '../../http/who-is-asking.ts'
import { findJobIdsOf, findOpenOf, type LockedApplication, lockApplications } from '../applications/many.ts'
import { lockJobs } from '../jobs/many.ts'

export type FoundApplications = {
  applications: Map<string, LockedApplication>
  /** Their jobs, … */
  knownJobs: Set<string>
  /** … and those of them that are not in the trash. */
  liveJobs: Set<string>
  /** The open application of each job. */
  holders: Map<string, string>
}

/** Applications with what decides whether they may be open; unless it is a preview, locked in the order that everybody keeps. `moreJobs`: of those that are gone. */
export async function findApplications(
  app: App,
  user: User,
  ids: readonly string[],
  options: { lock: boolean },
  moreJobs: readonly string[] = [],
): Promise<FoundApplications> {
  const jobIds = [...new Set([...(await findJobIdsOf(app.db, user.id, ids)), ...moreJobs])]
  const jobs = await lockJobs(app.db, user.id, jobIds, ['deleted_at'], options)
  return {
    applications: await lockApplications(app.db, user.id, { ids }, options),
    knownJobs: new Set(jobs.keys()),
    liveJobs: new Set([...jobs.values()].filter(({ deleted_at }) => deleted_at === null).map(({ id }) => id)),
    holders: await findOpenOf(app.db, user.id, jobIds),
  }
}
