import type { Match } from '../../../contract/matches.ts'
import type { App } from '../../app.ts'
import { notFound } from '../../errors.ts'
import type { User } from '../../http/who-is-asking.ts'
import { findCompared } from './queries.ts'
import { partsOf } from './words.ts'

export { keepScores, scoreJobs } from './scoring.ts'

export async function getMatch(app: App, user: User, jobId: string): Promise<Match> {
  const compared = await findCompared(app.db, user.id, jobId)
  if (!compared) throw notFound('job')
  return { score: compared.score, parts: partsOf(compared) }
}
