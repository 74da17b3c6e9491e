import type { App } from '../server/app.ts'
import { tablesLeftOut } from '../server/features/backups/parts.ts'

/** Tables in which a person has rows. */
export async function tablesOfPeople(app: App): Promise<string[]> {
  const { rows } = await app.pool.query<{ table_name: string }>(
    `select table_name from information_schema.columns join information_schema.tables using (table_schema, table_name)
     where table_schema = 'public' and column_name = 'user_id' and table_type = 'BASE TABLE' order by table_name`,
  )
  return rows.map((row) => row.table_name)
}

/** Every row and column that one person has, versions and instants included, but for what no backup takes along. */
export async function wholeDump(app: App, userId = app.localUser.id): Promise<Record<string, string[]>> {
  const dump: Record<string, string[]> = {}
  for (const table of await tablesOfPeople(app)) {
    if (table in tablesLeftOut) continue
    const { rows: columns } = await app.pool.query<{ name: string }>(
      `select column_name as name from information_schema.columns
       where table_schema = 'public' and table_name = $1 and column_name not in ('user_id', 'owner')`,
      [table],
    )
    const { rows } = await app.pool.query<{ line: string }>(
      `select row_to_json(kept)::text as line from (select ${columns.map(({ name }) => `"${name}"`).join(', ')} from ${table} where user_id = $1) as kept`,
      [userId],
    )
    dump[table] = rows.map((row) => row.line).toSorted()
  }
  return dump
}
