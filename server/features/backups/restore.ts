import { sql } from 'kysely'
import type { Confirmation, RestoreInput, RestoreReport } from '../../../contract/backups.ts'
import type { App } from '../../app.ts'
import { freshenStatistics } from '../../database/statistics.ts'
import { inRetriedTransaction, takeTurn } from '../../database/transaction.ts'
import { AppError } from '../../errors.ts'
import type { User } from '../../http/who-is-asking.ts'
import { keepBackup } from './kept.ts'
import { openArchive } from './read-archive.ts'
import { stageBackup } from './stage.ts'
import { clearAccount, countRecords, restoredTables, takeStaged } from './take-back.ts'

/** All of the file or nothing. `path` is a file on disk that somebody sent, or that Landed kept. */
export async function restoreBackup(app: App, user: User, path: string, input: RestoreInput): Promise<RestoreReport> {
  const started = performance.now()
  await using archive = await openArchive(path)
  await countWhatGoes(app, user, input)
  const report = await inRetriedTransaction(app, async (app) => {
    await waitForTurn(app, user)
    await stageBackup(app.db, archive)
    const removed = await countWhatGoes(app, user, input)
    const isReplacing = removed !== null && !input.dry_run
    const kept = isReplacing && removed.jobs + removed.applications > 0 ? await keepBackup(app, user, 'before_replace') : null
    if (isReplacing) await clearAccount(app, user)
    const told = await takeStaged(app, user, { replaces: input.mode === 'replace', dryRun: input.dry_run })
    const { created_at, landed, counts } = archive.manifest
    return {
      mode: input.mode,
      dry_run: input.dry_run,
      backup: { created_at, landed, counts },
      ...told,
      removed,
      kept_as: kept?.name ?? null,
      duration_ms: Math.round(performance.now() - started),
    }
  })
  await freshenStatistics(app, restoredTables)
  return report
}

async function waitForTurn(app: App, user: User): Promise<void> {
  await sql`set local statement_timeout = 0`.execute(app.db)
  await sql`set local idle_in_transaction_session_timeout = 0`.execute(app.db)
  await sql`set local lock_timeout = 0`.execute(app.db)
  // An import matches its rows with what is here.
  await takeTurn(app, `imports ${user.id}`)
  await sql`set local lock_timeout = '15s'`.execute(app.db)
}

/** Null unless it replaces. Throws `confirmation_required` when somebody may not know how much that is. */
async function countWhatGoes(app: App, user: User, { mode, dry_run, confirm }: RestoreInput): Promise<Confirmation | null> {
  if (mode !== 'replace') return null
  const present = await countRecords(app, user)
  const { jobs, applications } = present
  if (dry_run || jobs + applications === 0 || (confirm?.jobs === jobs && confirm.applications === applications)) return present
  const wanted = JSON.stringify({ jobs, applications })
  const many = `${jobs} ${jobs === 1 ? 'job' : 'jobs'} and ${applications} ${applications === 1 ? 'application' : 'applications'}`
  throw new AppError(
    'confirmation_required',
    `Replacing removes everything that is here: ${many}, the trash counted. Send confirm=${wanted} if you want that; mode=merge removes nothing.`,
    { fieldErrors: [{ field: 'confirm', code: 'confirmation_required', message: `must be ${wanted}` }] },
  )
}
