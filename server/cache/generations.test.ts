import pg from 'pg'
import { beforeAll, expect, test, vi } from 'vitest'
import type { Endpoint } from '../../contract/endpoint.ts'
import { fullPath } from '../../contract/endpoint.ts'
import { api } from '../../contract/index.ts'
import { statementsOf } from '../../testing/statements.ts'
import { useTestApp } from '../../testing/test-app.ts'

/** The generation of a user is another one after each write that can change an answer that is kept. */

const t = useTestApp()
const other = '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f60'

beforeAll(async () => {
  await t.app.pool.query('insert into users (id, email, is_local, created_at) values ($1, $2, false, now())', [other, 'other@example.com'])
  const { id: job_id } = await t.client.jobs.create({ body: { company: 'Marulho', title: 'Engineer' } })
  const { id } = await t.client.applications.create({ body: { job_id } })
  await t.client.applications.addInterview({ params: { id }, body: { starts_at: '2990-01-02T08:00:00.000Z' } })
  await t.client.profile.update({ body: { headline: 'x' } })
  await t.client.settings.update({ body: { theme: 'dark' } })
  // Jobs are held against the profile in the background, and what that asks for is no part of any answer.
  await vi.waitFor(async () => expect((await t.app.pool.query('select 1 from stale_matches')).rows).toEqual([]), 20_000)
})

const generationOf = async (userId: string = t.app.localUser.id) =>
  (
    await t.app.pool.query<{ generation: string | null }>(
      `select string_agg(generation::text, ',' order by slot) as generation from user_generations where user_id = $1`,
      [userId],
    )
  ).rows[0]?.generation ?? ''

const renews = async (write: () => Promise<unknown>, userId?: string) => {
  const before = await generationOf(userId)
  await write()
  return (await generationOf(userId)) !== before
}

async function connect() {
  const client = new pg.Client({ connectionString: t.app.config.databaseUrl as string })
  await client.connect()
  return { query: (statement: string) => client.query(statement), [Symbol.asyncDispose]: () => client.end() }
}

/** No answer that is kept is made of these. */
const unread = [
  'bulk_before_images',
  'bulk_changes',
  'bulk_parts',
  'deliveries',
  // for whoever sends digests
  'digest_days',
  'idempotency_keys',
  'import_before_images',
  'import_mappings',
  'import_rows',
  'imports',
  'invites',
  'notification_causes',
  'notification_counters',
  'notification_preferences',
  'notifications',
  'push_subscriptions',
  'reminder_days',
  // only on its way into search_terms and search_words
  'search_changes',
  'sessions',
  'sign_in_methods',
  // whose jobs are to be scored: the scores themselves are in jobs
  'stale_matches',
  'superseded_events',
  'tasks',
  'tokens',
  'user_generations',
  // what an alert has told of
  'view_jobs',
  // a list is asked for by the filter that a view holds, never by the view
  'views',
]

async function followed(): Promise<string[]> {
  const { rows } = await t.app.pool.query<{ name: string; events: string[] }>(
    `select relname as name, array_agg(tgname::text order by tgname) as events from pg_trigger join pg_class on pg_class.oid = tgrelid
     where tgname like 'generation\\_%' group by relname`,
  )
  for (const { name, events } of rows)
    expect(events, name).toEqual(['generation_deleted', 'generation_inserted', 'generation_truncated', 'generation_updated'])
  return rows.map(({ name }) => name).toSorted()
}

test('every table with a user is followed, or none of its rows are in an answer that is kept', async () => {
  const { rows } = await t.app.pool.query<{ name: string }>(
    `select table_name as name from information_schema.columns join information_schema.tables using (table_schema, table_name)
     where column_name = 'user_id' and table_schema = 'public' and table_type = 'BASE TABLE'`,
  )
  const tables = rows.map(({ name }) => name)
  const following = await followed()
  expect(following).toEqual(expect.arrayContaining(['application_events', 'applications', 'interviews', 'jobs', 'profiles', 'settings']))
  expect(tables.filter((name) => !unread.includes(name)).toSorted()).toEqual(following)
})

