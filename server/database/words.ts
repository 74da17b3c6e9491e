import { type RawBuilder, sql } from 'kysely'
import { readSearchWords, type SearchWord } from '../../contract/search-words.ts'

/** A tsquery of what a person typed. Null when nothing in it can be searched for. */
export function tsqueryOf(typed: string): RawBuilder<unknown> | null {
  const groups = readSearchWords(typed).map((group) => joined(group.map(queryOf), sql` || `))
  return groups.length === 0 ? null : joined(groups, sql` && `)
}

/** Whether its last word is still being typed. */
export const hasBeginning = (typed: string) => readSearchWords(typed).at(-1)?.at(-1)?.typing === true

const joined = (queries: RawBuilder<unknown>[], by: RawBuilder<unknown>) => sql`(${sql.join(queries, by)})`

// A lexeme has at most 2,046 bytes, and folding makes up to 5 of a character.
const longestWord = 400

const cut = (run: string) => Array.from(run).slice(0, longestWord).join('')

function queryOf({ text, not, typing }: SearchWord): RawBuilder<unknown> {
  const searched = text.replace(/\S+/g, cut)
  const query = sql`landed_query(${searched}, ${typing || (searched !== text && !not)})`
  return not ? sql`!!${query}` : query
}

/** Every one of these words, in order, in this column: `company=acme` finds Acme Labs. A text without words is looked for as it is. */
export const columnHolds = (column: RawBuilder<unknown>, text: string) =>
  !hasWords(text)
    ? sql`strpos(coalesce(${column}, ''), ${text}) > 0`
    : sql`to_tsvector('simple', landed_words(landed_fold(coalesce(${column}, '')))) @@ landed_query(${text.replace(/\S+/g, cut)}, false)`

/** What a row whose column holds the text has among its words, wherever: for an index of them. Null when it has none. */
export const wordsIn = (text: string): RawBuilder<unknown> | null =>
  hasWords(text) ? sql`plainto_tsquery('simple', landed_words(landed_fold(${text.replace(/\S+/g, cut)})))` : null

const hasWords = (text: string) => /[\p{L}\p{N}]/u.test(text)
