/** The records in a JSON text that arrives in pieces: `[{…}]`, or our export `{ …, "items": [{…}], "count": n }`. */
import { invalid } from '../../../errors.ts'

const longestItem = 8 * 1024 * 1024
const longestRest = 64 * 1024 * 1024
/** Beyond that, what reads and writes JSON by calling itself runs out of room. */
const deepest = 100
const lists = /"(?:items|jobs|applications|data|results|listings)"\s*:\s*\[$/

/**
 * Gives each record's own text, and keeps the rest with a 0 in the place of each record:
 * parsing that at the end proves that the file is whole, without ever holding it whole.
 */
export function jsonReader() {
  let skeleton = ''
  let item = ''
  let depth = 0
  let inString = false
  let escaped = false
  /** The depth at which records stand; 0 until the list is found. */
  let listDepth = 0
  let inItem = false
  let count = 0

  function* push(piece: string): Generator<Record<string, unknown>> {
    let from = 0
    for (let at = 0; at < piece.length; at++) {
      const code = piece.charCodeAt(at)
      if (inString) {
        if (escaped) escaped = false
        else if (code === 92) escaped = true
        else if (code === 34) inString = false
        continue
      }
      if (code === 34) inString = true
      else if (code === 91 || code === 123) {
        if (code === 123 && depth === listDepth && listDepth > 0) {
          skeleton += piece.slice(from, at)
          from = at
          inItem = true
        }
        depth++
        if (depth > deepest) throw malformed(`item ${count + 1} is nested deeper than ${deepest} levels`)
        if (code === 91 && listDepth === 0) {
          const before = skeleton.slice(-200) + piece.slice(Math.max(from, at - 200), at + 1)
          if (depth === 1 || (depth === 2 && lists.test(before))) listDepth = depth
        }
      } else if (code === 93 || code === 125) {
        depth--
        if (inItem && depth === listDepth) {
          item += piece.slice(from, at + 1)
          from = at + 1
          skeleton += '0'
          count++
          yield parse(item, `item ${count}`) as Record<string, unknown>
          item = ''
          inItem = false
        } else if (depth < listDepth) listDepth = Number.POSITIVE_INFINITY
      }
    }
    if (inItem) item += piece.slice(from)
    else skeleton += piece.slice(from)
    if (skeleton.length > longestRest) throw malformed('there is too much around its records')
    if (item.length > longestItem) throw malformed(`item ${count + 1} is longer than 8 MB`)
  }

  /** What stands around the records. Throws when the file is not whole, or is no list of records. */
  function end(): { own: boolean } {
    const rest = inItem ? `${skeleton}${item}` : skeleton
    const whole = parse(rest, 'the file')
    const list = Array.isArray(whole)
      ? whole
      : Object.values((whole ?? {}) as object).find((value) => Array.isArray(value) && value.length === count)
    if (listDepth === 0 || !Array.isArray(list) || list.some((element) => element !== 0) || list.length !== count)
      throw invalid({
        field: 'file',
        code: 'no_records',
        message: 'holds no list of records; expected is [{…}, …] or {"items": [{…}, …]}',
      })
    const told = Array.isArray(whole) ? undefined : (whole as Record<string, unknown>)
    if (told && 'exported_at' in told && told['count'] !== count) {
      throw invalid({
        field: 'file',
        code: 'incomplete_file',
        message: `is not complete: it holds ${count} records and says it should be ${JSON.stringify(told['count'] ?? 'more')}. Export it again`,
      })
    }
    return { own: told !== undefined && 'exported_at' in told }
  }

  return { push, end }
}

function parse(text: string, what: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw malformed(`${what} breaks off or is wrong: ${(error as Error).message.slice(0, 150)}`)
  }
}

const malformed = (message: string) => invalid({ field: 'file', code: 'malformed_json', message: `is not valid JSON: ${message}` })
