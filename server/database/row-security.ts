/**
 * Whose rows a query sees when ROW_SECURITY=on: then PostgreSQL itself shows nothing else, whatever a where-clause forgot.
 * Every request and every piece of background work says for whom it is; see docs/decisions/0020-row-security.md.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'

/** The role under the policies of the migration 0017, which a connection takes for as long as it serves somebody. */
const personRole = 'landed_person'

const everybody = 'everybody'
const nobody = ''
/** An id, or one of these two. */
const sight = new AsyncLocalStorage<string>()

/** What is asked of the database within `work` sees and writes the rows of this person alone. */
export const asUser = <T>(user: { id: string }, work: () => T): T => sight.run(user.id, work)

/** Within `work` there is nobody's row to see, until somebody is named. A server starts with this. */
export const asNobody = <T>(work: () => T): T => sight.run(nobody, work)

/** Within `work` all rows are there: for what looks after all accounts alike, before or beside knowing who asks. */
export const forEverybody = <T>(work: () => T): T => sight.run(everybody, work)

// biome-ignore lint/suspicious/noExplicitAny: as the driver has it
type Taken = (error: Error | undefined, client: pg.PoolClient | undefined, done: (release?: any) => void) => void

const tell = { name: 'whose_rows', text: `select set_config('role', $1, false), set_config('landed.user_id', $2, false)` }

/** A pool whose connections see what whoever takes one may see. Outside of any server, as in a command, that is everything. */
export class GuardedPool extends pg.Pool {
  /** What each connection was last told. A new one is its owner's. */
  readonly #told = new WeakMap<pg.PoolClient, string>()

  override connect(): Promise<pg.PoolClient>
  override connect(callback: Taken): void
  override connect(callback?: Taken): Promise<pg.PoolClient> | void {
    if (!callback) {
      return new Promise((resolve, reject) => {
        this.connect((error, client) => (client ? resolve(client) : reject(error)))
      })
    }
    const wanted = sight.getStore() ?? everybody
    super.connect((error, client, done) => {
      // Compared at every taking, so nobody has to remember to take it back.
      if (!client || (this.#told.get(client) ?? everybody) === wanted) return callback(error, client, done)
      const values = wanted === everybody ? ['none', ''] : [personRole, wanted]
      // Waited for: what it fails to tell may not be asked.
      client.query({ ...tell, values }, (failure) => {
        if (failure) {
          done(true)
          return callback(failure, undefined, () => {})
        }
        this.#told.set(client, wanted)
        callback(undefined, client, done)
      })
    })
  }
}

// Of processes that start together each waits for the one before: two that grant the same at once fail. One text is one transaction.
const inTurn = `select pg_advisory_xact_lock(hashtextextended('landed roles', 0));`

const makeRole = `
  do $$ begin
    if not exists (select from pg_roles where rolname = '${personRole}') then create role ${personRole} nologin; end if;
  end $$;`

/** Makes the role where there is none, and lets `owner` take it. `connection`: of somebody who may make roles. */
export async function makePersonRole(connection: pg.ClientConfig, owner: string): Promise<void> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    await client.query(`${inTurn} ${makeRole} grant ${personRole} to ${client.escapeIdentifier(owner)}`)
  } finally {
    await client.end()
  }
}

/** Gives the role all tables that have policies, and of the others only what version this is. After migrating; throws when the role is missing. */
export async function openTablesToPersons(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ missing: string | null }>(
    `select (select string_agg(oid::regclass::text, ', ') from pg_class
        where relrowsecurity and relnamespace = 'public'::regnamespace and not has_table_privilege(role.oid, pg_class.oid, 'delete')) as missing
     from pg_roles as role where rolname = $1 and pg_has_role(role.oid, 'member')`,
    [personRole],
  )
  if (!rows[0]) {
    const { rows: asked } = await pool.query<{ name: string }>('select quote_ident(current_user) as name')
    throw new Error(
      `ROW_SECURITY=on needs a role in the database. Let somebody who may make roles run once: create role ${personRole} nologin; grant ${personRole} to ${asked[0]?.name};`,
    )
  }
  if (rows[0].missing === null) return
  await pool.query(
    `${inTurn} grant select, insert, update, delete on ${rows[0].missing} to ${personRole}; grant select on migrations to ${personRole}`,
  )
}
