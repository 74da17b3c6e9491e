/** `a, b` · `a; b` · `a - b` · `a | b` · one a line · `["a","b"]` · Python's `['a', 'b']`. */
export function parseList(text: string): string[] {
  const trimmed = text.trim()
  if (trimmed.startsWith('[') && trimmed.endsWith(']')) {
    const parsed = parseBracketed(trimmed)
    if (parsed) return parsed
  }
  const separator = [';', '\n', '|', ',', ' - ', ' • ', ' · '].find((mark) => trimmed.includes(mark)) ?? ','
  return words(trimmed.split(separator))
}

/** A JSON value, or what Python prints for one; undefined when it is neither. */
export function parseLiteral(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    try {
      return JSON.parse(fromPython(text))
    } catch {
      return undefined
    }
  }
}

function parseBracketed(text: string): string[] | null {
  const parsed = parseLiteral(text)
  if (Array.isArray(parsed)) return words(parsed.map((entry) => (typeof entry === 'object' ? nameOf(entry) : String(entry))))
  return words(text.slice(1, -1).split(','))
}

const nameOf = (entry: object | null) => String((entry as { name?: unknown } | null)?.name ?? '')

const words = (entries: string[]) =>
  entries
    .map((entry) =>
      entry
        .trim()
        .replace(/^["'](.*)["']$/, '$1')
        .trim(),
    )
    .filter((entry) => entry !== '')

// Single-quoted strings to double-quoted ones, None, True and False to JSON's words.
const fromPython = (text: string) =>
  text.replace(/'((?:[^'\\]|\\.)*)'|"(?:[^"\\]|\\.)*"|\b(?:None|True|False)\b/g, (found, inner: string | undefined) => {
    if (inner !== undefined) return JSON.stringify(inner.replace(/\\(['"])/g, '$1'))
    return found === 'None' ? 'null' : found === 'True' ? 'true' : found === 'False' ? 'false' : found
  })
