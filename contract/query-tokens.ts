/** The pieces of a query line: `name:value,"another value"` or text, each with its place. */

type Piece = { text: string; at: number; length: number }
export type QueryToken =
  | ({ kind: 'text' } & Piece)
  | { kind: 'field'; at: number; length: number; isNegated: boolean; name: Piece; values: Piece[] }

const fieldStart = /(-?)([a-z_]+):(?!\/\/)/iy
const value = /"((?:[^"\\]|\\.)*)"?|([^\s",]+)/sy
const phrase = /-?"[^"]*"?/y
const word = /\S+/y

export function readTokens(text: string): QueryToken[] {
  const tokens: QueryToken[] = []
  for (let at = 0; at < text.length; ) {
    if (/\s/.test(text[at] as string)) {
      at++
      continue
    }
    const token = readField(text, at) ?? readText(text, at)
    tokens.push(token)
    at = token.at + token.length
  }
  return tokens
}

function readText(text: string, at: number): QueryToken {
  const read = match(phrase, text, at) ?? match(word, text, at)
  const all = read?.[0] ?? (text[at] as string)
  return { kind: 'text', text: all, at, length: all.length }
}

function readField(text: string, at: number): QueryToken | null {
  const start = match(fieldStart, text, at)
  if (!start) return null
  const [all, minus = '', name = ''] = start
  const values: Piece[] = []
  let end = at + all.length
  for (;;) {
    const read = match(value, text, end)
    if (!read) break
    const [whole, inQuotes, plain = ''] = read
    values.push({ text: inQuotes === undefined ? plain : inQuotes.replace(/\\(.)/gs, '$1'), at: end, length: whole.length })
    end += whole.length
    if (text[end] !== ',') break
    end++
  }
  const named = { text: name.toLowerCase(), at: at + minus.length, length: name.length }
  return { kind: 'field', at, length: end - at, isNegated: minus === '-', name: named, values }
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

export const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`
