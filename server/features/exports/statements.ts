import { type RawBuilder, sql } from 'kysely'
import { needsGuard } from '../../../contract/csv.ts'
import { orderOf, type Selection } from '../../database/keyset.ts'
import { withLiterals } from '../../database/literals.ts'
import type { Field } from './fields.ts'

/** The fields of a file in their order. */
export type Columns = [name: string, field: Field][]

/** Each row as PostgreSQL writes CSV: quoted only where needed. */
export function csvRows(columns: Columns, selection: Selection): string {
  const cells = columns.map(([, field]) => cell(field))
  // A lone empty cell would be an empty line, which many readers skip: "" it is then.
  const select = cells.length === 1 ? sql`coalesce((${cells[0]})::text, '')` : sql.join(cells)
  return withLiterals(sql`copy (${rowsOf(select, selection)}) to stdout (format csv)`)
}

/** Each row as one line of JSON: PostgreSQL escapes control characters in it, so with these two there is nothing to quote. */
export function jsonRows(columns: Columns, selection: Selection): string {
  const values = sql.join(columns.map(([name, field]) => sql`${value(field)} as ${sql.ref(name)}`))
  return withLiterals(
    sql`copy (select row_to_json(item) from (${rowsOf(values, selection)}) as item) to stdout (format csv, quote e'\\x01', delimiter e'\\x02')`,
  )
}

const rowsOf = (select: RawBuilder<unknown>, selection: Selection) =>
  sql`select ${select} from ${selection.from} where ${selection.where} order by ${orderOf(selection)}`

function cell(field: Field): RawBuilder<unknown> {
  switch (field.kind) {
    case 'text':
      return guarded(field.source)
    case 'words':
      return sql`array_to_json(${field.source})`
    case 'flag':
      return sql`${field.source}::text`
    default:
      return value(field)
  }
}

const value = ({ source, kind }: Field) =>
  kind === 'instant' ? sql`to_char(${source} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')` : source

/** What guardCell does, in SQL. Two characters decide, and so a long text is not unpacked twice. */
export const guarded = (text: RawBuilder<unknown>) =>
  sql`case when left(${text}, 2) ~ ${sql.lit(needsGuard.source)} then '''' || ${text} else ${text} end`
