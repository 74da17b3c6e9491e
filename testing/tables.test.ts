import { beforeAll, expect, test } from 'vitest'
import { useTestApp } from './test-app.ts'
import { tablesOfPeople } from './whole-dump.ts'

/** What the catalogue of a migrated database must say of every table, whoever adds one. */

const t = useTestApp()
let owned: string[]
const ask = async <Row>(statement: string) => (await t.app.pool.query(statement)).rows as Row[]

/** Tables that belong to nobody, each with the reason. One that is not told here needs a `user_id`. */
const ofNobody: Record<string, string> = {
  users: 'is the accounts themselves, with a policy of its own',
  migrations: 'is the version of the schema',
  server_keys: 'is the secrets of this server; requests of a person cannot read it',
  verifications: 'is what was mailed to people who may not have an account yet; requests of a person cannot read it',
  reminder_looks: 'is when this server last looked at the clock; requests of a person cannot read it',
}

beforeAll(async () => {
  owned = await tablesOfPeople(t.app)
})

test('every table belongs to somebody, or is known to belong to nobody', async () => {
  const all = await ask<{ name: string }>(
    `select relname as name from pg_class where relkind in ('r', 'p', 'm', 'v') and relnamespace = 'public'::regnamespace order by 1`,
  )
  expect(owned.length).toBeGreaterThan(20)
  expect(all.map(({ name }) => name)).toEqual([...owned, ...Object.keys(ofNobody)].toSorted())
})

test('every table with a user_id has the policy: a new migration says select protect(array[…])', async () => {
  const policies = await ask<{ name: string; policies: string[] }>(
    `select relname as name, array(
       select concat_ws(' | ', polname, case when polpermissive then polcmd end, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
       from pg_policy where polrelid = pg_class.oid and polroles = '{0}') as policies
     from pg_class where relkind = 'r' and relrowsecurity and relnamespace = 'public'::regnamespace order by 1`,
  )
  const one = '(user_id = landed_user_id())'
  expect(policies.filter(({ name }) => name !== 'users')).toEqual(
    owned.map((name) => ({ name, policies: [`own_rows | * | ${one} | ${one}`] })),
  )
})

test('the user of every row is known, and is the user of what it refers to', async () => {
  const nullable = await ask(
    `select attrelid::regclass from pg_attribute join pg_class on pg_class.oid = attrelid
     where attname = 'user_id' and relkind = 'r' and relnamespace = 'public'::regnamespace and not attnotnull`,
  )
  expect(nullable).toEqual([])
  const keys = await ask<{ key: string; with_user: boolean }>(
    `select conrelid::regclass || ': ' || pg_get_constraintdef(pg_constraint.oid) as key,
       exists (
         select from unnest(conkey, confkey) as pair (here, there)
         join pg_attribute as mine on mine.attrelid = conrelid and mine.attnum = here
         join pg_attribute as theirs on theirs.attrelid = confrelid and theirs.attnum = there
         where mine.attname = 'user_id' and theirs.attname = case when confrelid = 'users'::regclass then 'id' else 'user_id' end
       ) as with_user
     from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace order by 1`,
  )
  expect(keys.length).toBeGreaterThan(20)
  expect(keys.filter(({ with_user }) => !with_user)).toEqual([])
})

test('what is somebody’s goes with them', async () => {
  const left = await ask<{ name: string }>(
    `with recursive gone (oid) as (
       select 'users'::regclass::oid
       union select conrelid from gone join pg_constraint on confrelid = gone.oid and contype = 'f' and confdeltype = 'c'
     )
     select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
       and oid not in (select oid from gone) order by 1`,
  )
  // These have no foreign keys, which would cost bulk work a look-up a row: triggers delete with what they hang on.
  const byTrigger = ['bulk_before_images', 'bulk_parts', 'import_rows', 'search_changes', 'search_terms', 'search_words']
  expect(left.map(({ name }) => name)).toEqual([...byTrigger, ...Object.keys(ofNobody).filter((name) => name !== 'users')].toSorted())
})
