/** What a person types into a search box, taken apart: words, "phrases", -not, `or`. The server and the web app read it by this one. */

export type SearchWord = {
  /** As it was typed: one word, or a phrase. */
  text: string
  not: boolean
  /** Still being typed: it also matches as a beginning. */
  typing: boolean
}

/** One word of a folded text, as the index has it: `C++`, `C#` and `.NET` are words of their own. */
export const searchedWord = /(?<![\p{L}\p{N}_])[a-z](?:\+\+|#)|\.net(?![a-z])|[\p{L}\p{N}]+/gu

/** All of these have to be there; of each, any. */
export type SearchWords = SearchWord[][]

type Read = SearchWord & { isOr: boolean }

const pattern = /(-?)(?:"([^"]*)("?)|(\S+))/g

export function readSearchWords(typed: string): SearchWords {
  const read = [...typed.matchAll(pattern)].map(([all, minus = '', phrase, end, word = ''], at, every): Read => {
    const isLast = at === every.length - 1
    return {
      text: phrase ?? word,
      not: minus === '-',
      // A quote that is not closed yet is still being typed.
      typing: isLast && minus === '' && end !== '"' && !/\s$/.test(typed),
      isOr: all.toLowerCase() === 'or',
    }
  })
  const words = read.filter(({ text }) => /[\p{L}\p{N}]/u.test(text))
  // On its own it is a word, and at the very end it may become one.
  const joins = (at: number) => words[at]?.isOr === true && !words[at].typing && words.length > 1
  const groups: SearchWords = []
  for (const [at, { isOr: _, ...word }] of words.entries()) {
    if (joins(at)) continue
    if (groups.length > 0 && joins(at - 1)) groups.at(-1)?.push(word)
    else groups.push([word])
  }
  return groups
}
