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

/** How a word of the index, or one that begins so, may begin in a folded text. */
export const writtenAs = (word: string, isBeginning: boolean): string[] => [
  word,
  ...otherwise.filter(({ as }) => as(word, isBeginning)).map(({ mark }) => mark),
]

/** Where in a folded text one of these stands, or behind a place; -1: nowhere. */
export function placeOf(text: string, written: readonly string[], from: number): number {
  let first = -1
  for (const one of written) {
    const at = text.indexOf(one, from)
    if (at >= 0 && (first < 0 || at < first)) first = at
  }
  return first
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
