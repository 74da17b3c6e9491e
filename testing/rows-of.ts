import type { App } from '../server/app.ts'
import { tablesOfPeople } from './whole-dump.ts'

/** A seal of every row of theirs by table, but for what follows when words are counted, which is when there is time for it. */
export async function sealsOf(app: App, userId: string): Promise<Record<string, string>> {
  const tables = (await tablesOfPeople(app)).filter((table) => !table.startsWith('search_') && table !== 'user_generations')
  const seals = ['users', ...tables].map((table) => {
    const owner = table === 'users' ? 'id' : 'user_id'
    // Whoever has a live connection is seen now and then.
    const row = table === 'sessions' ? `(to_jsonb(one) - 'updated_at')::text` : 'one::text'
    return `select '${table}' as name, count(*) || ' rows ' || coalesce(md5(string_agg(${row}, ',' order by ${row})), '') as seal
      from "${table}" as one where ${owner} = $1`
  })
  const { rows } = await app.pool.query<{ name: string; seal: string }>(seals.join(' union all '), [userId])
  return Object.fromEntries(rows.map(({ name, seal }) => [name, seal]))
}

/** One id of theirs of every kind there is, by the name of its table. */
export async function idsOf(app: App, userId: string): Promise<Record<string, string>> {
  const { rows } = await app.pool.query<{ name: string }>(
    `select relname as name from pg_class
     join pg_attribute as owner on owner.attrelid = pg_class.oid and owner.attname = 'user_id'
     join pg_attribute as id on id.attrelid = pg_class.oid and id.attname = 'id' and id.atttypid = 'uuid'::regtype
     where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`,
  )
  const ids: Record<string, string> = {}
  for (const { name } of rows) {
    const found = await app.pool.query<{ id: string }>(`select id from "${name}" where user_id = $1 order by id limit 1`, [userId])
    ids[name] = found.rows[0]?.id ?? ''
  }
  return ids
}
