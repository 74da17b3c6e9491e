import type { RawBuilder } from 'kysely'
import type { App } from '../../app.ts'
import type { User } from '../../http/who-is-asking.ts'
import { notify } from '../notifications/notifications.ts'
import { getSettings } from '../settings/settings.ts'
import { findCompared, findMatching } from './queries.ts'
import { partsOf } from './words.ts'

/** What brought jobs here, as a key of its kind, such as `import <id>`; `data` names it for programs. */
export type Arrival = { cause: string; data: Record<string, string>; isSeen: boolean }

/** Tells of new jobs that fit the profile, as the last thing in their transaction: of one by itself, of more in one summary. `jobs` is a query for their ids. */
export async function tellOfMatches(app: App, user: User, jobs: RawBuilder<unknown>, { cause, data, isSeen }: Arrival): Promise<void> {
  const { match_threshold: threshold } = await getSettings(app, user)
  const { total, count, best } = await findMatching(app.db, user.id, jobs, threshold)
  const [first] = best
  if (!first) return
  const news = { type: 'new_job_match', cause: `match ${cause}`, isSeen } as const
  if (total === 1) {
    const compared = await findCompared(app.db, user.id, first.id)
    const parts = compared ? partsOf(compared) : []
    await notify(app, user, {
      ...news,
      title: `Fits your profile: ${first.company}`,
      body: [`${first.title}, ${first.score} of 100.`, ...parts.filter(({ score }) => score !== null).map(({ words }) => `${words}.`)].join(
        ' ',
      ),
      data: { ...data, score: first.score, threshold, parts },
      job_id: first.id,
    })
    return
  }
  const lines = best.slice(0, listed).map(({ company, title, score }) => `${company}: ${title} (${score})`)
  await notify(app, user, {
    ...news,
    title: `${count} of ${total} new jobs ${count === 1 ? 'fits' : 'fit'} your profile`,
    body: [...lines, ...(count > lines.length ? ['…'] : [])].join('\n'),
    data: { ...data, count, total, threshold, jobs: best.map(({ id, score }) => ({ id, score })) },
    job_id: count === 1 ? first.id : null,
  })
}

const listed = 10
