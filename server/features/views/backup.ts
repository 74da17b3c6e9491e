import { sql } from 'kysely'
import { View } from '../../../contract/views.ts'
import type { BackupPart, BackupTable, Restoring } from '../../database/backup-part.ts'
import { clearTable, insertStaged, isJudged, judge, updateStaged } from '../../database/staged-rows.ts'

const views: BackupTable = { table: 'views', name: 'views', key: ['id'], row: View }

export const viewsBackup: BackupPart = {
  files: [{ name: 'views.json', layout: 'list', tables: [views] }],
  units: [views],
  judge: async (to) => {
    await judge(to, views)
    await leaveTakenNames(to)
  },
  write: async (to) => {
    await updateStaged(to, views, isJudged(views, 'updated'), { version: sql`greatest(staged.version, present.version + 1)` })
    await insertStaged(to, views)
  },
  clear: (to) => clearTable(to, views),
}

/** Two views of a kind never have one name: the one that is here, and stays as it is, goes before one that would come. */
async function leaveTakenNames({ db, userId, replaces }: Restoring): Promise<void> {
  await sql`
    update verdicts_views as judged set verdict = 'skipped',
      reason = 'another view here has its name: rename that one, then restore again to bring this one back'
    from staged_views as staged
    where staged.id = judged.id and judged.verdict in ('added', 'updated') and not ${replaces} and exists (
      select 1 from views as other where other.user_id = ${userId}::uuid and other.kind = staged.kind and other.id <> staged.id
        and landed_fold(other.name) = landed_fold(staged.name))`.execute(db)
}
