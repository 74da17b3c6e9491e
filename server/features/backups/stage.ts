/** Brings the rows of a backup into staged tables, each of them checked, and from an older version to the present one. */
import type { Kysely } from 'kysely'
import type { z } from 'zod'
import type { BackupFile } from '../../database/backup-part.ts'
import { migrationNames } from '../../database/migrate.ts'
import { inScratchSchema, makeScratchUser } from '../../database/scratch-schema.ts'
import type { Tables } from '../../database/tables.ts'
import {
  type Columns,
  columnsIn,
  countOrphans,
  createStaged,
  finishStaged,
  linesOf,
  namesOf,
  putLines,
  readLines,
} from '../../database/whole-rows.ts'
import type { Batch } from './layout.ts'
import { backupFiles } from './parts.ts'
import { damaged, newer, textOf } from './problems.ts'
import type { Archive } from './read-archive.ts'

type Db = Kysely<Tables>

const tables = backupFiles.flatMap((file) => file.tables)

/** Throws `damaged_backup` and `newer_backup`. When it has ended, every file was read and found to be whole. */
export async function stageBackup(db: Db, archive: Archive): Promise<void> {
  const { schema, landed, files } = archive.manifest
  const known = await migrationNames()
  if (!known.includes(schema)) throw newer(landed, `its schema ${JSON.stringify(schema)}`)
  const columns = await columnsIn(db)
  for (const table of tables) await createStaged(db, columns, table)
  const stage = async (file: BackupFile, batches: AsyncIterable<Batch>) => {
    let at = 0
    for await (const { table, lines } of batches) {
      checkRows(file, namesOf(columns, table), lines, at, table.row)
      await refusing(file, () => putLines(db, columns, table, lines))
      at += lines.length
    }
  }
  if (schema === known.at(-1)) {
    for (const file of backupFiles) await stage(file, archive.rows(file))
  } else {
    await bringToPresent(db, archive, stage)
  }
  // The copies for spreadsheets are part of the backup, too.
  const names = new Set<string>(backupFiles.map(({ name }) => name))
  for (const { name } of files) if (!names.has(name)) await archive.check(name)
  if (archive.flaw) throw damaged(archive.flaw)
  await checkTogether(db)
}

/** As if it had been restored when it was made, and Landed been upgraded since: by the same migrations. */
async function bringToPresent(db: Db, archive: Archive, stage: (file: BackupFile, batches: AsyncIterable<Batch>) => Promise<void>) {
  await inScratchSchema(db, archive.manifest.schema, async (migrate) => {
    const then = await columnsIn(db)
    const { id: userId } = await makeScratchUser(db)
    for (const file of backupFiles) {
      const known = { ...file, tables: file.tables.filter(({ table }) => then.has(table)) }
      if (known.tables.length === 0 && !archive.has(file.name)) continue
      let at = 0
      for await (const { table, lines } of archive.rows(known)) {
        checkRows(file, namesOf(then, table), lines, at)
        await refusing(file, () => putLines(db, then, table, lines, userId))
        at += lines.length
      }
    }
    await migrate()
    const now = await columnsIn(db)
    for (const file of backupFiles) await stage(file, rowsThere(db, now, file, userId))
  })
}

async function* rowsThere(db: Db, columns: Columns, { tables }: BackupFile, userId: string): AsyncGenerator<Batch> {
  for (const table of tables) for await (const lines of readLines(db, linesOf(columns, table, userId))) yield { table, lines }
}

/** Every row has the columns of its table, no more and no fewer, and in them what can be there. */
function checkRows(file: BackupFile, names: string[], lines: string[], before: number, schema?: z.ZodType): void {
  for (const [at, line] of lines.entries()) {
    const refuse = (reason: string) => damaged(`${file.name}, row ${before + at + 1}: ${reason}`)
    let row: unknown
    try {
      row = JSON.parse(line)
    } catch (error) {
      throw refuse(textOf(error))
    }
    const has = typeof row === 'object' && row !== null ? Object.keys(row) : []
    const missing = names.find((name) => !has.includes(name))
    if (missing) throw refuse(`${missing} is missing`)
    if (has.length > names.length) throw refuse(`${has.find((name) => !names.includes(name))} is not known`)
    const issue = schema?.safeParse(row).error?.issues.find(({ code }) => code !== 'too_big' && code !== 'too_small')
    if (issue) throw refuse(`${issue.path.join('.')} ${issue.message}`)
  }
}

async function checkTogether(db: Db): Promise<void> {
  for (const file of backupFiles) {
    for (const table of file.tables) {
      await refusing(file, () => finishStaged(db, table))
      const orphans = await countOrphans(db, table)
      if (orphans > 0) throw damaged(`in ${file.name} ${orphans} of the ${table.name} belong to nothing that is in it`)
    }
  }
}

/** What PostgreSQL does not take is the fault of the row, when it is about data or about rows that contradict each other. */
async function refusing(file: BackupFile, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    throw /^2[23]/.test(code) ? damaged(`${file.name} holds what cannot be (${textOf(error)})`, error) : error
  }
}
