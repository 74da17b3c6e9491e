import { Readable } from 'node:stream'
import type { ImportRow, ImportRowsQuery } from '../../../contract/imports.ts'
import type { App } from '../../app.ts'
import { AppError, invalidQuery } from '../../errors.ts'
import type { FileAnswer } from '../../http/answer.ts'
import type { User } from '../../http/who-is-asking.ts'
import { problemsOf } from './carry-out.ts'
import { getImport } from './imports.ts'
import { countRows, findDelimiter, findRows, type KeptRow } from './queries.ts'

/** What became of each row, page by page; or the failed ones as a file to put right and send again. */
export async function findImportRows(app: App, user: User, id: string, query: ImportRowsQuery) {
  const { outcome, format, limit, cursor } = query
  const { columns, filename } = await getImport(app, user, id)
  const names = columns.map(({ name }) => name)
  if (format === 'csv') return failedRowsFile(app, user, id, query, names, filename)
  const rows = await findRows(app.db, user.id, id, { outcomes: outcome, after: readCursor(cursor, id), limit: limit + 1 })
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map((row) => presented(row, names)),
    next_cursor: rows.length > limit && last ? writeCursor(last.row, id) : null,
    total: await countRows(app.db, user.id, id, outcome),
  }
}

function presented(kept: KeptRow, names: readonly string[]): ImportRow {
  const { row, outcome, job_id, application_id } = kept
  const cells = kept.cells === null ? null : (JSON.parse(kept.cells) as string[])
  return {
    row,
    outcome,
    job_id,
    application_id,
    cells: cells && Object.fromEntries(cells.map((cell, at) => [names[at] ?? `Column ${at + 1}`, cell])),
    problems: problemsOf(kept),
  }
}

async function failedRowsFile(
  app: App,
  user: User,
  id: string,
  { outcome, cursor }: ImportRowsQuery,
  names: readonly string[],
  filename: string,
): Promise<FileAnswer> {
  if (outcome?.some((one) => one !== 'failed'))
    throw invalidQuery({
      field: 'outcome',
      code: 'invalid_value',
      message: 'can only be failed with format=csv: only those rows are kept as they came',
    })
  if (cursor !== undefined)
    throw invalidQuery({ field: 'cursor', code: 'invalid_value', message: 'goes with format=json only; a csv file is always whole' })
  const delimiter = await findDelimiter(app.db, user.id, id)
  const line = (cells: readonly string[]) => `${cells.map((cell) => quoted(cell, delimiter)).join(delimiter)}\r\n`
  // The reason stands first, so that a row with too many cells does not push it out of its column.
  async function* lines() {
    yield line(['reason', ...names])
    for (let after = -1; ; ) {
      const rows = await findRows(app.db, user.id, id, { outcomes: ['failed'], after, limit: 500 })
      for (const row of rows) yield line([reasonOf(row), ...(JSON.parse(row.cells ?? '[]') as string[])])
      if (rows.length < 500) return
      after = rows.at(-1)?.row ?? 0
    }
  }
  return {
    type: 'text/csv; charset=utf-8',
    filename: `${filename.replace(/\.[^.]*$/, '')} - failed rows.csv`,
    stream: Readable.from(lines()),
  }
}

const reasonOf = (row: KeptRow) =>
  problemsOf(row)
    .map(({ column, message }) => `Row ${row.row}${column === null ? '' : `, ${column}`} ${message}`)
    .join('; ')

const quoted = (cell: string, delimiter: string) =>
  /["\r\n]/.test(cell) || cell.includes(delimiter) || cell !== cell.trim() ? `"${cell.replaceAll('"', '""')}"` : cell

const writeCursor = (row: number, id: string) => Buffer.from(`${id} ${row}`).toString('base64url')

function readCursor(cursor: string | undefined, id: string): number {
  if (cursor === undefined) return -1
  const [of, row] = Buffer.from(cursor, 'base64url').toString().split(' ')
  if (of === id && row !== undefined && /^\d{1,10}$/.test(row)) return Number(row)
  throw new AppError('invalid_cursor', 'This cursor is damaged, or was given for another import. Start again without `cursor`.')
}
