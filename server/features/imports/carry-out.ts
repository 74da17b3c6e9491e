/** An import from its first row to its last, in one transaction: read, stage, match, write. */
import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Import, ImportInput, ImportProblem } from '../../../contract/imports.ts'
import type { App } from '../../app.ts'
import { idsInOrder } from '../../database/ids.ts'
import { takeTurn } from '../../database/transaction.ts'
import { writeInParts } from '../../database/write-in-parts.ts'
import type { User } from '../../http/who-is-asking.ts'
import type { Clock } from '../applications/history.ts'
import { noteAfter, noteBefore, tellOfJobs } from '../jobs/news.ts'
import type { Plan } from './mapping/plan.ts'
import { matchApplications } from './matching/match-applications.ts'
import { matchJobs } from './matching/match-jobs.ts'
import { planChanges } from './matching/plan-changes.ts'
import { createStaging, createVerdicts, refusedRow, type StagedRow, stagedRow, stageRows } from './matching/staging.ts'
import { deleteOldDryRuns, saveMapping, setImport } from './queries.ts'
import type { Table } from './reading/table.ts'
import { verdictProblem } from './rows/problems.ts'
import { rowReader } from './rows/read-row.ts'
import { tellOfImport } from './tell.ts'
import { addedBy, noteRows, problemsColumn, type Range, type Writing, writeRange, writtenBy } from './write.ts'

export type Order = {
  importId: string
  table: Table
  plan: Plan
  clock: Clock
  input: ImportInput
}

const causeOf = (importId: string) => `import ${importId}`

type Result = Pick<Import, 'status' | 'processed' | 'created' | 'updated' | 'skipped' | 'failed' | 'errors' | 'warnings' | 'problem'>

/** Throws to stop: it is asked between two steps. */
export type OnProgress = (processed: number) => Promise<void>

const rowsAWrite = 2_000
const charactersAStage = 1_000_000
const longestStepMs = 15

/** Carries an import out and says so in its record. `app.db` is a transaction of its own, or that of the request. */
export async function completeImport(app: App, user: User, order: Order, started: number, onProgress: OnProgress): Promise<void> {
  const { importId, plan, clock, input } = order
  const result = await carryOut(app, user, order, onProgress)
  if (result.status === 'completed' && !input.dry_run && input.mapping && !plan.own) {
    await saveMapping(app.db, user.id, { signature: plan.signature, kind: plan.kind, mapping: input.mapping, now: clock.now })
  }
  if (input.dry_run) await deleteOldDryRuns(app.db, user.id, clock.now)
  const duration_ms = Math.round(performance.now() - started)
  await setImport(app.db, user.id, importId, { ...result, finished_at: app.now().toISOString(), duration_ms })
  if (input.dry_run) return
  await tellOfImport(app, user, importId)
  if (result.status !== 'completed') return
  await tellOfJobs(app, user, { cause: causeOf(importId), data: { import_id: importId }, isSeen: false }, addedBy(user, importId))
}

async function carryOut(app: App, user: User, order: Order, onProgress: OnProgress): Promise<Result> {
  const { plan, input, importId, clock } = order
  await sql`set local statement_timeout = 0`.execute(app.db)
  await sql`set local idle_in_transaction_session_timeout = 0`.execute(app.db)
  if (!input.dry_run) await waitForTurn(app, user)
  const took = stopwatch()
  await createStaging(app.db)
  await readAndStage(app, order, onProgress)
  took('read_and_stage')
  await createVerdicts(app.db)
  await match(app, user, order, onProgress)
  took('match')
  const isRefused = input.mode === 'atomic' && (await applyNothingIfOneFailed(app))

  const writing: Writing = { userId: user.id, importId, kind: plan.kind, own: plan.own, now: clock.now }
  const ranges = await rangesOf(app, input.dry_run)
  const isWritten = !input.dry_run && !isRefused
  if (isWritten && plan.kind === 'jobs') await noteBefore(app, user, sql`select job_id from verdicts where outcome = 'updated'`)
  if (isWritten) await writeAll(app, writing, ranges, onProgress)
  took('write')
  for (const range of ranges) await noteRows(app.db, writing, range, { dryRun: input.dry_run })
  if (isWritten) await noteAfter(app, user, writtenBy(user, importId), causeOf(importId))
  const result = await resultOf(app)
  app.log.debug({ import_id: importId, ...took('note_rows') }, 'carried out an import')
  if (!isRefused) return { ...result, status: 'completed', problem: null }
  const message = `${result.failed === 1 ? '1 row is' : `${result.failed} rows are`} not valid, and mode=atomic takes all rows or none. Nothing was imported.`
  return { ...result, status: 'failed', problem: { code: 'rows_failed', message } }
}

/** Milliseconds since the time before, by name. */
function stopwatch() {
  const times: Record<string, number> = {}
  let since = performance.now()
  return (name: string) => {
    times[`${name}_ms`] = Math.round(performance.now() - since)
    since = performance.now()
    return times
  }
}

