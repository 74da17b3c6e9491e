import { expect, test } from 'vitest'
import { useTestApp } from '../../../testing/test-app.ts'

const t = useTestApp()

const jobs = 5_000
const applications = 500

test('jobs are told their status by their keys, also where PostgreSQL takes the table for empty', async () => {
  const client = await t.app.pool.connect()
  try {
    await client.query('begin')
    await client.query(
      `insert into jobs (user_id, id, company, title, created_at, updated_at)
       select $1, gen_random_uuid(), 'A', 'B', now(), now() from generate_series(1, $2)`,
      [t.app.localUser.id, jobs],
    )
    // Somebody else sees none of them, as what looks after tables by itself does.
    await t.app.pool.query('analyze jobs')
    const read = async () => {
      const { rows } = await client.query<{ n: number }>(
        `select seq_tup_read + idx_tup_fetch as n from pg_stat_xact_user_tables where relid = 'jobs'::regclass`,
      )
      return Number(rows[0]?.n)
    }
    const chosen = await client.query<{ id: string }>('select id from jobs limit $1', [applications])
    const before = await read()
    await client.query(
      `insert into applications (user_id, id, job_id, status, status_since, applied_on, last_event_at, created_at, updated_at)
       select $1, gen_random_uuid(), id, 'applied', '2026-11-01', '2026-11-01', now(), now(), now() from unnest($2::uuid[]) as id`,
      [t.app.localUser.id, chosen.rows.map(({ id }) => id)],
    )
    // Its foreign key, its words and its status.
    expect((await read()) - before).toBeLessThanOrEqual(4 * applications)
    const told = await client.query('select 1 from jobs where application_status = $1', ['applied'])
    expect(told.rows).toHaveLength(applications)
  } finally {
    await client.query('rollback')
    client.release()
  }
})
