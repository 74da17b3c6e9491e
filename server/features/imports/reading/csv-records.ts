/** The records of a CSV text that arrives in pieces. */
import { invalid } from '../../../errors.ts'

export type Delimiter = ',' | ';' | '\t' | '|'

/** `flaw`: why the record cannot be trusted; its cells are still told as well as they can be. */
export type CsvRecord = { row: number; cells: string[]; flaw: 'stray_quote' | null }

const none = Number.POSITIVE_INFINITY

/** Where a mark stands next in a text, each looked for once: native search is much faster than going through the characters. */
function marksOf(text: string) {
  const places: Partial<Record<string, number>> = {}
  return {
    next(mark: string, from: number): number {
      const known = places[mark] ?? -1
      if (known >= from) return known
      const found = text.indexOf(mark, from)
      const place = found === -1 ? none : found
      places[mark] = place
      return place
    },
  }
}
type Marks = ReturnType<typeof marksOf>

const longestRecord = 8 * 1024 * 1024
const QUOTE = 34
const LF = 10
const CR = 13

/**
 * Reads record by record: quotes per RFC 4180, any mix of line ends, blank lines counted but not given.
 * A quote that is never closed, or a record beyond 8 MB (which is the same seen early), refuses the file.
 */
export function csvReader(delimiter: Delimiter, firstRow = 1) {
  const delimiterCode = delimiter.charCodeAt(0)
  // In tables that are separated by tabs a quote within a cell is just a quote.
  const quotesMatter = delimiter !== '\t'
  let left = ''
  let row = firstRow
  /** Where the quoted cell that ran into the end of the text began. */
  let openQuoteAt = -1

  /** The record at `start`, or null when the text ends within it. `next` is where the following one begins. */
  let next = 0
  function readRecord(text: string, start: number, ended: boolean, marks: Marks): CsvRecord | null {
    const cells: string[] = []
    let flaw: CsvRecord['flaw'] = null
    let at = start
    for (;;) {
      let cell = ''
      if (text.charCodeAt(at) === QUOTE) {
        let close = at
        let doubled = false
        for (;;) {
          close = text.indexOf('"', close + 1)
          if (close === -1 || (close + 1 === text.length && !ended)) {
            openQuoteAt = at
            return null
          }
          if (text.charCodeAt(close + 1) !== QUOTE) break
          doubled = true
          close++
        }
        cell = text.slice(at + 1, close)
        if (doubled) cell = cell.replaceAll('""', '"')
        at = close + 1
      }
      const bare = at
      at = Math.min(marks.next(delimiter, at), marks.next('\n', at), marks.next('\r', at), text.length)
      if (quotesMatter && marks.next('"', bare) < at) flaw = 'stray_quote'
      const code = text.charCodeAt(at)
      // What follows a closing quote is not RFC 4180; spaces are forgiven.
      if (at > bare) {
        const rest = text.slice(bare, at)
        const quoted = bare > start && text.charCodeAt(bare - 1) === QUOTE
        if (!quoted) cell = rest
        else if (rest.trim() !== '') {
          flaw = 'stray_quote'
          cell += rest
        }
      }
      if (at >= text.length) {
        if (!ended) return null
        cells.push(cell)
        next = at
        break
      }
      cells.push(cell)
      if (code === delimiterCode) {
        at++
        continue
      }
      if (code === CR && at + 1 === text.length && !ended) return null
      next = at + (code === CR && text.charCodeAt(at + 1) === LF ? 2 : 1)
      break
    }
    return { row, cells, flaw }
  }

  const plainRecord = (line: string, after: number): CsvRecord => {
    next = after
    return { row, cells: line.split(delimiter), flaw: null }
  }

  function* read(text: string, ended: boolean): Generator<CsvRecord> {
    let at = 0
    const marks = marksOf(text)
    while (at < text.length) {
      openQuoteAt = -1
      const carriage = marks.next('\r', at)
      const lineFeed = marks.next('\n', at)
      // Most lines have no quotes, and end in one way.
      const isPlain = lineFeed !== none && marks.next('"', at) > lineFeed && (carriage > lineFeed || carriage === lineFeed - 1)
      const record = isPlain
        ? plainRecord(text.slice(at, carriage < lineFeed ? carriage : lineFeed), lineFeed + 1)
        : readRecord(text, at, ended, marks)
      if (!record) break
      at = next
      row++
      if (record.cells.some((cell) => cell !== '' && cell.trim() !== '')) yield record
    }
    left = text.slice(at)
    if (left.length > longestRecord || (ended && left !== '')) throw unreadable(openQuoteAt >= 0)
  }

  const unreadable = (open: boolean) =>
    invalid(
      open
        ? {
            field: 'file',
            code: 'unclosed_quote',
            message: `cannot be read beyond row ${row}: a quote (") is opened there and never closed. Close it, or remove it`,
          }
        : { field: 'file', code: 'record_too_long', message: `cannot be read beyond row ${row}: it is longer than 8 MB` },
    )

  return {
    push: (piece: string) => read(left + piece, false),
    end: () => read(left, true),
  }
}
