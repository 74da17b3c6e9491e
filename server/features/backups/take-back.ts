/** What was staged becomes the account's: how, each part of a backup knows itself. */
import { sql } from 'kysely'
import type { Confirmation, RestoreReport } from '../../../contract/backups.ts'
import type { App } from '../../app.ts'
import type { Restoring, Verdict } from '../../database/backup-part.ts'
import { columnsIn } from '../../database/whole-rows.ts'
import { conflict } from '../../errors.ts'
import type { User } from '../../http/who-is-asking.ts'
import { keepScores } from '../matches/matches.ts'
import { parts, tablesLeftOut } from './parts.ts'

const units = parts.flatMap((part) => part.units)
export const restoredTables = units.map(({ table }) => table)

/** The trash counted. */
export async function countRecords(app: App, user: User): Promise<Confirmation> {
  const { rows } = await sql<Confirmation>`
    select (select count(*) from jobs where user_id = ${user.id}) as jobs,
      (select count(*) from applications where user_id = ${user.id}) as applications`.execute(app.db)
  return rows[0] as Confirmation
}

export async function clearAccount(app: App, user: User): Promise<void> {
  const to = await restoringTo(app, user, true)
  for (const part of parts) await part.clear(to)
  for (const [table, fate] of Object.entries(tablesLeftOut)) {
    if (fate === 'goes') await sql`delete from ${sql.table(table)} where user_id = ${user.id}`.execute(app.db)
  }
}

async function restoringTo(app: App, user: User, replaces: boolean): Promise<Restoring> {
  const present = replaces ? null : await countRecords(app, user)
  return {
    db: app.db,
    userId: user.id,
    now: app.now().toISOString(),
    columns: await columnsIn(app.db),
    replaces,
    intoEmpty: present === null || present.jobs + present.applications === 0,
  }
}

/** `replaces`: what is here is taken for gone. */
export async function takeStaged(app: App, user: User, { replaces, dryRun }: { replaces: boolean; dryRun: boolean }) {
  const to = await restoringTo(app, user, replaces)
  for (const part of parts) await part.judge(to)
  if (!dryRun) {
    await keepScores(app, user)
    for (const part of parts) await part.write(to).catch(refuseCollision)
  }
  return { records: await countVerdicts(to), skipped: await findSkipped(to) }
}

function refuseCollision(error: unknown): never {
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('23'))
    throw conflict(
      'Records of this backup contradict each other, or what was changed here at the same moment. Nothing was restored; try again.',
    )
  throw error
}

async function countVerdicts({ db }: Restoring): Promise<RestoreReport['records']> {
  const records: RestoreReport['records'] = {}
  for (const { table, name } of units) {
    const { rows } = await sql<{ verdict: Verdict; n: number }>`
      select verdict, count(*) as n from ${sql.table(`verdicts_${table}`)} group by verdict`.execute(db)
    const counts = { added: 0, updated: 0, kept: 0, skipped: 0 }
    for (const { verdict, n } of rows) counts[verdict] = n
    records[name] = counts
  }
  return records
}

async function findSkipped({ db }: Restoring): Promise<RestoreReport['skipped']> {
  const found: RestoreReport['skipped'] = []
  for (const { table, name, key } of units) {
    if (key[0] !== 'id') continue
    const { rows } = await sql<{ id: string; reason: string }>`
      select id, reason from ${sql.table(`verdicts_${table}`)} where verdict = 'skipped' order by id limit 100`.execute(db)
    found.push(...rows.map((row) => ({ kind: name, ...row })))
  }
  return found.slice(0, 100)
}