test('every answer that is kept is made of tables that are followed', async () => {
  const { rows } = await t.app.pool.query<{ name: string }>(`select relname as name from pg_class where relkind in ('r', 'v', 'm', 'p')`)
  const tables = rows.map(({ name }) => name)
  const following = await followed()
  const reads = Object.values(api)
    .flatMap((endpoints) => Object.values(endpoints) as Endpoint[])
    .filter(({ method, path }) => method === 'GET' && !path.includes('{'))
  const kept: string[] = []
  for (const endpoint of reads) {
    // What it asks for by default, and where there is a search, with one.
    for (const query of endpoint.query?.shape['q'] ? ['', '?q=marulh', '?q=marlho'] : ['']) {
      let answer: Response | undefined
      const statements = await statementsOf(async () => {
        answer = await t.send('GET', `${fullPath(endpoint)}${query}`)
        await answer.arrayBuffer()
      })
      if (!answer?.headers.get('server-timing')?.includes('cache')) continue
      kept.push(endpoint.path)
      const words = new Set(statements.join(' ').match(/\w+/g))
      const used = tables.filter((name) => words.has(name))
      const mayBeUsed = [...following, 'user_generations', 'search_changes']
      expect(used, endpoint.path).toContain('user_generations')
      expect(
        used.filter((name) => !mayBeUsed.includes(name)),
        endpoint.path,
      ).toEqual([])
    }
  }
  expect(kept).toEqual(expect.arrayContaining(['/jobs', '/applications', '/profile']))
})

test('each kind of write renews it, whoever writes and however', async () => {
  const me = `user_id = '${t.app.localUser.id}'`
  await using client = await connect()
  for (const table of await followed()) {
    const { rows } = await t.app.pool.query(`select 1 from ${table} where ${me}`)
    if (rows.length === 0) continue
    for (const write of [
      `update ${table} set user_id = user_id where ${me}`,
      `delete from ${table} where ${me}`,
      `truncate ${table} cascade`,
    ]) {
      await client.query('begin')
      await client.query(write)
      const inside = await client.query(`select generation from user_generations where ${me} order by slot`)
      await client.query('rollback')
      const outside = await client.query(`select generation from user_generations where ${me} order by slot`)
      expect(inside.rows, write).not.toEqual(outside.rows)
    }
  }
  expect(
    await renews(() =>
      client.query(`insert into jobs (user_id, id, company, title, created_at, updated_at)
    select '${t.app.localUser.id}', gen_random_uuid(), 'a', 'b', now(), now()`),
    ),
  ).toBe(true)
  expect(await renews(() => client.query(`update jobs set notes = 'nobody has this' where ${me} and company = 'nobody'`))).toBe(false)
})

test('a row that goes from one to another renews both', async () => {
  const mine = t.app.localUser.id
  await t.app.pool.query(`insert into jobs (user_id, id, company, title, created_at, updated_at)
    values ('${mine}', '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f70', 'moved', 'b', now(), now())`)
  const before = [await generationOf(mine), await generationOf(other)]
  await t.app.pool.query(`update jobs set user_id = '${other}' where company = 'moved'`)
  const after = [await generationOf(mine), await generationOf(other)]
  expect(after[0]).not.toBe(before[0])
  expect(after[1]).not.toBe(before[1])
})

test('what was taken back by a savepoint does not count as renewed', async () => {
  await using client = await connect()
  const write = `update jobs set notes = coalesce(notes, '') || 'x' where company = 'Marulho'`
  expect(
    await renews(async () => {
      await client.query('begin')
      await client.query('savepoint here')
      await client.query(write)
      await client.query('rollback to savepoint here')
      await client.query(write)
      await client.query('commit')
    }),
  ).toBe(true)
  expect(
    await renews(async () => {
      await client.query('begin')
      await client.query(write)
      await client.query('rollback')
    }),
  ).toBe(false)
  // The next transaction of the same connection.
  expect(await renews(() => client.query(write))).toBe(true)
  expect(await renews(() => client.query(write))).toBe(true)
})

test('nobody waits for another: transactions of one person at the same time, in any order, each renew it', async () => {
  await t.client.jobs.create({ body: { company: 'Second', title: 'Engineer' } })
  await using one = await connect()
  await using two = await connect()
  await using three = await connect()
  const all = [one, two, three]
  for (const client of all) await client.query(`set lock_timeout = '200ms'`)
  for (const client of all) await client.query('begin')
  await one.query(`update jobs set priority = 1 where company = 'Marulho'`)
  await two.query(`update jobs set priority = 1 where company = 'Second'`)
  await three.query(`update profiles set headline = 'y'`)
  await two.query(`update settings set theme = 'light'`)
  const seen = new Set([await generationOf()])
  for (const client of [two, three, one]) {
    await client.query('commit')
    seen.add(await generationOf())
  }
  expect(seen.size).toBe(4)
  // As many rows as there were writers at once, and no more.
  for (let at = 0; at < 10; at++) await one.query(`update jobs set priority = ${at % 5} where company = 'Marulho'`)
  const { rows } = await t.app.pool.query('select count(*)::int as n from user_generations where user_id = $1', [t.app.localUser.id])
  expect(rows[0].n).toBeLessThanOrEqual(4)
})

test('an account can be deleted with all it has', async () => {
  await t.app.pool.query('delete from users where id = $1', [other])
  expect(await generationOf(other)).toBe('')
})
