/** Rows as a backup has them: each one line of JSON, whatever columns its table has. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { BackupTable } from './backup-part.ts'
import { withLiterals } from './literals.ts'
import type { Tables } from './tables.ts'
import { freeYoungBuffers } from './young-buffers.ts'

type Db = Kysely<Tables>
type Column = { table: string; name: string; type: string }

/** What can be written of each table there is. */
export type Columns = ReadonlyMap<string, readonly Column[]>

/** Of the schema that comes first in the search path, and of no other. */
export async function readColumns(run: (statement: string) => Promise<Column[]>): Promise<Columns> {
  const columns = await run(`
    select relname as "table", attname as name, format_type(atttypid, null) as type
    from pg_attribute join pg_class on pg_class.oid = attrelid
    where relnamespace = current_schema()::regnamespace and relkind = 'r' and attnum > 0 and not attisdropped and attgenerated = ''
    order by relname, attnum`)
  return Map.groupBy(columns, ({ table }) => table)
}

export const columnsIn = (db: Db): Promise<Columns> => readColumns(async (statement) => (await sql.raw<Column>(statement).execute(db)).rows)

/** The columns of a row; of one that stands inside another, without that one's id. */
export function columnsOf(columns: Columns, table: BackupTable, inside = false): Column[] {
  const left = ['user_id', ...(table.without ?? []), ...(inside && table.of ? [table.of.by] : [])]
  return (columns.get(table.table) ?? []).filter(({ name }) => !left.includes(name))
}

/** Every name that a row has in the file. */
export const namesOf = (columns: Columns, table: BackupTable): string[] => [
  ...columnsOf(columns, table).map(({ name }) => name),
  ...(table.holds ? [table.holds.name] : []),
]

const names = (columns: readonly Column[]) => sql.join(columns.map(({ name }) => sql.ref(name)))
const key = (table: BackupTable, prefix = table.table as string) =>
  table.key.length > 0 ? sql.join(table.key.map((name) => sql.ref(`${prefix}.${name}`))) : sql`1`

/** A query for all rows of a person, each as a text without line breaks. */
export const linesOf = (columns: Columns, table: BackupTable, userId: string): string =>
  withLiterals(sql`select row_to_json(item)::text as line from (
    select ${shown(columns, table, false)} from ${sql.table(table.table)}
    where user_id = ${userId}::uuid ${table.where ? sql`and ${table.where}` : sql``} order by ${key(table)}) as item`)

function shown(columns: Columns, table: BackupTable, inside: boolean): RawBuilder<unknown> {
  const own = columnsOf(columns, table, inside).map(({ name, type }) => {
    const column = sql.ref(`${table.table}.${name}`)
    return type === 'timestamp with time zone'
      ? sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as ${sql.ref(name)}`
      : column
  })
  return sql.join(table.holds ? [...own, sql`${heldBy(columns, table, table.holds)} as ${sql.ref(table.holds.name)}`] : own)
}

// json_agg sets line breaks between its entries; inside of texts they are escaped.
const heldBy = (columns: Columns, by: BackupTable, held: NonNullable<BackupTable['holds']>) => sql`(
  select replace(coalesce(json_agg(row_to_json(held) order by ${key(held, 'held')}), '[]')::text, e'\\n', '')::json
  from (select ${shown(columns, held, true)} from ${sql.table(held.table)} where ${sql.ref(`${held.table}.user_id`)} = ${sql.ref(`${by.table}.user_id`)}
    and ${sql.ref(`${held.table}.${held.of.by}`)} = ${sql.ref(`${by.table}.id`)}) as held)`

/** The rows of a cursor, so that they are never here all at once. */
export async function* readLines(db: Db, statement: string): AsyncGenerator<string[]> {
  await sql.raw(`declare lines no scroll cursor for ${statement}`).execute(db)
  try {
    for (;;) {
      const { rows } = await sql<{ line: string }>`fetch forward 200 from lines`.execute(db)
      if (rows.length === 0) break
      yield rows.map(({ line }) => line)
      freeYoungBuffers()
    }
  } finally {
    await sql`close lines`.execute(db)
  }
}

const staged = (table: BackupTable) => sql.table(`staged_${table.table}`)

/** Where lines are put before it is decided about them, until the transaction ends. */
export async function createStaged(db: Db, columns: Columns, table: BackupTable): Promise<void> {
  await sql`create temp table ${staged(table)} on commit drop as
    select ${names(columnsOf(columns, table))} from ${sql.table(table.table)} with no data`.execute(db)
  if (table.holds) await createStaged(db, columns, table.holds)
}

/** Puts lines into the staged table, or, for `userId`, into the table itself. */
export async function putLines(db: Db, columns: Columns, table: BackupTable, lines: readonly string[], userId?: string): Promise<void> {
  const all = sql`${`[${lines.join(',')}]`}::json`
  const into = (one: BackupTable) => (userId === undefined ? staged(one) : sql.table(one.table))
  const [owner, ownerId] = userId === undefined ? [sql``, sql``] : [sql`user_id, `, sql`${userId}::uuid, `]
  const own = names(columnsOf(columns, table))
  await sql`insert into ${into(table)} (${owner}${own})
    select ${ownerId}${own} from json_populate_recordset(null::${sql.table(table.table)}, ${all})`.execute(db)
  const { holds } = table
  if (!holds) return
  const held = names(columnsOf(columns, holds, true))
  await sql`insert into ${into(holds)} (${owner}${sql.ref(holds.of.by)}, ${held})
    select ${ownerId}(line->>'id')::uuid, ${held}
    from json_array_elements(${all}) as line, json_populate_recordset(null::${sql.table(holds.table)}, line->${sql.lit(holds.name)})`.execute(
    db,
  )
}

/** After the last line: one row a key, and a picture of them for the planner. */
export async function finishStaged(db: Db, table: BackupTable): Promise<void> {
  if (table.key.length > 0) {
    await sql`create unique index on ${staged(table)} (${sql.join(table.key.map((name) => sql.ref(name)))})`.execute(db)
  }
  await sql`analyze ${staged(table)}`.execute(db)
  if (table.holds) await finishStaged(db, table.holds)
}

/** How many staged rows belong to nothing that was staged. */
export async function countOrphans(db: Db, table: BackupTable): Promise<number> {
  if (!table.of) return 0
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from ${staged(table)} as child where not exists (
      select 1 from ${sql.table(`staged_${table.of.table}`)} as parent where parent.id = child.${sql.ref(table.of.by)})`.execute(db)
  return rows[0]?.n ?? 0
}