/** Two imports of one person would not see each other's rows, and add the same job twice. */
async function waitForTurn(app: App, user: User): Promise<void> {
  await sql`set local lock_timeout = 0`.execute(app.db)
  await takeTurn(app, `imports ${user.id}`)
  await sql`set local lock_timeout = '15s'`.execute(app.db)
}

async function readAndStage(app: App, { table, plan, clock, input }: Order, onProgress: OnProgress): Promise<void> {
  const read = rowReader(plan, clock, table.damaged)
  const newId = idsInOrder()
  let rows: StagedRow[] = []
  let characters = 0
  let staged = 0
  // The database stages one batch while the next is read.
  let staging: Promise<void> = Promise.resolve()
  const flush = async () => {
    await staging
    staging = stageRows(app.db, rows)
    staging.catch(() => {})
    staged += rows.length
    rows = []
    characters = 0
    await onProgress(input.dry_run ? staged : 0)
  }
  for await (const batch of table.batches()) {
    let since = performance.now()
    for (const tableRow of batch) {
      const found = read(tableRow)
      rows.push('errors' in found ? refusedRow(found) : stagedRow(found, newId))
      for (const cell of tableRow.cells) characters += typeof cell === 'string' ? cell.length : 10
      if (rows.length >= 500 || characters >= charactersAStage) await flush()
      if (performance.now() - since > longestStepMs) {
        await setImmediate()
        since = performance.now()
      }
    }
  }
  if (rows.length > 0) await flush()
  await staging
}

async function match(app: App, user: User, { plan, input, clock }: Order, onProgress: OnProgress): Promise<void> {
  const policy = input.on_duplicate
  const pause = () => onProgress(0)
  if (plan.kind === 'jobs') return matchJobs(app.db, user.id, policy, plan.own)
  await matchApplications(app.db, user.id, { policy, own: plan.own, createJobs: plan.createJobs, pause })
  if (policy === 'update') await planChanges(app.db, user.id, clock, plan.own, pause)
}

async function applyNothingIfOneFailed(app: App): Promise<boolean> {
  const { rows } = await sql`select 1 from verdicts where outcome = 'failed' limit 1`.execute(app.db)
  if (rows.length === 0) return false
  await sql`
    update verdicts set outcome = 'skipped', code = 'not_applied', other_row = null, job_id = null, application_id = null, is_new_job = false
    where outcome in ('created', 'updated')`.execute(app.db)
  return true
}

/** A preview writes next to nothing, so it takes all at once. */
async function rangesOf(app: App, isPreview: boolean): Promise<Range[]> {
  if (isPreview) return [{ from: 0, to: 2_147_483_647 }]
  const { rows } = await sql<Range>`
    select min(row) as from, max(row) as to from (select row, (row_number() over (order by row) - 1) / ${rowsAWrite} as part from verdicts) as parts
    group by part order by part`.execute(app.db)
  return rows
}

function writeAll(app: App, writing: Writing, ranges: Range[], onProgress: OnProgress): Promise<void> {
  return writeInParts(app.db, ranges, {
    write: async (range) => {
      await writeRange(app.db, writing, range)
      await onProgress(range.to)
    },
    halve: ({ from, to }) => {
      const middle = Math.floor((from + to) / 2)
      return from === to
        ? null
        : [
            { from, to: middle },
            { from: middle + 1, to },
          ]
    },
    refuse: async ({ from }, error) => {
      app.log.error({ err: error, import_id: writing.importId, row: from }, 'the database refused a row that had passed every check')
      await sql`
        update verdicts set outcome = 'failed', code = 'refused', job_id = null, application_id = null, is_new_job = false
        where row = ${from}`.execute(app.db)
    },
  })
}

type ToldRow = { row: number; code: string | null; other_row: number | null; problems: string | null }

async function resultOf(app: App): Promise<Omit<Result, 'status' | 'problem'>> {
  const { rows } = await sql<{
    outcome: keyof typeof counts
    n: number
  }>`select outcome, count(*) as n from verdicts group by outcome`.execute(app.db)
  const counts = { created: 0, updated: 0, skipped: 0, failed: 0 }
  for (const { outcome, n } of rows) counts[outcome] = n
  const told = async (outcomes: string[]) => {
    const { rows } = await sql<ToldRow>`
      select row, code, other_row, ${problemsColumn} as problems from verdicts join staged_rows as staged using (row)
      where outcome = any(${outcomes}) and (code is not null or verdicts.problems is not null or staged.problems is not null) order by row limit 100`.execute(
      app.db,
    )
    return rows.flatMap(problemsOf).slice(0, 100)
  }
  const processed = counts.created + counts.updated + counts.skipped + counts.failed
  return { ...counts, processed, errors: await told(['failed']), warnings: await told(['created', 'updated']) }
}

/** Everything there is to say about a row. */
export function problemsOf({ row, code, other_row, problems }: ToldRow): ImportProblem[] {
  const read = problems === null ? [] : (JSON.parse(problems) as ImportProblem[])
  return code === null ? read : [verdictProblem(row, code, other_row), ...read]
}
