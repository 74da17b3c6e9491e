import { type RawBuilder, sql } from 'kysely'

/**
 * A tsquery of what a person typed: words, "phrases", -not; the last word also as a beginning.
 * Null when nothing in it can be searched for. Skills are kept as raw lexemes, since the parser would make `c` of `C++`.
 */
export function tsqueryOf(typed: string): RawBuilder<unknown> | null {
  const parts = [...typed.matchAll(/(-?)(?:"([^"]*)"?|(\S+))/g)].map((match) => ({
    not: match[1] === '-',
    phrase: match[2] !== undefined,
    text: match[2] ?? match[3] ?? '',
  }))
  const typing = !/[\s"]$/.test(typed)
  const conditions = parts
    .filter((part) => /[\p{L}\p{N}]/u.test(part.text))
    .map((part, at, all) => {
      const query = part.phrase ? phrase(part.text) : word(part.text, typing && at === all.length - 1 && !part.not)
      return part.not ? sql`!!${query}` : sql`${query}`
    })
  return conditions.length === 0 ? null : sql`(${sql.join(conditions, sql` && `)})`
}

// A lexeme has at most 2,046 bytes, and folding makes up to 5 of a character.
const longestWord = 400

const phrase = (text: string) => sql`phraseto_tsquery('simple', landed_fold(${text.replace(/\S+/g, (run) => cut(run))}))`
const cut = (run: string) => Array.from(run).slice(0, longestWord).join('')

function word(typed: string, typing: boolean): RawBuilder<unknown> {
  const text = cut(typed)
  const asBeginning = typing || text !== typed
  const raw = sql`landed_lexeme(landed_fold(${text}))::tsquery`
  // c++, c#, .net: only as themselves
  if (/[+#]/.test(text) || text.startsWith('.')) return raw
  const parsed = asBeginning ? sql`to_tsquery('simple', landed_lexeme(landed_fold(${text})) || ':*')` : phrase(text)
  return sql`(${parsed} || ${raw})`
}

/** Every one of these words, in order, in this column: `company=acme` finds Acme Labs. A text without words is looked for as it is. */
export const columnHolds = (column: RawBuilder<unknown>, text: string) =>
  !/[\p{L}\p{N}]/u.test(text)
    ? sql`strpos(coalesce(${column}, ''), ${text}) > 0`
    : sql`to_tsvector('simple', landed_fold(coalesce(${column}, ''))) @@ ${phrase(text)}`
