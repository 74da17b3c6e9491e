import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { useTestApp } from '../../testing/test-app.ts'
import { freshenStatistics } from './statistics.ts'

const app = useTestApp()

test('a table that was looked at while a long transaction filled it is not taken for empty', async () => {
  const { db, pool, localUser } = app.app
  await db.transaction().execute(async (db) => {
    await sql`
      insert into jobs (user_id, id, company, title, created_at, updated_at)
      select ${localUser.id}::uuid, gen_random_uuid(), 'Acme', 'Welder', now(), now() from generate_series(1, 3000)`.execute(db)
    await pool.query('analyze jobs')
  })
  const known = async () => (await pool.query<{ reltuples: number }>(`select reltuples from pg_class where oid = 'jobs'::regclass`)).rows[0]
  expect(await known()).toEqual({ reltuples: 0 })
  await freshenStatistics(app.app, ['jobs'])
  expect(await known()).toEqual({ reltuples: 3000 })
})
