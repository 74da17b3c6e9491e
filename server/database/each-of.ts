import { type RawBuilder, sql } from 'kysely'
import type { Tables } from './tables.ts'

/**
 * For a from-clause: the rows of a table that have these ids, each looked up by its key. A plain `id in (…)` is up to the planner, which
 * knows nothing yet of rows that this transaction wrote: it then holds each of them against each of the others, 28 s for an import of 20,000.
 * `ids` is a query for ids.
 */
export function eachOf(table: keyof Tables, userId: string, ids: RawBuilder<unknown>): RawBuilder<unknown> {
  const name = sql.table(table)
  // `offset 0` keeps it from being planned as a join.
  return sql`
    (select distinct id from (${ids}) as named (id)) as wanted
    cross join lateral (select * from ${name} where ${name}.user_id = ${userId} and ${name}.id = wanted.id offset 0) as ${name}`
}
