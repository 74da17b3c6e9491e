import type { App } from '../server/app.ts'

const tables = {
  jobs: ['version', 'updated_at'],
  applications: ['version', 'updated_at'],
  application_events: ['recorded_at'],
  superseded_events: [],
  interviews: [],
} as const

/** Everything an account holds, but for what any change and its undoing leave behind. */
export async function canonicalDump(app: App): Promise<Record<string, unknown[]>> {
  const dump: Record<string, unknown[]> = {}
  for (const [table, without] of Object.entries(tables)) {
    const { rows } = await app.pool.query(`select * from ${table} order by id`)
    dump[table] = rows.map((row) =>
      Object.fromEntries(Object.entries(row).filter(([name]) => !(without as readonly string[]).includes(name))),
    )
  }
  return dump
}
