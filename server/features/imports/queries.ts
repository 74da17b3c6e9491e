import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Import, ImportKind, ImportListQuery, ImportMapping, ImportOutcome } from '../../../contract/imports.ts'
import { allOf, countUpTo, keysetPage } from '../../database/keyset.ts'
import type { Tables } from '../../database/tables.ts'

type Db = Kysely<Tables>

const columns = [
  'id',
  'kind',
  'format',
  'preset',
  'filename',
  'status',
  'dry_run',
  'mode',
  'on_duplicate',
  'total',
  'processed',
  'created',
  'updated',
  'skipped',
  'failed',
  'errors',
  'warnings',
  'mapping',
  'columns',
  'first_rows',
  'unmapped_columns',
  'missing_fields',
  'status_mapping',
  'status_words',
  'ambiguous_dates',
  'problem',
  'undo',
  'created_at',
  'finished_at',
  'duration_ms',
] as const satisfies (keyof Import)[]

export type NewImport = Omit<
  Import,
  'finished_at' | 'duration_ms' | 'undo' | 'processed' | 'created' | 'updated' | 'skipped' | 'failed' | 'errors' | 'warnings' | 'problem'
> & {
  delimiter: string
  owner: string | null
}

export async function insertImport(db: Db, userId: string, one: NewImport): Promise<void> {
  await db
    .insertInto('imports')
    .values({
      user_id: userId,
      ...one,
      ...asJson(one, ['mapping', 'columns', 'first_rows', 'status_mapping', 'status_words', 'ambiguous_dates']),
      processed: 0,
      created: 0,
      updated: 0,
      skipped: 0,
      failed: 0,
      errors: '[]',
      warnings: '[]',
      problem: null,
      undo: null,
      finished_at: null,
      duration_ms: null,
    })
    .execute()
}

export type ImportChanges = Partial<
  Pick<
    Import,
    | 'status'
    | 'processed'
    | 'created'
    | 'updated'
    | 'skipped'
    | 'failed'
    | 'errors'
    | 'warnings'
    | 'problem'
    | 'finished_at'
    | 'duration_ms'
    | 'undo'
  >
>

export async function setImport(db: Db, userId: string, id: string, changes: ImportChanges): Promise<void> {
  await db
    .updateTable('imports')
    .set({ ...changes, ...asJson(changes, ['errors', 'warnings', 'problem', 'undo']) })
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .execute()
}

const asJson = <T extends object, N extends keyof T>(from: T, names: N[]) =>
  Object.fromEntries(
    names.filter((name) => from[name] !== undefined).map((name) => [name, from[name] === null ? null : JSON.stringify(from[name])]),
  ) as Record<N, string>

export function findImport(db: Db, userId: string, id: string, { lock = false } = {}): Promise<Import | undefined> {
  const query = db.selectFrom('imports').select(columns).where('user_id', '=', userId).where('id', '=', id)
  return (lock ? query.forUpdate() : query).executeTakeFirst()
}

export async function listImportRecords(db: Db, userId: string, { status, dry_run, limit, cursor, sort }: ImportListQuery) {
  const from = sql`imports`
  const where = allOf([
    sql`imports.user_id = ${userId}`,
    sql`imports.dry_run = ${dry_run ?? false}`,
    ...(status ? [sql`imports.status = any(${status}::text[])`] : []),
  ])
  const boundTo = [userId, 'imports', status, dry_run ?? false, sort]
  const [page, total] = await Promise.all([
    keysetPage<Import>(db, {
      columns: sql.join(columns.map((name) => sql.ref(`imports.${name}`))),
      from,
      where,
      id: sql`imports.id`,
      sort: { expression: sql`imports.created_at`, type: 'timestamptz', nullable: false, descending: sort.startsWith('-') },
      limit,
      cursor,
      boundTo,
    }),
    countUpTo(db, from, where),
  ])
  return { ...page, total }
}

export type KeptRow = {
  row: number
  outcome: ImportOutcome
  job_id: string | null
  application_id: string | null
  code: string | null
  other_row: number | null
  problems: string | null
  cells: string | null
}

/** In the order of the file, from after `after` on. */
export async function findRows(
  db: Db,
  userId: string,
  importId: string,
  { outcomes, after, limit }: { outcomes: readonly ImportOutcome[] | undefined; after: number; limit: number },
): Promise<KeptRow[]> {
  const { rows } = await sql<KeptRow>`
    select row, outcome, job_id, application_id, code, other_row, problems, cells from import_rows
    where ${rowsWhere(userId, importId, outcomes)} and row > ${after} order by row limit ${limit}`.execute(db)
  return rows
}

export const countRows = (db: Db, userId: string, importId: string, outcomes: readonly ImportOutcome[] | undefined) =>
  countUpTo(db, sql`import_rows`, rowsWhere(userId, importId, outcomes))

const rowsWhere = (userId: string, importId: string, outcomes: readonly ImportOutcome[] | undefined): RawBuilder<unknown> =>
  allOf([sql`user_id = ${userId}`, sql`import_id = ${importId}`, ...(outcomes ? [sql`outcome = any(${outcomes}::text[])`] : [])])

export async function findDelimiter(db: Db, userId: string, id: string): Promise<string> {
  const found = await db
    .selectFrom('imports')
    .select('delimiter')
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return found.delimiter
}

export function findMapping(db: Db, userId: string, signature: string): Promise<{ kind: ImportKind; mapping: ImportMapping } | undefined> {
  return db
    .selectFrom('import_mappings')
    .select(['kind', 'mapping'])
    .where('user_id', '=', userId)
    .where('signature', '=', signature)
    .executeTakeFirst()
}

export async function saveMapping(
  db: Db,
  userId: string,
  { signature, kind, mapping, now }: { signature: string; kind: ImportKind; mapping: ImportMapping; now: string },
): Promise<void> {
  const values = { kind, mapping: JSON.stringify(mapping), updated_at: now }
  await db
    .insertInto('import_mappings')
    .values({ user_id: userId, signature, ...values })
    .onConflict((conflict) => conflict.columns(['user_id', 'signature']).doUpdateSet(values))
    .execute()
}

/** Previews are of use for as long as somebody sits in front of them. */
export async function deleteOldDryRuns(db: Db, userId: string, now: string): Promise<void> {
  await sql`delete from imports where user_id = ${userId} and dry_run and created_at < ${now}::timestamptz - interval '1 day'`.execute(db)
}
