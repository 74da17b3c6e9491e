import { searchedWord } from '../../../contract/search-words.ts'
import type { Folded } from './folding.ts'

/** A word as the index has it, where it stands in the text, and where it begins in the folded one. */
export type Token = { word: string; from: number; to: number; at: number }

/** The same words as landed_words() makes. */
export const tokensOf = (folded: Folded): Token[] => [...tokensFrom(folded, 0)]

/** The words from a place on that is not within one. */
export function* tokensFrom({ text, origin }: Folded, start: number): Generator<Token> {
  const pattern = new RegExp(searchedWord)
  pattern.lastIndex = start
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    yield { word: indexed(match[0]), from: origin(match.index), to: origin(match.index + match[0].length), at: match.index }
  }
}

/** Where in a folded text a word of the index may stand, or one that begins so: in what is between spaces around one of these. */
export function* placesOf(text: string, word: string, isBeginning: boolean): Generator<number> {
  const written = [word, ...otherwise.filter(({ as }) => as(word, isBeginning)).map(({ mark }) => mark)]
  for (let from = 0; ; ) {
    const at = Math.min(...written.map((one) => text.indexOf(one, from)).filter((at) => at >= 0))
    if (at === Number.POSITIVE_INFINITY) return
    yield at
    from = endOfRun(text, at)
  }
}

const is = (name: string) => (word: string, isBeginning: boolean) => (isBeginning ? name.startsWith(word) : name === word)
const otherwise = [
  { mark: '++', as: (word: string, isBeginning: boolean) => is('plusplus')(word.slice(1), isBeginning) },
  { mark: '#', as: (word: string, isBeginning: boolean) => is('sharp')(word.slice(1), isBeginning) },
  { mark: '.net', as: is('dotnet') },
]

/** Of what is between spaces around a place. No word goes beyond it. */
export function startOfRun(text: string, at: number): number {
  let start = at
  while (start > 0 && !/\s/.test(text[start - 1] as string)) start--
  return start
}

export function endOfRun(text: string, at: number): number {
  const space = /\s/g
  space.lastIndex = at
  return space.exec(text)?.index ?? text.length
}

const indexed = (word: string) => {
  if (word.endsWith('++')) return `${word[0]}plusplus`
  if (word.endsWith('#')) return `${word[0]}sharp`
  return word === '.net' ? 'dotnet' : word
}

/** A word of the index as a person writes it. */
export const written = (word: string) =>
  word
    .replace(/^([a-z])plusplus$/, '$1++')
    .replace(/^([a-z])sharp$/, '$1#')
    .replace(/^dotnet$/, '.net')
