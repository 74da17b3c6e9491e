import { parse } from 'csv-parse/sync'
import type { Application } from '../contract/applications.ts'
import { jsonColumns, unguardCell } from '../contract/csv.ts'

const numbers = new Set(['salary_min', 'salary_max', 'priority', 'match_score', 'version'])
const texts = new Set(['company', 'title', 'location', 'description', 'requirements', 'responsibilities', 'url', 'source', 'notes'])

/** Our own CSV as records, by a parser that is not ours and that insists on CRLF. */
export const readOwnCsv = (csv: string): Record<string, unknown>[] =>
  parse(csv, { columns: true, bom: true, record_delimiter: '\r\n', skip_empty_lines: false }).map((row) =>
    Object.fromEntries(Object.entries(row as Record<string, string>).map(([name, cell]) => [name, valueIn(name, cell)])),
  )

function valueIn(name: string, cell: string): unknown {
  if (cell === '') return null
  if (jsonColumns.has(name)) return JSON.parse(cell)
  if (numbers.has(name)) return Number(cell)
  if (name === 'reminders_muted') return JSON.parse(cell)
  return texts.has(name) ? unguardCell(cell) : cell
}

/** An application as its row says it; a job is its row. */
export const applicationAsRow = ({ job, interviews, ...rest }: Application): Record<string, unknown> => ({
  ...rest,
  company: job.company,
  title: job.title,
  interview_feedback: interviews,
})
