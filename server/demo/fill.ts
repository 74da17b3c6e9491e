import type { App } from '../app.ts'
import { inTransaction, takeTurn } from '../database/transaction.ts'
import { conflict } from '../errors.ts'
import { findJobs } from '../features/jobs/jobs.ts'
import { getProfile, replaceProfile } from '../features/profile/profile.ts'
import { changeSettings, getSettings } from '../features/settings/settings.ts'
import type { User } from '../http/who-is-asking.ts'
import { actsOf } from './acts.ts'
import { Days } from './days.ts'
import { person } from './person.ts'
import { closed } from './stories/closed.ts'
import { interviewing } from './stories/interviewing.ts'
import { saved } from './stories/saved.ts'
import { savedEarlier } from './stories/saved-earlier.ts'
import { waiting } from './stories/waiting.ts'

export const stories = [...interviewing, ...waiting, ...closed, ...saved, ...savedEarlier]

/**
 * Lives ten weeks of a job search in the order they happened, the clock moved along, in one transaction.
 * Throws conflict when the account has jobs, in the trash or not.
 */
export function fillWithSample(app: App, user: User): Promise<{ jobs: number; applications: number }> {
  return inTransaction(app, async (app) => {
    await takeTurn(app, `demo ${user.id}`)
    await refuseUnlessEmpty(app, user)
    const timezone = await writeSettings(app, user)
    if ((await getProfile(app, user)).updated_at === null) await replaceProfile(app, user, person.profile)

    const days = new Days(app.now(), timezone)
    const acts = stories.flatMap((story) => actsOf(story, days)).toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    for (const { at, run } of acts) await run({ ...app, now: () => new Date(at) }, user)
    return {
      jobs: stories.filter((story) => !story.deleted).length,
      applications: stories.filter((story) => story.application).length,
    }
  })
}

async function refuseUnlessEmpty(app: App, user: User): Promise<void> {
  const { total } = await findJobs(app, user, { deleted: 'include', sort: '-created_at', limit: 1 })
  if (total.value === 0) return
  const many = total.relation === 'exact' ? String(total.value) : `more than ${total.value}`
  throw conflict(
    `Your search has ${many} ${total.value === 1 ? 'job' : 'jobs'} in it already (the trash counted), so nothing was added. To look at the sample beside it, start Landed with an empty data folder: DATA_DIR=/tmp/landed-demo npm run demo, then DATA_DIR=/tmp/landed-demo npm start.`,
  )
}

// A browser that was here has said its time zone; that one stays.
async function writeSettings(app: App, user: User): Promise<string> {
  const { updated_at, timezone } = await getSettings(app, user)
  const { timezone: home, ...rest } = person.settings
  await changeSettings(app, user, updated_at === null ? person.settings : rest)
  return updated_at === null ? home : timezone
}
