import { readSearchWords } from '../../../contract/search-words.ts'
import type { App } from '../../app.ts'
import { type Fold, type Folded, foldFor } from './folding.ts'
import { endOfRun, placeOf, startOfRun, type Token, tokensFrom, tokensOf, writtenAs } from './tokens.ts'

type Fields = Record<string, string | null>
type Span = { from: number; to: number }
/** Words in a row; the last one may only be a beginning. */
type Looked = { words: string[]; isBeginning: boolean; written: string[] }

// A text up to `whole` characters is shown as it is; of a longer one, pieces around what was found.
const whole = 300
const piece = { before: 60, length: 160, most: 2 }

/** Of each record's texts those with something found in them, marked. In the order of the records. */
export async function highlight<F extends Fields>(app: App, q: string, records: readonly F[]): Promise<Partial<Record<keyof F, string>>[]> {
  const looked = readSearchWords(q)
    .flat()
    .filter(({ not }) => !not)
  const fold = await foldFor(app, [q, ...records.flatMap((fields) => Object.values(fields).filter((text) => text !== null))])
  const wanted = looked.flatMap(({ text, typing }): Looked[] => {
    const words = tokensOf(fold(text)).map(({ word }) => word)
    const [first] = words
    return first === undefined ? [] : [{ words, isBeginning: typing, written: writtenAs(first, typing && words.length === 1) }]
  })
  return records.map((fields) => {
    const marked = Object.entries(fields).map(([name, text]) => [name, text === null ? null : markedText(fold, text, wanted)])
    return Object.fromEntries(marked.filter(([, text]) => text !== null)) as Partial<Record<keyof F, string>>
  })
}

function markedText(fold: Fold, text: string, wanted: readonly Looked[]): string | null {
  const folded = fold(text)
  const here = wanted.filter(({ written }) => placeOf(folded.text, written, 0) >= 0)
  if (here.length === 0) return null
  const found = together(inOrder(here.map((one) => spansOf(folded, one))))
  if (text.length <= whole) {
    const spans = [...found]
    return spans.length === 0 ? null : mark(text, spans, 0, text.length)
  }
  const { pieces, spans } = piecesAround(text, found)
  if (pieces.length === 0) return null
  return pieces
    .map(({ from, to }) => `${from > 0 ? '… ' : ''}${mark(text, spans, from, to).trim()}${to < text.length ? ' …' : ''}`)
    .join(' ')
    .replaceAll('… …', '…')
}

/** Taking all of a long text apart would be most of what a search costs: only what is between spaces where it may stand is. */
function* spansOf(folded: Folded, { words, isBeginning, written }: Looked): Generator<Span> {
  const last = words.length - 1
  let end = 0
  for (let place = placeOf(folded.text, written, 0); place >= 0; place = placeOf(folded.text, written, end)) {
    end = endOfRun(folded.text, place)
    const here: Token[] = []
    for (const token of tokensFrom(folded, startOfRun(folded.text, place))) {
      here.push(token)
      if (here.length > words.length) here.shift()
      if (here.length < words.length) continue
      const [first] = here as [Token]
      if (first.at >= end) break
      const isThere = here.every(({ word }, at) => (isBeginning && at === last ? word.startsWith(words[at] as string) : word === words[at]))
      if (isThere) yield { from: first.from, to: token.to }
    }
  }
}

/** Each comes in the order of the text, and so do all. */
function* inOrder(sources: readonly Generator<Span>[]): Generator<Span> {
  const heads = sources.map((spans) => ({ spans, next: spans.next() }))
  for (;;) {
    let first: (typeof heads)[number] | undefined
    for (const head of heads) if (!head.next.done && (!first || head.next.value.from < first.next.value.from)) first = head
    if (!first) return
    yield first.next.value
    first.next = first.spans.next()
  }
}

/** What overlaps as one. */
function* together(spans: Iterable<Span>): Generator<Span> {
  let last: Span | undefined
  for (const span of spans) {
    if (last && span.from < last.to) last = { from: last.from, to: Math.max(last.to, span.to) }
    else {
      if (last) yield last
      last = span
    }
  }
  if (last) yield last
}

/** The first pieces, and what was found up to there: of a frequent word in a long text the rest need not be looked for. */
function piecesAround(text: string, found: Iterable<Span>): { pieces: Span[]; spans: Span[] } {
  const pieces: Span[] = []
  const spans: Span[] = []
  for (const span of found) {
    spans.push(span)
    const last = pieces.at(-1)
    if (last && span.to <= last.to) continue
    if (pieces.length === piece.most) break
    const from = startOfWord(text, Math.max(last?.to ?? 0, span.from - piece.before))
    pieces.push({ from, to: endOfWord(text, Math.max(span.to, from + piece.length)) })
  }
  return { pieces, spans }
}

const startOfWord = (text: string, at: number) => {
  if (at === 0) return 0
  const space = text.slice(at, at + 40).search(/\s/)
  return space < 0 ? safeCut(text, at) : at + space + 1
}
const endOfWord = (text: string, at: number) => {
  if (at >= text.length) return text.length
  const space = text.slice(at, at + 40).search(/\s/)
  return space < 0 ? safeCut(text, Math.min(text.length, at + 40)) : at + space
}
/** Never in the middle of a character. */
const safeCut = (text: string, at: number) => (/[\ud800-\udbff]/.test(text[at - 1] ?? '') ? at - 1 : at)

function mark(text: string, spans: readonly Span[], from: number, to: number): string {
  let result = ''
  let at = from
  for (const span of spans) {
    if (span.to <= from || span.from >= to) continue
    const [begin, end] = [Math.max(span.from, from), Math.min(span.to, to)]
    result += `${escaped(text.slice(at, begin))}<mark>${escaped(text.slice(begin, end))}</mark>`
    at = end
  }
  return result + escaped(text.slice(at, to))
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string) => text.replace(/[&<>"']/g, (one) => entities[one] as string)
