import { readSearchWords, searchedWord } from '../../../contract/search-words.ts'
import type { MarkedPart } from '../../ui/marked-parts.ts'

type Word = { word: string; from: number; to: number }

// Character by character, so that every place stays where it was. The server folds more signs; that shows in fewer marks only.
const fold = (text: string) =>
  Array.from(text, (one) => {
    const plain = one.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
    return plain.length === one.length ? plain : one
  }).join('')

const wordsIn = (text: string): Word[] =>
  Array.from(fold(text).matchAll(searchedWord), ({ 0: word, index }) => ({ word, from: index, to: index + word.length }))

/** A text that the server did not mark, such as a whole posting, with the words of a search marked in it. */
export function markWords(text: string, q: string): MarkedPart[] {
  const looked = readSearchWords(q)
    .flat()
    .filter(({ not }) => !not)
    .map(({ text, typing }) => ({ words: wordsIn(text).map(({ word }) => word), typing }))
    .filter(({ words }) => words.length > 0)
  if (looked.length === 0) return [{ text, isHit: false }]
  const there = wordsIn(text)
  const parts: MarkedPart[] = []
  let done = 0
  for (let at = 0; at < there.length; at++) {
    const length = Math.max(
      0,
      ...looked
        .filter(({ words, typing }) =>
          words.every((word, next) => {
            const found = there[at + next]?.word
            return typing && next === words.length - 1 ? found?.startsWith(word) : found === word
          }),
        )
        .map(({ words }) => words.length),
    )
    if (length === 0) continue
    const [from, to] = [(there[at] as Word).from, (there[at + length - 1] as Word).to]
    if (from > done) parts.push({ text: text.slice(done, from), isHit: false })
    parts.push({ text: text.slice(from, to), isHit: true })
    done = to
    at += length - 1
  }
  if (done < text.length) parts.push({ text: text.slice(done), isHit: false })
  return parts
}

const around = { before: 60, after: 120 }

/** The first hit with what stands around it; null when there is none. */
export function excerptWith(text: string, q: string): MarkedPart[] | null {
  const parts = markWords(text, q)
  const at = parts.findIndex(({ isHit }) => isHit)
  if (at < 0) return null
  const hit = parts[at] as MarkedPart
  const before = parts[at - 1]?.text ?? ''
  const after = parts[at + 1]?.text ?? ''
  const begin = before.length > around.before ? `… ${before.slice(-around.before).replace(/^\S*\s/, '')}` : before
  const end = after.length > around.after ? `${after.slice(0, around.after).replace(/\s\S*$/, '')} …` : after
  return [{ text: begin, isHit: false }, hit, { text: end, isHit: false }]
}
