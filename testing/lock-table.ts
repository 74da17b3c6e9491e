import pg from 'pg'

/**
 * Somebody else at the same database who holds a whole table, so that a test can act while a request waits for it.
 * `mode`: `access exclusive` lets nobody read, `share row exclusive` nobody write.
 */
export async function lockTable(databaseUrl: string, table: string, mode: 'access exclusive' | 'share row exclusive') {
  const holder = new pg.Client({ connectionString: databaseUrl })
  // Apart from the holder: within a transaction pg_stat_activity stays what it was when it was first read.
  const watcher = new pg.Client({ connectionString: databaseUrl })
  await Promise.all([holder.connect(), watcher.connect()])
  await holder.query('begin')
  await holder.query(`lock table ${table} in ${mode} mode`)
  const waiting = `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
  return {
    /** Until so many wait for any lock. */
    untilWaiting: async (count: number) => {
      while ((await watcher.query(waiting)).rows.length < count) await new Promise((resolve) => setTimeout(resolve, 10))
    },
    cancelTheWaiting: () => watcher.query(`select pg_cancel_backend(pid) from (${waiting}) as others`),
    release: () => Promise.all([holder.end(), watcher.end()]),
  }
}
