/** Imports that are too long for one request: they run on behind the scenes, from a copy of the file in DATA_DIR/imports. */

import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { App } from '../../app.ts'
import { forEverybody } from '../../database/row-security.ts'
import { freshenStatistics } from '../../database/statistics.ts'
import { inTransaction } from '../../database/transaction.ts'
import type { Upload } from '../../http/uploads.ts'
import type { User } from '../../http/who-is-asking.ts'
import { send } from '../../live/live.ts'
import {
  forDeadOwners,
  holdLock,
  type Runner,
  releaseLock,
  runInTurn,
  runnerOf,
  startRunner,
  stopRunner,
  untilCommitted,
} from '../../tasks/runner.ts'
import { completeImport, type Order } from './carry-out.ts'
import { findImport, insertImport, type NewImport, setImport } from './queries.ts'
import { tellOfImport } from './tell.ts'

const folderOf = (app: App) => join(app.config.dataDir, 'imports')
const progressEveryMs = 500

/** The tables that an import may fill. */
export const writtenTables = ['jobs', 'applications', 'application_events', 'interviews', 'import_rows', 'import_before_images'] as const

class Stopped extends Error {}

/** Called once the server is made. What a process before it left unfinished is marked as failed. */
export async function startImports(app: App): Promise<() => Promise<void>> {
  const runner = startRunner(app)
  await forEverybody(async () => {
    await failInterrupted(app)
    await removeLeftFiles(app)
  })
  return () => stopRunner(runner)
}

const turnOf = (user: User) => `import ${user.id}`

/** Whether an import of this person is under way here already: the next one then waits its turn behind the scenes too. */
export const isBusy = (app: App, user: User) => runnerOf(app).waiting.has(turnOf(user))

/** Writes the record, keeps the file, and starts once the record is there for all to see. */
export async function runLater(
  app: App,
  user: User,
  record: Omit<NewImport, 'owner'>,
  file: Upload,
  orderFor: (path: string) => Promise<Order>,
): Promise<void> {
  const runner = runnerOf(app)
  await holdLock(runner, record.id)
  const path = join(folderOf(app), record.id)
  await mkdir(folderOf(app), { recursive: true, mode: 0o700 })
  await rename(file.path, path)
  try {
    await insertImport(app.db, user.id, { ...record, owner: runner.owner })
  } catch (error) {
    await rm(path, { force: true })
    await releaseLock(runner, record.id)
    throw error
  }
  runInTurn(runner, turnOf(user), record.id, async () => {
    try {
      await run(runner, user, record.id, () => orderFor(path))
    } finally {
      await rm(path, { force: true })
    }
  })
}

async function run(runner: Runner, user: User, id: string, orderFor: () => Promise<Order>): Promise<void> {
  const { app } = runner
  const record = await untilCommitted(() => findImport(app.db, user.id, id))
  if (!record) return
  const { total } = record
  const started = performance.now()
  let told = 0
  const onProgress = async (processed: number) => {
    if (runner.isStopping) throw new Stopped()
    if (processed === 0 || performance.now() - told < progressEveryMs) return
    told = performance.now()
    await setImport(app.db, user.id, id, { processed })
    send(app, user.id, { type: 'import_progress', id, status: 'running', processed, total })
  }
  try {
    if (runner.isStopping) throw new Stopped()
    await setImport(app.db, user.id, id, { status: 'running' })
    const order = await orderFor()
    await freshenStatistics(app, writtenTables)
    await inTransaction(app, (inside) => completeImport(inside, user, order, started, onProgress))
    await freshenStatistics(app, writtenTables)
  } catch (error) {
    if (!(error instanceof Stopped)) app.log.error({ err: error, import_id: id }, 'an import failed')
    const problem =
      error instanceof Stopped
        ? interrupted
        : {
            code: 'internal_error',
            message: 'Something went wrong here, and nothing was imported. Try again; the server log has the cause.',
          }
    await inTransaction(app, async (app) => {
      await setImport(app.db, user.id, id, {
        status: 'failed',
        processed: 0,
        problem,
        finished_at: app.now().toISOString(),
        duration_ms: Math.round(performance.now() - started),
      })
      await tellOfImport(app, user, id)
    })
  }
}

const interrupted = { code: 'interrupted', message: 'Landed was stopped while this ran. Nothing was imported; send the file again.' }

/** Marks as failed what belongs to a process that is no more. */
export async function failInterrupted(app: App): Promise<void> {
  const { rows } = await sql<{ owner: string }>`
    select distinct owner from imports where status in ('queued', 'running') and owner is not null`.execute(app.db)
  await forDeadOwners(
    app,
    rows.map(({ owner }) => owner),
    async (app, owner) => {
      const { rows } = await sql<{ id: string; user_id: string }>`
        update imports set status = 'failed', processed = 0, problem = ${JSON.stringify(interrupted)}, finished_at = ${app.now().toISOString()}
        where owner = ${owner} and status in ('queued', 'running') returning id, user_id`.execute(app.db)
      for (const { id, user_id } of rows) await tellOfImport(app, { id: user_id }, id)
    },
  )
}

async function removeLeftFiles(app: App): Promise<void> {
  const names = await readdir(folderOf(app)).catch(() => [] as string[])
  for (const name of names) {
    const { rows } = await sql`select 1 from imports where id::text = ${name} and status in ('queued', 'running')`.execute(app.db)
    if (rows.length === 0) await rm(join(folderOf(app), name), { force: true })
  }
}
