/**
 * Counts what writers noted in `search_changes` into terms and words. A little at once where somebody asks for them, so that what was
 * just written is known; the rest, such as an import's thousands, in the background.
 */

import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { App } from '../../app.ts'
import { asUser, forEverybody } from '../../database/row-security.ts'
import type { Tables } from '../../database/tables.ts'
import { inTransaction, takeTurn } from '../../database/transaction.ts'
import type { User } from '../../http/who-is-asking.ts'

type Db = Kysely<Tables>

const atOnce = 300
// Many at a time: each round touches every frequent word.
const inBackground = 20_000
const lookEveryMs = 30_000

/** Every so often for everybody: also for those who are not searching just now. */
export async function startCounting(app: App): Promise<() => Promise<void>> {
  let isStopping = false
  let round = Promise.resolve()
  const timer = setInterval(() => {
    round = round
      .then(() => countAll(app, () => isStopping))
      .catch((error: unknown) => app.log.error({ err: error }, 'words could not be counted'))
  }, lookEveryMs)
  timer.unref()
  return async () => {
    isStopping = true
    clearInterval(timer)
    await round
  }
}

/** So that what was written a moment ago is known. */
export async function countLatest(app: App, user: User): Promise<void> {
  const { rows } = await sql`select 1 from search_changes where user_id = ${user.id} limit 1`.execute(app.db)
  if (rows.length > 0) await countSome(app, user.id, atOnce)
}

/** Until nothing is left. */
export async function countAll(app: App, isStopping: () => boolean = () => false): Promise<void> {
  for (;;) {
    const { rows } = await forEverybody(() =>
      sql<{ user_id: string }>`select user_id from search_changes order by id limit 1`.execute(app.db),
    )
    const userId = rows[0]?.user_id
    if (userId === undefined || isStopping()) return
    // Somebody else is counting for this person: they will see it through.
    if (!(await asUser({ id: userId }, () => countSome(app, userId, inBackground)))) return
  }
}

/** False: another process is at it. */
function countSome(app: App, userId: string, limit: number): Promise<boolean> {
  return inTransaction(app, async ({ db }) => {
    const lock = await sql<{ free: boolean }>`
      select pg_try_advisory_xact_lock(hashtextextended(${`words ${userId}`}, 0)) as free`.execute(db)
    if (!lock.rows[0]?.free) return false
    // By their ids: more may come in while these are counted, also with lower ones.
    const { rows } = await sql<{ ids: string[] | null; anew: boolean | null }>`
      select array_agg(id::text) as ids, bool_or(change < 0 and words is null) as anew
      from (select id, change, words from search_changes where user_id = ${userId} order by id limit ${limit}) as next`.execute(db)
    const { ids, anew } = rows[0]!
    if (!ids) return true
    await sql`set local statement_timeout = 0`.execute(db)
    const these = sql`search_changes.user_id = ${userId} and search_changes.id = any(${ids}::bigint[])`
    await countTerms(db, userId, these)
    if (anew) await countWordsAnew(db, userId)
    else await countWords(db, userId, these)
    await sql`delete from search_changes where ${these}`.execute(db)
    // An answer that was kept meanwhile may lack what is known now.
    await sql`select renew_generations(array[${userId}::uuid])`.execute(db)
    return true
  })
}

/** In a transaction: nothing is counted for this person until it ends, so that nothing comes back of who is being deleted. */
export const holdCounting = (app: App, userId: string): Promise<void> => takeTurn(app, `words ${userId}`)

async function countTerms(db: Db, userId: string, these: RawBuilder<unknown>): Promise<void> {
  // As they are written first: there are far fewer ways to write them than jobs.
  await sql`
    with written as materialized (
      select kind, value, sum(change) as change from search_changes, lateral (
        values ('company', company), ('title', title), ('location', location)
        union all select 'skill', skill from unnest(tech_stack) as skill
      ) as term (kind, value)
      where ${these} and live and value is not null group by kind, value
    )
    insert into search_terms (user_id, kind, key, value, jobs)
    select ${userId}::uuid, kind, key, max(value), sum(change) from (select *, landed_fold(value) as key from written) as folded
    where key <> '' group by kind, key having sum(change) <> 0
    on conflict (user_id, kind, key) do update set jobs = search_terms.jobs + excluded.jobs,
      value = case when excluded.jobs > 0 then excluded.value else search_terms.value end`.execute(db)
  await sql`
    delete from search_terms where user_id = ${userId} and kind in ('company', 'title', 'location', 'skill') and jobs <= 0`.execute(db)
}

// Letters only: nobody means another number, and there would be no end of them. After counting, for each word once.
const isWord = sql`word ~ '^[[:alpha:]]{3,40}$'`

async function countWords(db: Db, userId: string, these: RawBuilder<unknown>): Promise<void> {
  // The words of each job by its key, whatever statistics say of a table that is filled and emptied all the time.
  const changed = await sql<{ gone: number }>`
    with changed as materialized (
      select word, sum(change) as change from (
        select change, unnest(coalesce(words, (
          select tsvector_to_array(tsv) from jobs where jobs.user_id = search_changes.user_id and jobs.id = search_changes.job_id))) as word
        from search_changes where ${these}
      ) as words group by word
    ), counted as (
      insert into search_words (user_id, word, jobs)
      select ${userId}::uuid, word, change from changed where change <> 0 and ${isWord}
      on conflict (user_id, word) do update set jobs = search_words.jobs + excluded.jobs
      returning jobs
    )
    select count(*) as gone from counted where jobs <= 0`.execute(db)
  if (changed.rows[0]!.gone > 0) await sql`delete from search_words where user_id = ${userId} and jobs <= 0`.execute(db)
}

async function countWordsAnew(db: Db, userId: string): Promise<void> {
  await sql`delete from search_words where user_id = ${userId}`.execute(db)
  await sql`
    with counted as materialized (
      select word, count(*) as jobs from (select unnest(tsvector_to_array(tsv)) as word from jobs where user_id = ${userId}) as words group by word
    )
    insert into search_words (user_id, word, jobs) select ${userId}::uuid, word, jobs from counted where ${isWord}`.execute(db)
}
