import { sql } from 'kysely'
import { Job } from '../../../contract/jobs.ts'
import type { BackupPart, BackupTable } from '../../database/backup-part.ts'
import { clearTable, insertStaged, isJudged, judge, updateStaged } from '../../database/staged-rows.ts'

const jobs: BackupTable = { table: 'jobs', name: 'jobs', key: ['id'], row: Job }

export const jobsBackup: BackupPart = {
  files: [{ name: 'jobs.json', layout: 'list', tables: [jobs] }],
  units: [jobs],
  judge: (to) => judge(to, jobs),
  write: async (to) => {
    // Which applications a job will have is not known yet where some are here already: then it follows by their trigger.
    await insertStaged(to, jobs, isJudged(jobs, 'added'), to.intoEmpty ? {} : { application_status: sql`null` })
    await updateStaged(to, jobs, isJudged(jobs, 'updated'), {
      application_status: sql`present.application_status`,
      version: sql`greatest(staged.version, present.version + 1)`,
    })
  },
  clear: (to) => clearTable(to, jobs),
}
