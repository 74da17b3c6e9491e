import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { accountsOn, makePerson, type Person } from '../../testing/people.ts'
import { useTestApp } from '../../testing/test-app.ts'
import { tablesOfPeople } from '../../testing/whole-dump.ts'
import type { App } from '../app.ts'
import { asNobody, asUser, forEverybody, openTablesToPersons } from './row-security.ts'
import { openSnapshot } from './stream-copy.ts'
import { inTransaction } from './transaction.ts'

const t = useTestApp(accountsOn)
let app: App
type Someone = { id: string; job: string }
let people: Someone[]
let ana: Someone
let ben: Someone

async function fill({ client }: Person): Promise<Someone> {
  const { id: job } = await client.jobs.create({ body: { company: 'Northwind', title: 'Engineer', tech_stack: ['Go'] } })
  const { id: application } = await client.applications.create({ body: { job_id: job } })
  await client.applications.addInterview({ params: { id: application }, body: { starts_at: '2990-01-02T08:00:00.000Z' } })
  await client.notifications.test({ body: { channel: 'in_app' } })
  await client.tokens.create({ body: { name: 'Mine', scopes: ['read'] } })
  await client.imports.create({ file: new Blob(['company,title\nVelotram,Engineer\n']), body: {} })
  await client.bulk.updateJobs({ body: { updates: [{ id: job, notes: 'call' }] } })
  return { id: (await client.account.me()).id, job }
}

beforeAll(async () => {
  app = t.app
  ana = await fill(await makePerson(t, 'ana@example.com'))
  ben = await fill(await makePerson(t, 'ben@example.com'))
  people = [ana, ben, await fill(await makePerson(t, 'carla@example.com'))]
})

/** Whose rows are seen by a query that forgot to ask. */
const ownersIn = async (table: string) =>
  (await app.pool.query<{ user_id: string }>(`select distinct user_id from "${table}"`)).rows.map(({ user_id }) => user_id)

const refused = { code: '42501' }

describe('a query without its where-clause', () => {
  test('shows a person their own rows, nobody nothing, and what looks after all accounts everything', async () => {
    const full: string[] = []
    for (const table of await tablesOfPeople(app)) {
      const all = await forEverybody(() => ownersIn(table))
      if (all.length < people.length) continue
      full.push(table)
      expect(await asUser(ana, () => ownersIn(table)), table).toEqual([ana.id])
      expect(await asNobody(() => ownersIn(table)), table).toEqual([])
    }
    expect(full).toEqual(expect.arrayContaining(['jobs', 'applications', 'interviews', 'notifications', 'tokens', 'sessions', 'imports']))
    expect(full.length).toBeGreaterThan(12)
  })

  test('shows of all accounts one’s own', async () => {
    const { rows } = await asUser(ana, () => sql`select id from users`.execute(app.db))
    expect(rows).toEqual([{ id: ana.id }])
    expect(await asNobody(() => app.db.selectFrom('users').select('id').execute())).toEqual([])
  })

  test('changes and deletes nothing of others', async () => {
    const of = ({ id }: { id: string }) => app.pool.query('select * from jobs where user_id = $1 order by id', [id])
    const before = (await of(ben)).rows
    await asUser(ana, () => app.pool.query(`update jobs set notes = 'changed'`))
    expect((await asUser(ana, () => of(ana))).rows.every(({ notes }) => notes === 'changed')).toBe(true)
    await asUser(ana, () => app.pool.query(`update jobs set notes = 'changed' where user_id = $1`, [ben.id]))
    await asUser(ana, () => app.pool.query('delete from applications where user_id = $1', [ben.id]))
    await asNobody(() => app.pool.query('delete from jobs'))
    expect((await of(ben)).rows).toEqual(before)
    expect(await ownersIn('applications')).toContain(ben.id)
  })
})

