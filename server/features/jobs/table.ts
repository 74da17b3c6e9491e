import type { Generated } from 'kysely'
import type { Job } from '../../../contract/jobs.ts'

export type JobsTable = Omit<Job, 'match_score' | 'application_status' | 'version'> & {
  user_id: string
  match_score: Generated<number | null>
  application_status: Generated<Job['application_status']>
  version: Generated<number>
}
