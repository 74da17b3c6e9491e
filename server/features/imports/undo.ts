/** Takes an import back: what it created goes, what it changed is again what it was, what was changed since stays. */
import { type RawBuilder, sql } from 'kysely'
import type { Import, ImportUndo } from '../../../contract/imports.ts'
import type { App } from '../../app.ts'
import { freshenStatistics } from '../../database/statistics.ts'
import { inTransaction, takeTurn } from '../../database/transaction.ts'
import { conflict, notFound } from '../../errors.ts'
import type { User } from '../../http/who-is-asking.ts'
import { type ApplicationState, forgetSuperseded, removeApplications, setStates } from '../applications/many.ts'
import { changeJobs, removeJobs, writableJobColumns } from '../jobs/many.ts'
import { writtenTables } from './background.ts'
import { getImport } from './imports.ts'
import { findImport, setImport } from './queries.ts'
import { sealOfInterviews } from './write.ts'

export async function undoImport(app: App, user: User, id: string): Promise<Import> {
  // Before waiting for a turn: it may be the import itself that has it.
  refuseWhatCannotBeUndone(await getImport(app, user, id))
  await freshenStatistics(app, writtenTables)
  return inTransaction(app, async (app) => {
    await sql`set local statement_timeout = 0`.execute(app.db)
    await takeTurn(app, `imports ${user.id}`)
    const found = await findImport(app.db, user.id, id, { lock: true })
    if (!found) throw notFound('import')
    refuseWhatCannotBeUndone(found)
    const now = app.now().toISOString()
    const to: Undoing = { app, user, importId: id, importedAt: found.created_at, now }
    await findRecords(to)
    const undo: ImportUndo = { undone_at: now, ...(await putBack(to)), ...(await findLeft(to)) }
    await sql`
      update import_rows set fingerprint = null, source_key = null from undoing
      where import_rows.user_id = ${user.id} and import_rows.import_id = ${id} and import_rows.row = undoing.row and undoing.reason is null`.execute(
      app.db,
    )
    await setImport(app.db, user.id, id, { status: 'undone', undo })
    return (await findImport(app.db, user.id, id)) as Import
  })
}

type Undoing = { app: App; user: User; importId: string; importedAt: string; now: string }

function refuseWhatCannotBeUndone({ dry_run, status }: Import): void {
  if (dry_run) throw conflict('A dry run changed nothing, so there is nothing to undo.')
  if (status === 'undone') throw conflict('This import was undone already.')
  if (status === 'failed') throw conflict('This import failed and changed nothing, so there is nothing to undo.')
  if (status !== 'completed') throw conflict('This import is still under way. Undo it when it has ended.')
}

/** Every record it made or changed that is still there, with the reason to leave it alone, if there is one. */
async function findRecords({ app, user, importId }: Undoing): Promise<void> {
  const isOurs = sql`r.user_id = ${user.id} and r.import_id = ${importId} and r.outcome in ('created', 'updated')`
  await sql`
    create temp table undoing on commit drop as
    select r.row, 'applications' as kind, r.outcome = 'created' as is_new, a.id, case
      when a.deleted_at is not null and a.version <> r.application_version then 'is in the trash'
      when a.version <> r.application_version then 'was changed since'
      when r.outcome = 'created' and r.interviews_seal is distinct from (${sealOfInterviews(user.id, sql`a.id`)}) then 'has interviews that were changed since'
      when r.outcome = 'updated' and image.was->'standing'->>'status' in ('interested', 'applied', 'screening', 'interview', 'offer') and exists (
        select 1 from applications other where other.user_id = a.user_id and other.job_id = a.job_id and other.id <> a.id
          and other.deleted_at is null and other.status in ('interested', 'applied', 'screening', 'interview', 'offer')
      ) then 'would be open again, and its job has another open application since'
    end as reason
    from import_rows r
    join applications a on a.user_id = r.user_id and a.id = r.application_id
    left join import_before_images image on image.user_id = r.user_id and image.import_id = r.import_id and image.row = r.row
    where ${isOurs}`.execute(app.db)
  await sql`
    insert into undoing
    select r.row, 'jobs', r.job_created, j.id, case
      when j.deleted_at is not null and j.version <> coalesce(r.job_version, 1) then 'is in the trash'
      when j.version <> coalesce(r.job_version, 1) then 'was changed since'
      when r.job_created and exists (
        select 1 from applications a where a.user_id = j.user_id and a.job_id = j.id
          and not exists (select 1 from undoing where undoing.kind = 'applications' and undoing.id = a.id and undoing.is_new and undoing.reason is null)
      ) then 'has an application that stays'
    end
    from import_rows r join jobs j on j.user_id = r.user_id and j.id = r.job_id
    where ${isOurs} and (r.job_created or r.job_version is not null)`.execute(app.db)
  await sql`analyze undoing`.execute(app.db)
}

const chosen = (kind: 'jobs' | 'applications', isNew: boolean): RawBuilder<unknown> =>
  sql`select id from undoing where kind = ${kind} and is_new = ${isNew} and reason is null`

async function putBack({ app, user, importId, importedAt, now }: Undoing): Promise<Pick<ImportUndo, 'removed' | 'restored'>> {
  await removeApplications(app.db, user.id, chosen('applications', true))
  await restoreApplications({ app, user, importId, importedAt, now })
  await removeJobs(app.db, user.id, chosen('jobs', true))
  const was = sql.join(writableJobColumns.map((name) => sql`before.${sql.ref(name)}`))
  await changeJobs(
    app.db,
    user.id,
    sql`
      select image.job_id as id, ${was} from import_before_images image, jsonb_populate_record(null::jobs, image.was) as before
      where image.user_id = ${user.id} and image.import_id = ${importId} and image.job_id in (${chosen('jobs', false)})`,
    now,
  )
  const { rows } = await sql<{ removed: number; restored: number }>`
    select count(*) filter (where is_new) as removed, count(*) filter (where not is_new) as restored from undoing where reason is null`.execute(
    app.db,
  )
  return rows[0] ?? { removed: 0, restored: 0 }
}

async function restoreApplications({ app, user, importId, importedAt, now }: Undoing): Promise<void> {
  for (let after = -1; ; ) {
    const { rows } = await sql<{ row: number; id: string; was: Omit<ApplicationState, 'id'> }>`
      select image.row, image.application_id as id, image.was from import_before_images image
      where image.user_id = ${user.id} and image.import_id = ${importId} and image.row > ${after}
        and image.application_id in (${chosen('applications', false)})
      order by image.row limit 500`.execute(app.db)
    if (rows.length === 0) return
    const states = rows.map(({ id, was }) => ({ ...was, id }))
    await setStates(app.db, user.id, states, now)
    await forgetSuperseded(
      app.db,
      user.id,
      states.map(({ id }) => id),
      importedAt,
    )
    after = rows.at(-1)?.row ?? after
  }
}

async function findLeft({ app, user }: Undoing): Promise<Pick<ImportUndo, 'left' | 'left_records'>> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from undoing where reason is not null`.execute(app.db)
  const left = await sql<ImportUndo['left_records'][number]>`
    select undoing.kind, undoing.id, jobs.company, jobs.title, undoing.reason from undoing
    left join applications a on a.user_id = ${user.id} and a.id = undoing.id
    join jobs on jobs.user_id = ${user.id} and jobs.id = coalesce(a.job_id, undoing.id)
    where undoing.reason is not null order by undoing.row, undoing.kind limit 100`.execute(app.db)
  return { left: rows[0]?.n ?? 0, left_records: left.rows }
}
