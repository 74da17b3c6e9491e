import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../database/tables.ts'

type Db = Kysely<Tables>

export const termKinds = ['company', 'title', 'skill', 'location'] as const
export type TermKind = (typeof termKinds)[number]

type Term = { kind: TermKind; value: string }

// Terms looked through: those that begin with what was typed, and the most frequent ones.
const beginning = 5_000
const frequent = 2_000

const kindsOf = (kinds: readonly TermKind[]) => sql`unnest(${[...kinds]}::text[]) as kinds (kind)`

/** Those that begin with `key`, the most frequent first; not `all` where a kind has so many that frequent ones may be missing. */
export async function findTermsBeginning(db: Db, userId: string, key: string, limit: number): Promise<(Term & { all: boolean })[]> {
  const { rows } = await sql<Term & { all: boolean }>`
    select kinds.kind, found.value, found.n <= ${beginning} as all from ${kindsOf(termKinds)} cross join lateral (
      select value, count(*) over () as n from (
        select key, value, jobs from search_terms where user_id = ${userId} and search_terms.kind = kinds.kind
          and key >= ${key} collate "C" and key < (${key} || chr(1114111)) collate "C" limit ${beginning + 1}) as begins
      order by jobs desc, key limit ${limit}) as found`.execute(db)
  return rows
}

/** The most frequent ones with a word that begins with `key`, in `place`: the first one, or a later one. */
export async function findFrequentTerms(
  db: Db,
  userId: string,
  kinds: readonly TermKind[],
  key: string,
  place: 'first' | 'later',
  limit: number,
): Promise<Term[]> {
  const fits = place === 'first' ? sql`starts_with(key, ${key})` : sql`strpos(key, ${` ${key}`}) > 0`
  const { rows } = await sql<Term>`
    select kinds.kind, found.value from ${kindsOf(kinds)} cross join lateral (
      select value from (
        select key, value, jobs from search_terms where user_id = ${userId} and search_terms.kind = kinds.kind
        order by jobs desc, key limit ${frequent}) as often
      where ${fits} order by jobs desc, key limit ${limit}
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