test('rows of somebody else can neither be written nor taken over', async () => {
  const [ana, ben] = people as [{ id: string; job: string }, { id: string }]
  const insert = `insert into settings (user_id, timezone, locale, theme, week_starts_on, reminder_hour, daily_application_goal,
    follow_up_after_days, ghosted_after_days, match_threshold, updated_at) values ($1, 'UTC', 'en', 'system', 'monday', 9, 1, 1, 1, 1, now())`
  await expect(asUser(ana, () => app.pool.query(insert, [ben.id]))).rejects.toMatchObject(refused)
  await expect(asNobody(() => app.pool.query(insert, [ben.id]))).rejects.toMatchObject(refused)
  const handOver = `update jobs set user_id = $1 where id = $2`
  await expect(asUser(ana, () => app.pool.query(handOver, [ben.id, ana.job]))).rejects.toMatchObject(refused)
  const copy = `insert into jobs (user_id, id, company, title, created_at, updated_at) select $1, gen_random_uuid(), company, title, now(), now() from jobs`
  await expect(asUser(ana, () => app.pool.query(copy, [ben.id]))).rejects.toMatchObject(refused)
})

test('what is nobody’s own, a person does not get at', async () => {
  for (const table of ['verifications', 'reminder_looks'])
    await expect(
      asUser(ana, () => app.pool.query(`select * from ${table}`)),
      table,
    ).rejects.toMatchObject(refused)
})

describe('a connection', () => {
  test('that served somebody serves the next one with theirs alone, however the one before left it', async () => {
    const seen = await Promise.all(
      Array.from({ length: 300 }, async (_, at) => {
        const person = people[at % people.length] as Someone
        return asUser(person, async () => {
          if (at % 5 === 0) await app.pool.query('select 1 / 0').catch(() => {})
          if (at % 7 === 0) await inTransaction(app, () => Promise.reject(new Error('no'))).catch(() => {})
          return { person: person.id, owners: await ownersIn('jobs') }
        })
      }),
    )
    expect(seen.filter(({ person, owners }) => owners.length !== 1 || owners[0] !== person)).toEqual([])
    expect((await ownersIn('jobs')).toSorted()).toEqual(people.map(({ id }) => id).toSorted())
  })

  test('of a transaction stays that of who began it', async () => {
    const { rows } = await asUser(ana, () =>
      inTransaction(app, ({ db }) => asUser(ben, () => sql<{ user_id: string }>`select distinct user_id from jobs`.execute(db))),
    )
    expect(rows).toEqual([{ user_id: ana.id }])
  })

  test('of a download too', async () => {
    const rows = await asUser(ana, async () => {
      const snapshot = await openSnapshot(app)
      const found = await snapshot.rows('select distinct user_id from jobs')
      await snapshot.end('finished')
      return found
    })
    expect(rows).toEqual([{ user_id: ana.id }])
  })

  test('takes a role that owns nothing and is held to the policies', async () => {
    const { rows } = await asUser(ana, () =>
      app.pool.query(`select rolname, rolsuper, rolbypassrls, rolcanlogin,
        exists (select from pg_class where relowner = pg_roles.oid and relpersistence <> 't') as owns from pg_roles where rolname = current_user`),
    )
    expect(rows).toEqual([{ rolname: 'landed_person', rolsuper: false, rolbypassrls: false, rolcanlogin: false, owns: false }])
  })
})

test('several processes that start at once let the role in, and none of them fails', async () => {
  const tables = (await tablesOfPeople(app)).map((table) => `"${table}"`).join(', ')
  for (let round = 0; round < 5; round++) {
    await app.pool.query(`revoke all on ${tables}, users, migrations from landed_person`)
    await expect(asUser(ana, () => ownersIn('jobs'))).rejects.toMatchObject(refused)
    await Promise.all(Array.from({ length: 6 }, () => openTablesToPersons(app.pool)))
    expect(await asUser(ana, () => ownersIn('jobs'))).toEqual([ana.id])
  }
})
