/** Any file as a table: named columns, and rows in batches, to be read as often as needed. */
import { jobCsvColumns } from '../../../../contract/csv.ts'
import { invalid } from '../../../errors.ts'
import { type CsvRecord, csvReader, type Delimiter } from './csv-records.ts'
import { emptyFile, type Source, sourceOf, textOf } from './encoding.ts'
import { jsonReader } from './json-items.ts'

/** CSV has text in its cells, JSON whatever it has; undefined: not there. */
export type Cell = string | number | boolean | null | undefined | object

/** `row` is the file's own number. `flaw`: it cannot be read as it stands. */
export type TableRow = { row: number; cells: Cell[]; flaw: 'stray_quote' | 'long_row' | null; short: boolean }

export type Table = {
  format: 'csv' | 'json'
  delimiter: Delimiter
  /** Some bytes were no character: cells with U+FFFD are damaged. */
  damaged: boolean
  /** Unique: a second `Name` is `Name#2`, one without a name `Column 3`. */
  columns: string[]
  batches(): AsyncGenerator<TableRow[]>
}

const batchRows = 500
const mostColumns = 1_000

/** `isHeader` tells whether a record names columns that somebody knows: titles and remarks may stand above it. */
export async function openTable(path: string, isHeader: (names: string[]) => boolean): Promise<Table> {
  const source = await sourceOf(path)
  const head = await beginningOf(source)
  if (head.text.trim() === '') throw emptyFile()
  return /^\s*[[{]/.test(head.text) ? openJson(source) : openCsv(source, head, isHeader)
}

async function beginningOf(source: Source): Promise<{ text: string; whole: boolean }> {
  let text = ''
  for await (const piece of textOf(source)) {
    text += piece
    if (text.length > 64 * 1024) return { text, whole: false }
  }
  return { text, whole: true }
}

async function openCsv(source: Source, head: { text: string; whole: boolean }, isHeader: (names: string[]) => boolean): Promise<Table> {
  // Excel's own hint; it shows the line after it as the first.
  const hint = /^sep=(.)\r?\n/i.exec(head.text)
  const text = head.text.slice(hint?.[0].length ?? 0)
  const delimiter = isDelimiter(hint?.[1]) ? hint[1] : delimiterOf(text, head.whole)
  const first = recordsOf(text, delimiter, head.whole).slice(0, 10)
  const header = first.find((record) => isHeader(record.cells.map((name) => name.trim()))) ?? first[0]
  if (!header) {
    // Nothing could be read whole: the reader knows why.
    for await (const _ of recordBatches(source, delimiter, hint?.[0].length ?? 0, 0)) break
    throw emptyFile()
  }
  if (header.cells.length > mostColumns)
    throw invalid({
      field: 'file',
      code: 'too_many_columns',
      message: `has ${header.cells.length} columns; at most ${mostColumns} can be imported`,
    })
  const columns = uniqueNames(header.cells.map(storableName))
  return {
    format: 'csv',
    delimiter,
    damaged: source.damaged,
    columns,
    async *batches() {
      for await (const records of recordBatches(source, delimiter, hint?.[0].length ?? 0, header.row)) {
        yield records.map((record) => asRow(record, columns.length))
      }
    },
  }
}

function asRow({ row, cells, flaw }: CsvRecord, width: number): TableRow {
  if (cells.length === width) return { row, cells, flaw, short: false }
  if (cells.length < width) {
    const padded: Cell[] = [...cells]
    while (padded.length < width) padded.push('')
    return { row, cells: padded, flaw, short: true }
  }
  // Separators without anything behind them add nothing.
  if (cells.slice(width).every((cell) => cell.trim() === '')) return { row, cells: cells.slice(0, width), flaw, short: false }
  return { row, cells, flaw: flaw ?? 'long_row', short: false }
}

async function* recordBatches(source: Source, delimiter: Delimiter, skip: number, after: number): AsyncGenerator<CsvRecord[]> {
  const reader = csvReader(delimiter)
  let toSkip = skip
  let batch: CsvRecord[] = []
  for await (const piece of textOf(source)) {
    const text = toSkip > 0 ? piece.slice(toSkip) : piece
    toSkip = 0
    for (const record of reader.push(text)) {
      if (record.row > after) batch.push(record)
      if (batch.length >= batchRows) {
        yield batch
        batch = []
      }
    }
    // No more than a piece of the file at once, however long its rows are.
    if (batch.length > 0) yield batch
    batch = []
  }
  for (const record of reader.end()) if (record.row > after) batch.push(record)
  if (batch.length > 0) yield batch
}

const delimiters = [',', ';', '\t', '|'] as const
const isDelimiter = (text: string | undefined): text is Delimiter => delimiters.includes(text as Delimiter)

/** The one that cuts most of the first rows into as many cells as the header, and the header into most. */
function delimiterOf(text: string, whole: boolean): Delimiter {
  const scored = delimiters.map((delimiter) => {
    const records = recordsOf(text, delimiter, whole).slice(0, 50)
    const width = Math.max(0, ...records.slice(0, 10).map((record) => record.cells.length))
    const alike = records.filter((record) => record.cells.length === width).length
    return { delimiter, score: width < 2 ? 0 : (records[0]?.cells.length ?? 0) + alike / (records.length + 1) }
  })
  return scored.reduce((best, one) => (one.score > best.score ? one : best)).delimiter
}

function recordsOf(text: string, delimiter: Delimiter, whole: boolean): CsvRecord[] {
  const reader = csvReader(delimiter)
  const records: CsvRecord[] = []
  try {
    for (const record of reader.push(text)) records.push(record)
    if (whole) for (const record of reader.end()) records.push(record)
  } catch {
    // With another delimiter it may be readable; reading the whole file will say so again.
  }
  return records
}

function uniqueNames(header: string[]): string[] {
  const taken = new Set<string>()
  return header.map((raw, at) => {
    const name = raw.trim() === '' ? `Column ${at + 1}` : raw.trim()
    let unique = name
    for (let n = 2; taken.has(unique); n++) unique = `${name}#${n}`
    taken.add(unique)
    return unique
  })
}

async function openJson(source: Source): Promise<Table> {
  const columns: string[] = []
  const known = new Set<string>()
  // All of it once: the names are spread over the records, and the end of the file tells whether it is whole.
  const reader = jsonReader()
  for await (const piece of textOf(source)) {
    for (const item of reader.push(piece)) {
      for (const name of Object.keys(item)) {
        if (known.has(name)) continue
        known.add(name)
        columns.push(name)
        if (columns.length > mostColumns)
          throw invalid({
            field: 'file',
            code: 'too_many_columns',
            message: `has more than ${mostColumns} different names in its records; at most ${mostColumns} can be imported`,
          })
      }
    }
  }
  const { own } = reader.end()
  if (columns.length === 0 && !own)
    throw invalid({ field: 'file', code: 'empty_file', message: 'holds an empty list: there is nothing to import' })
  // An export names things as its CSV does, but for what JSON can nest.
  const names = own ? ownNames(columns) : columns
  const cellOf = own ? ownCell : (item: Record<string, unknown>, name: string) => item[name]
  return {
    format: 'json',
    delimiter: ',',
    damaged: source.damaged,
    columns: names.map(storableName),
    async *batches() {
      const reader = jsonReader()
      let row = 0
      let batch: TableRow[] = []
      for await (const piece of textOf(source)) {
        for (const item of reader.push(piece)) {
          batch.push({ row: ++row, cells: names.map((name) => cellOf(item, name) as Cell), flaw: null, short: false })
          if (batch.length >= batchRows) {
            yield batch
            batch = []
          }
        }
        if (batch.length > 0) yield batch
        batch = []
      }
    },
  }
}

function ownNames(names: readonly string[]): string[] {
  if (names.length === 0) return [...jobCsvColumns]
  const nested = names.includes('job') ? ['company', 'title'] : []
  const renamed = names.filter((name) => name !== 'job').map((name) => (name === 'interviews' ? 'interview_feedback' : name))
  return [...new Set([...renamed, ...nested])]
}

function ownCell(item: Record<string, unknown>, name: string): unknown {
  if (name in item) return item[name]
  if (name === 'interview_feedback') return item['interviews']
  const job = item['job']
  return typeof job === 'object' && job !== null ? (job as Record<string, unknown>)[name] : undefined
}

// A name is kept with the import, and PostgreSQL keeps neither NUL nor half of a character.
const storableName = (name: string) => name.replaceAll('\0', '').toWellFormed()

/** What a cell says as text: nested values as JSON. */
export const cellText = (cell: Cell): string =>
  typeof cell === 'string'
    ? cell
    : cell === null || cell === undefined
      ? ''
      : typeof cell === 'object'
        ? JSON.stringify(cell)
        : String(cell)
