import { sql } from 'kysely'
import { z } from 'zod'
import { Id, Instant } from '../../../contract/fields.ts'
import { Import, ImportKind, ImportMapping, ImportOutcome } from '../../../contract/imports.ts'
import type { BackupPart, BackupTable } from '../../database/backup-part.ts'
import { clearTable, insertStaged, isAboutWhatIsHere, isJudged, judge, updateStaged } from '../../database/staged-rows.ts'

// Previews are of use for a day, and one that is under way has changed nothing yet.
const hasEnded = sql`not imports.dry_run and imports.status not in ('queued', 'running')`
const ofImport = { table: 'imports', by: 'import_id' } as const
const ofOneThatEnded = (table: 'import_rows' | 'import_before_images') => sql`exists (
  select 1 from imports where imports.user_id = ${sql.ref(`${table}.user_id`)} and imports.id = ${sql.ref(`${table}.import_id`)} and ${hasEnded})`

const imports: BackupTable = {
  table: 'imports',
  name: 'imports',
  key: ['id'],
  without: ['owner'],
  where: hasEnded,
  row: Import.extend({ delimiter: z.string() }),
}

/** By their fingerprints the same file finds its records again. */
const rows: BackupTable = {
  table: 'import_rows',
  name: 'import_rows',
  key: ['import_id', 'row'],
  where: ofOneThatEnded('import_rows'),
  of: ofImport,
  row: z.strictObject({
    import_id: Id,
    row: z.int(),
    outcome: ImportOutcome,
    job_id: Id.nullable(),
    application_id: Id.nullable(),
    fingerprint: Id.nullable(),
    source_key: z.string().nullable(),
    job_created: z.boolean(),
    job_version: z.int().nullable(),
    application_version: z.int().nullable(),
    interviews_seal: z.string().nullable(),
    code: z.string().nullable(),
    other_row: z.int().nullable(),
    problems: z.string().nullable(),
    cells: z.string().nullable(),
  }),
}

/** What undo puts back. */
const images: BackupTable = {
  table: 'import_before_images',
  name: 'import_before_images',
  key: ['import_id', 'row'],
  where: ofOneThatEnded('import_before_images'),
  of: ofImport,
  row: z.strictObject({
    import_id: Id,
    row: z.int(),
    job_id: Id.nullable(),
    application_id: Id.nullable(),
    was: z.record(z.string(), z.unknown()),
  }),
}

const mappings: BackupTable = {
  table: 'import_mappings',
  name: 'import_mappings',
  key: ['signature'],
  row: z.strictObject({ signature: z.string(), kind: ImportKind, mapping: ImportMapping, updated_at: Instant }),
}

export const importsBackup: BackupPart = {
  files: [{ name: 'imports.json', layout: 'lists', tables: [imports, rows, images, mappings] }],
  units: [imports, mappings],
  judge: async (to) => {
    await judge(to, imports, sql`false`)
    await judge(to, mappings)
  },
  write: async (to) => {
    await insertStaged(to, imports)
    const isAdded = sql`staged.import_id in (select id from verdicts_imports where verdict = 'added')`
    await insertStaged(to, rows, isAdded)
    // Of a record that was left out there is nothing to put back.
    await insertStaged(to, images, sql`${isAdded} and ${isAboutWhatIsHere(to)}`)
    await updateStaged(to, mappings)
    await insertStaged(to, mappings, isJudged(mappings, 'added'))
  },
  clear: async (to) => {
    await clearTable(to, imports)
    await clearTable(to, mappings)
  },
}
