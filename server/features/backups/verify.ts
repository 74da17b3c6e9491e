import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { BackupCheck } from '../../../contract/backups.ts'
import type { App } from '../../app.ts'
import type { BackupFile } from '../../database/backup-part.ts'
import { migrationNames } from '../../database/migrate.ts'
import { forEverybody } from '../../database/row-security.ts'
import { inScratchSchema, makeScratchUser } from '../../database/scratch-schema.ts'
import { inRetriedTransaction } from '../../database/transaction.ts'
import { type Columns, columnsIn, linesOf, readLines } from '../../database/whole-rows.ts'
import type { User } from '../../http/who-is-asking.ts'
import { framingOf } from './layout.ts'
import type { Manifest } from './manifest.ts'
import { backupFiles } from './parts.ts'
import { Unfit } from './problems.ts'
import { type Archive, openArchive } from './read-archive.ts'
import { stageBackup } from './stage.ts'
import { takeStaged } from './take-back.ts'

/**
 * Restores a backup into an empty place, by the same code as ever, writes what came of it once more and compares.
 * Whatever is wrong with the file is in the answer; it throws only when the database is not able to do it.
 */
export async function verifyBackup(app: App, path: string, signal?: AbortSignal): Promise<BackupCheck> {
  const nothing = { created_at: null, landed: null, files: [] }
  let archive: Archive
  try {
    archive = await openArchive(path)
  } catch (error) {
    return { ok: false, problem: reasonOf(error), ...nothing }
  }
  try {
    const { created_at, landed } = archive.manifest
    const files = await checkFiles(archive)
    let problem = files.find((file) => !file.ok)?.problem ?? null
    if (problem === null) {
      try {
        const others = await findDifferences(app, archive, signal)
        for (const file of files) {
          if (!others.has(file.name)) continue
          file.ok = false
          file.problem = `${file.name} gives other records when it is restored`
          problem ??= file.problem
        }
      } catch (error) {
        problem = reasonOf(error)
      }
    }
    return { ok: problem === null, problem, created_at, landed, files }
  } finally {
    await archive[Symbol.asyncDispose]()
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof Unfit) return error.reason
  throw error
}

/** Each by itself, so that one that is damaged does not hide another. */
async function checkFiles(archive: Archive): Promise<BackupCheck['files']> {
  const checked: BackupCheck['files'] = []
  for (const { name, count } of archive.manifest.files) {
    const problem = await archive.check(name).then(() => null, reasonOf)
    checked.push({ name, count, ok: problem === null, problem })
  }
  return checked
}

/** The files that would be others if a backup were made of what this one restores. */
async function findDifferences(app: App, archive: Archive, signal?: AbortSignal): Promise<Set<string>> {
  const newest = (await migrationNames()).at(-1) as string
  return inRetriedTransaction(app, async (app) => {
    await sql`set local statement_timeout = 0`.execute(app.db)
    await sql`set local idle_in_transaction_session_timeout = 0`.execute(app.db)
    const stop = await cancelOn(app, signal)
    try {
      return await inScratchSchema(app.db, newest, async () => {
        const user = await makeScratchUser(app.db)
        await dropWordIndexes(app)
        await stageBackup(app.db, archive)
        await takeStaged(app, user, { replaces: true, dryRun: false })
        const columns = await columnsIn(app.db)
        const others = new Set<string>()
        for (const file of backupFiles) if (!(await isSame(app, columns, file, user, archive.manifest))) others.add(file.name)
        return others
      })
    } finally {
      stop()
    }
  })
}

/** Nobody searches there, and they are most of what it takes to write a job. */
async function dropWordIndexes(app: App): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class join pg_am on pg_am.oid = relam
    where relkind = 'i' and amname = 'gin' and relnamespace = current_schema()::regnamespace`.execute(app.db)
  for (const { name } of rows) await sql`drop index ${sql.ref(name)}`.execute(app.db)
}

/** To the byte; of an older version, whose rows have become others on the way, their number. */
async function isSame(app: App, columns: Columns, file: BackupFile, user: User, { schema, files }: Manifest): Promise<boolean> {
  const hash = createHash('sha256')
  let count = 0
  for (const [at, table] of file.tables.entries()) {
    const { head, beforeFirst, between, tail } = framingOf(file, at)
    let rows = 0
    hash.update(head)
    for await (const lines of readLines(app.db, linesOf(columns, table, user.id))) {
      hash.update((rows === 0 ? beforeFirst : between) + lines.join(between))
      rows += lines.length
    }
    hash.update(tail(rows))
    count += rows
  }
  const told = files.find(({ name }) => name === file.name)
  if (schema !== (await migrationNames()).at(-1)) return count === (told?.count ?? 0)
  return hash.digest('hex') === told?.sha256
}

/** Whoever stops the server does not wait for a long query. */
async function cancelOn(app: App, signal?: AbortSignal): Promise<() => void> {
  if (!signal) return () => {}
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(app.db)
  const cancel = () => void forEverybody(() => app.pool.query('select pg_cancel_backend($1)', [rows[0]?.pid])).catch(() => {})
  signal.addEventListener('abort', cancel)
  signal.throwIfAborted()
  return () => signal.removeEventListener('abort', cancel)
}
