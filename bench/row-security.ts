/**
 * What it costs to let PostgreSQL hold each query to the rows of who asks, beside the plain `where user_id = $1`: each way in turn.
 * No promise of its own; docs/decisions/0020-row-security.md decides by it.
 */
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { asUser, forEverybody, GuardedPool } from '../server/database/row-security.ts'
import type { Tables } from '../server/database/tables.ts'
import { findJobs } from '../server/features/jobs/jobs.ts'
import { makeFolder, openApp } from './bench-server.ts'
import { milliseconds, printTable, quantile } from './print-table.ts'
import { fillAccount } from './sample-jobs.ts'

const rounds = 7
const queries = 1_500
const atOnce = 50
// A pool for each way, and 40 are all that the embedded PostgreSQL has.
const connections = 8

await using place = await makeFolder()
await using app = await openApp(place.dataDir, { ROW_SECURITY: 'on' })
await fillAccount(app, 10_000, atOnce)
const { rows: people } = await app.pool.query<{ id: string; job: string }>(
  'select users.id, (select jobs.id from jobs where user_id = users.id limit 1) as job from users where not is_local order by id',
)
type Person = (typeof people)[number]

/** As the server's, less what a pool of its own cannot take from it. Without parsers, which all ways would pay alike. */
// The password hides from copies.
const options: pg.PoolConfig = { ...app.pool.options, password: app.pool.options.password, max: connections }
const asPerson = { ...options, options: `${options.options} -c role=landed_person` }
const plainPool = new pg.Pool(options)
const guardedPool = new GuardedPool(options)
const personPool = new pg.Pool(asPerson)
const pipeliningPool = new pg.Pool({ ...asPerson, pipeline: true })
const pools = [plainPool, guardedPool, personPool, pipeliningPool]
// That their connections end with the server is no news.
for (const pool of pools) pool.on('error', () => {})
const [plainDb, guardedDb, personDb] = [plainPool, guardedPool, personPool].map(
  (pool) => new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }),
) as [Kysely<Tables>, Kysely<Tables>, Kysely<Tables>]

type Query = (
  db: Kysely<Tables>,
  person: Person,
) => { execute(): Promise<unknown[]>; compile(): { sql: string; parameters: readonly unknown[] } }
const point: Query = (db, { id, job }) =>
  db.selectFrom('jobs').select(['id', 'title', 'company', 'notes']).where('user_id', '=', id).where('id', '=', job)
const page: Query = (db, { id }) =>
  db
    .selectFrom('jobs')
    .select(['id', 'title', 'company', 'notes'])
    .where('user_id', '=', id)
    .where('deleted_at', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(50)

const whose = `select set_config('landed.user_id', $1, $2)`

/** Sends all at once, on one connection. The last but `after` is what was asked. */
async function inOneTrip(query: Query, person: Person, isTransaction: boolean): Promise<unknown[]> {
  const { sql: text, parameters } = query(plainDb, person).compile()
  const client = await pipeliningPool.connect()
  const sent = [
    ...(isTransaction ? [client.query('begin')] : []),
    client.query(whose, [person.id, isTransaction]),
    client.query(text, parameters as unknown[]),
    ...(isTransaction ? [client.query('commit')] : []),
  ]
  const results = await Promise.all(sent)
  client.release()
  return results[isTransaction ? 2 : 1]!.rows
}

const ways: [string, (query: Query, person: Person) => Promise<unknown[]>][] = [
  ['where user_id = $1, nothing else', (query, person) => query(plainDb, person).execute()],
  ['policies, one person at this server', (query) => asUser(people[0]!, () => query(guardedDb, people[0]!).execute())],
  ['policies, told when the connection was another’s', (query, person) => asUser(person, () => query(guardedDb, person).execute())],
  ['policies, told in the same trip', (query, person) => inOneTrip(query, person, false)],
  ['policies, a transaction in one trip', (query, person) => inOneTrip(query, person, true)],
  [
    'policies, a transaction in four trips',
    (query, person) =>
      personDb.transaction().execute(async (db) => {
        await sql`select set_config('landed.user_id', ${person.id}, true)`.execute(db)
        return query(db, person).execute()
      }),
  ],
]

/** Milliseconds for a query, while so many others are asked. */
async function time(ask: (person: Person) => Promise<unknown[]>): Promise<number> {
  let next = 0
  const began = performance.now()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let at = next++; at < queries; at = next++) {
        if ((await ask(people[at % people.length]!)).length === 0) throw new Error('nothing was found')
      }
    }),
  )
  return (performance.now() - began) / queries
}

for (const [name, query] of [
  ['a point read', point],
  ['a page of 50', page],
] as const) {
  const took = ways.map((): number[] => [])
  for (let round = 0; round <= rounds; round++) {
    for (const [at, [, ask]] of ways.entries()) {
      const one = await time((person) => ask(query, person))
      if (round > 0) took[at]!.push(one)
    }
  }
  printTable(
    `${name}, ${atOnce} at once of ${people.length} accounts, ${connections} connections (${rounds} rounds of ${queries}, medians)`,
    [
      ['', 'each', 'times the plain one'],
      ...ways.map(([way], at) => {
        const ratio = quantile(
          took[at]!.map((one, round) => one / took[0]![round]!),
          0.5,
        )
        return [way, milliseconds(quantile(took[at]!, 0.5)), ratio.toFixed(2)]
      }),
    ],
  )
}

const search = async (q: string) => {
  const began = performance.now()
  await findJobs(app, app.localUser, { q, sort: '-created_at', limit: 50 })
  return performance.now() - began
}
const median = async (act: () => Promise<number>) => quantile(await Array.fromAsync({ length: 15 }, act), 0.5)
printTable('GET /jobs?q=, 10,000 jobs, one at a time', [
  ['', 'plain', 'under policies'],
  ...(await Array.fromAsync(
    [
      ['a word in most jobs', 'harbour'],
      ['a word in few jobs', 'velotram 7'],
      ['a word in none', 'quixotry'],
    ] as const,
    async ([name, q]) => [
      name,
      milliseconds(await median(() => forEverybody(() => search(q)))),
      milliseconds(await median(() => asUser(app.localUser, () => search(q)))),
    ],
  )),
])
await Promise.all(pools.map((pool) => pool.end()))
