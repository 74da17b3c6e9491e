import type { App } from '../app.ts'
import { forEverybody } from './row-security.ts'
import type { Tables } from './tables.ts'

/**
 * Tells the planner how much is in these tables, where that has changed a lot since it was last told. PostgreSQL does so by itself,
 * but up to a minute late, and when it looks while a long transaction writes it takes the table for empty: then joins of a hundred
 * thousand rows with as many are tried row by row, which takes hours. Not inside a transaction: it would hold others' back.
 */
export function freshenStatistics(app: App, tables: readonly (keyof Tables)[]): Promise<void> {
  return forEverybody(() => freshen(app, tables))
}

async function freshen(app: App, tables: readonly (keyof Tables)[]): Promise<void> {
  const { rows } = await app.pool.query<{ name: string }>(
    `select relname as name from pg_class where oid = any($1::regclass[])
      and (reltuples <= 0 and relpages > 0 or pg_stat_get_mod_since_analyze(oid) > 1000 + 0.1 * reltuples)`,
    [tables],
  )
  for (const { name } of rows) await app.pool.query(`analyze (skip_locked) ${name}`)
}
