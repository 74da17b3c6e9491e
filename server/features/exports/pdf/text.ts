/** What people wrote, so that a page can hold it: cleaned, cut, and with places where a long word may break. */

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

// Control characters have no shape. Overrides of direction would run on into what stands behind them.
const shapeless = /[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]/gu

// Bold and script letters of mathematics, which postings use for emphasis and few fonts have.
const mathematical = /[\u{1d400}-\u{1d7ff}]+/gu

// Marks heaped on a letter would reach into the lines around it.
const heaped = /(\p{Mn}{3})\p{Mn}+/gu

// What people see as one character is rarely longer than this.
const longestCharacter = 32

/** One paragraph of at most `most` characters as people count them. */
export function cut(text: string, most: number): string {
  // Counting is slow, so only what could be enough is looked at.
  const enough = text.slice(0, most * 8 + longestCharacter)
  const clean = enough
    .replace(/[\n\r\t\v\f]/g, ' ')
    .replace(shapeless, '')
    .replace(/\s+/g, ' ')
    .replace(heaped, '$1')
    .replace(mathematical, (letters) => letters.normalize('NFKC'))
    .trim()
  const characters = [...graphemes.segment(clean)].map(({ segment }) => segment.slice(0, longestCharacter))
  const isWhole = characters.length <= most && enough.length === text.length
  // A cut may have gone through a pair of surrogates.
  return isWhole ? characters.join('').toWellFormed() : `${characters.slice(0, most).join('').toWellFormed().trimEnd()}…`
}

// Scripts that break anywhere by themselves.
const longWord = (length: number) => new RegExp(`[^\\s\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}]{${length + 1},}`, 'gu')

const joints = /(?<=[/._\-?&=@,;:+|])/

/** Words longer than `length` may break: where they are joined, else every few characters. Nothing of it is seen. */
export const breakable = (text: string, length: number): string =>
  text.replace(longWord(length), (word) =>
    word
      .split(joints)
      .flatMap((piece) => (piece.length <= length ? piece : inPieces(piece, Math.ceil(length / 2))))
      .join('\u200b'),
  )

function inPieces(word: string, length: number): string[] {
  const characters = [...graphemes.segment(word)].map(({ segment }) => segment)
  return Array.from({ length: Math.ceil(characters.length / length) }, (_, at) => characters.slice(at * length, (at + 1) * length).join(''))
}
