import type { QueryProblem } from '../../../contract/query-syntax.ts'
import { type QueryToken, readTokens } from '../../../contract/query-tokens.ts'
import type { BoxSyntax, Filter } from './syntaxes.ts'

type Field = Extract<QueryToken, { kind: 'field' }>
const isFilter = (token: QueryToken): token is Field => token.kind === 'field' && token.name.text !== 'q'
const end = ({ at, length }: { at: number; length: number }) => at + length

export type Taken = {
  /** What stays in the box, and where the caret is in it. */
  text: string
  caret: number
  /** What became filters. */
  filter: Filter
}

/**
 * Takes the pieces `name:value` that are finished out of the text: those with a space after them, or all of them when
 * the box is left. A piece that cannot be read stays, and so do the words.
 */
export function takePieces(syntax: BoxSyntax, text: string, caret: number, when: 'typing' | 'leaving'): Taken {
  const wrong = syntax.parse(text).problems
  const pieces = readTokens(text).filter(
    (token) =>
      isFilter(token) &&
      (when === 'leaving' || /\s/.test(text[end(token)] ?? '')) &&
      !wrong.some((problem) => problem.at >= token.at && problem.at <= end(token)),
  )
  if (pieces.length === 0) return { text, caret, filter: {} }
  const { filter } = syntax.parse(pieces.map((piece) => text.slice(piece.at, end(piece))).join(' '))
  let left = text
  let at = caret
  for (const piece of pieces.toReversed()) {
    // With the spaces after it, so that none are left over.
    const to = end(piece) + (/^\s+/.exec(left.slice(end(piece)))?.[0].length ?? 0)
    left = left.slice(0, piece.at) + left.slice(to)
    if (at > piece.at) at = Math.max(piece.at, at - (to - piece.at))
  }
  return { text: left, caret: at, filter }
}

/** The words of the text: what is looked for, whatever else stands there. */
export const wordsOf = (syntax: BoxSyntax, text: string) => {
  const { q } = syntax.parse(text).filter
  return typeof q === 'string' && q.trim() !== '' ? q : undefined
}

/** What stands in the box for these words: in quotes where they would read as a filter. */
export const textOf = (syntax: BoxSyntax, q: string | undefined) => (q === undefined ? '' : syntax.print({ q }))

/** What a person should put right: a piece that is still being typed may yet become right. */
export function problemsIn(syntax: BoxSyntax, text: string, caret: number | null): QueryProblem[] {
  const tokens = readTokens(text)
  return syntax.parse(text).problems.filter((problem) => {
    const token = tokens.find((one) => problem.at >= one.at && end(problem) <= end(one))
    return caret === null || !token || caret < token.at || caret > end(token)
  })
}

export type Part = { text: string; kind: 'words' | 'filter' | 'problem' }

/** The text in pieces for showing: which of it is a filter, which cannot be read. */
export function partsOf(text: string, problems: readonly QueryProblem[]): Part[] {
  const spans = [
    ...problems.map(({ at, length }) => ({ from: at, to: at + Math.max(1, length), kind: 'problem' as const })),
    ...readTokens(text)
      .filter(isFilter)
      .map((token) => ({ from: token.at, to: end(token), kind: 'filter' as const })),
  ]
  const parts: Part[] = []
  const edges = [...new Set([0, text.length, ...spans.flatMap(({ from, to }) => [from, Math.min(to, text.length)])])].sort((a, b) => a - b)
  for (const [index, from] of edges.slice(0, -1).entries()) {
    const to = edges[index + 1] as number
    const here = spans.find((span) => span.from <= from && span.to >= to)
    parts.push({ text: text.slice(from, to), kind: here?.kind ?? 'words' })
  }
  return parts
}

/** Lists grow, a bound is the one that was said last. */
export function mergeFilter(before: Filter, taken: Filter): Filter {
  const merged = Object.entries(taken).map(([name, value]) => {
    const old = before[name]
    if (!Array.isArray(value)) return [name, value]
    return [name, [...new Set([...(Array.isArray(old) ? old : []), ...value])]]
  })
  return Object.fromEntries(merged)
}

export type Place = { at: number; length: number }
/** What is being typed at the caret. */
export type Typed =
  | { kind: 'value'; name: string; text: string; place: Place; piece: Place; before: string[] }
  | { kind: 'words'; text: string; place: Place; last: string; lastPlace: Place }
  | null

/** The piece or the words that end at the caret, for which something can be suggested. */
export function typedAt(text: string, caret: number): Typed {
  const tokens = readTokens(text)
  const index = tokens.findIndex((token) => token.at < caret && caret <= end(token))
  const token = tokens[index]
  if (!token || caret !== end(token)) return null
  if (token.kind === 'field') {
    if (token.isNegated || token.name.text === 'q') return null
    const value = token.values.at(-1)
    const isBegun = value !== undefined && end(value) === caret
    const before = token.values.slice(0, isBegun ? -1 : undefined).map((one) => one.text)
    const place = isBegun ? { at: value.at, length: value.length } : { at: caret, length: 0 }
    return {
      kind: 'value',
      name: token.name.text,
      text: isBegun ? value.text : '',
      place,
      piece: { at: token.at, length: token.length },
      before,
    }
  }
  if (!isPlain(token)) return null
  let first = index
  while (first > 0 && isPlain(tokens[first - 1] as QueryToken)) first--
  const from = (tokens[first] as QueryToken).at
  return {
    kind: 'words',
    text: text.slice(from, caret),
    place: { at: from, length: caret - from },
    last: token.text,
    lastPlace: { at: token.at, length: token.length },
  }
}

const isPlain = (token: QueryToken) => token.kind === 'text' && !/^-|"/.test(token.text) && token.text.toLowerCase() !== 'or'
