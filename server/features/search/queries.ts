import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../database/tables.ts'

type Db = Kysely<Tables>

export const termKinds = ['company', 'title', 'skill', 'location'] as const
export type TermKind = (typeof termKinds)[number]

// How many of the most frequent terms are looked through, and how many that begin with what was typed.
const frequent = 3_000
const beginning = 5_000

/** Terms of each kind: frequent ones that begin with `typed`, then rarer ones that do, then frequent ones with a word that does. */
export async function findTerms(db: Db, userId: string, typed: string, limit: number): Promise<{ kind: TermKind; value: string }[]> {
  const { rows } = await sql<{ kind: TermKind; value: string }>`
    select kinds.kind, found.value from unnest(${[...termKinds]}::text[]) as kinds (kind)
    cross join (select landed_fold(ltrim(${typed})) collate "C" as key) as looked
    cross join lateral (
      select value, min(at) as at from (
        select value, row_number() over () as at from (
          (select value from (
            select key, value from search_terms where user_id = ${userId} and search_terms.kind = kinds.kind
            order by jobs desc, key limit ${frequent}) as often
          where starts_with(key, looked.key) limit ${limit})
          union all
          (select value from (
            select value, jobs, key from search_terms where user_id = ${userId} and search_terms.kind = kinds.kind
              and key >= looked.key and key < looked.key || chr(1114111) limit ${beginning}) as begins
          order by jobs desc, key limit ${limit})
          union all
          (select value from (
            select key, value from search_terms where user_id = ${userId} and search_terms.kind = kinds.kind
            order by jobs desc, key limit ${frequent}) as often
          where strpos(key, ' ' || looked.key) > 0 limit ${limit})
        ) as all_of_them limit ${sql.lit(2)} * ${limit}::int
      ) as numbered group by value order by at limit ${limit}
    ) as found`.execute(db)
  return rows
}

/** Which of these words some job has; of `beginning`, whether some word begins with it. */
export async function findKnownWords(db: Db, userId: string, words: readonly string[], beginning: string | null): Promise<Set<string>> {
  const { rows } = await sql<{ word: string }>`
    select word from search_words where user_id = ${userId} and word = any(${words}::text[])
    union all
    (select ${beginning}::text from search_words where user_id = ${userId}
      and word >= ${beginning}::text and word < ${beginning}::text || chr(1114111) limit 1)`.execute(db)
  return new Set(rows.map(({ word }) => word))
}

/** Words that look like this one, or are it with two letters swapped or one too many. */
export async function findLikeWords(db: Db, userId: string, word: string): Promise<{ word: string; jobs: number }[]> {
  const letters = Array.from(word)
  const slips = letters.flatMap((_, at) => [
    letters.toSpliced(at, 1).join(''),
    letters.toSpliced(at, 2, letters[at + 1] ?? '', letters[at] ?? '').join(''),
  ])
  const { rows } = await sql<{ word: string; jobs: number }>`
    (select word, jobs from search_words where user_id = ${userId} and word % ${word} order by similarity(word, ${word}) desc, jobs desc limit 30)
    union
    select word, jobs from search_words where user_id = ${userId} and word = any(${slips}::text[])`.execute(db)
  return rows
}

/** Each of these characters as the database folds it. */
export async function foldCharacters(db: Db, characters: readonly string[]): Promise<[string, string][]> {
  const { rows } = await sql<{ one: string; folded: string }>`
    select one, landed_fold(one) as folded from unnest(${characters}::text[]) as one`.execute(db)
  return rows.map(({ one, folded }) => [one, folded])
}
