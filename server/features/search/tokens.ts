import { searchedWord } from '../../../contract/search-words.ts'
import type { Folded } from './folding.ts'

/** A word as the index has it, and where it stands in the text. */
export type Token = { word: string; from: number; to: number }

/** The same words as landed_words() makes. */
export function tokensOf({ text, origin }: Folded): Token[] {
  return Array.from(text.matchAll(searchedWord), (match) => ({
    word: indexed(match[0]),
    from: origin(match.index),
    to: origin(match.index + match[0].length),
  }))
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
