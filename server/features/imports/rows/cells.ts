/** The cells of one row by what they mean. What is wrong with one goes into the notebook, by column and value. */
import type { z } from 'zod'
import * as f from '../../../../contract/fields.ts'
import type { ImportTarget } from '../../../../contract/imports.ts'
import { fieldErrors } from '../../../http/field-errors.ts'
import type { Clock } from '../../applications/history.ts'
import type { Plan, PlannedColumn } from '../mapping/plan.ts'
import { cellText, type TableRow } from '../reading/table.ts'
import { parseDay } from '../values/dates.ts'
import { type Notebook, shown } from './problems.ts'

export type CellReader = ReturnType<typeof cellReader>

const nullWords = new Set(['', '-', '–', '—', 'n/a', 'na', 'nan', 'null', '#n/a'])
const longestNullWord = 5

export function cellReader(plan: Plan, { cells, row }: TableRow, clock: Clock, book: Notebook) {
  const columnOf = (target: ImportTarget): PlannedColumn | undefined => plan.byTarget.get(target)?.[0]
  const nameOf = (target: ImportTarget) => columnOf(target)?.name ?? target

  const at = (column: PlannedColumn): string | null => {
    const cell = cells[column.at]
    const text = (Array.isArray(cell) && cell.every((entry) => typeof entry !== 'object') ? cell.join('; ') : cellText(cell)).trim()
    if (text.length <= longestNullWord && (nullWords.has(text.toLowerCase()) || plan.nullWords.has(text))) return null
    return text
  }
  const text = (target: ImportTarget) => {
    const column = columnOf(target)
    return column ? at(column) : null
  }
  const fail = (target: ImportTarget, code: string, message: string, value = text(target)) => {
    book.errors.push({ row, column: nameOf(target), value: value === null ? null : shown(value), code, message })
  }
  const warn = (target: ImportTarget, code: string, message: string, value = text(target)) => {
    book.warnings.push({ row, column: nameOf(target), value: value === null ? null : shown(value), code, message })
  }
  /** A column that bears our own name for the field is held to it; what others call alike may hold anything. */
  const isStrict = (target: ImportTarget) => columnOf(target)?.name === target
  /** What cannot be that field goes into the notes, unless the column bears the field's own name. */
  const keepOrFail = (target: ImportTarget, code: string, right: string) => {
    const value = text(target)
    if (value === null) return
    if (isStrict(target)) return fail(target, code, `${right}, not ${JSON.stringify(shown(value, 80))}`)
    book.kept.push(`${nameOf(target)}: ${value}`)
    warn(target, code, `${right}, so it was put into the notes`)
  }
  function checked<T extends z.ZodType>(target: ImportTarget, schema: T, value: unknown): z.output<T> | null {
    if (value === null) return null
    const parsed = schema.safeParse(value)
    if (parsed.success) return parsed.data
    for (const error of fieldErrors(parsed.error.issues, value, { known: [], readOnly: [] }))
      fail(target, error.code, error.message, typeof value === 'string' ? value : text(target))
    return null
  }
  const line = (target: ImportTarget) => {
    const value = text(target)
    return value === null ? null : checked(target, f.OptionalLine, value.replace(/\s+/g, ' '))
  }
  const formatOf = (target: ImportTarget) => plan.dateFormats.get(columnOf(target)?.at ?? -1) ?? null
  const isUndecided = (target: ImportTarget) => plan.ambiguous.some(({ column }) => column === nameOf(target))
  const parse = (target: ImportTarget, value: string) => parseDay(value, formatOf(target), clock.timezone)
  const dayMessage = 'must be a day that exists, such as 2026-11-22'
  function day(target: ImportTarget): string | null {
    const value = text(target)
    if (value === null || isUndecided(target)) return null
    const found = parse(target, value)
    if (found === null) fail(target, 'invalid_date', `${dayMessage}, not ${JSON.stringify(shown(value, 80))}`)
    return found
  }
  /** For columns that often say something else: "rolling", "ask Ana". What looks like a date must be one. */
  function looseDay(target: ImportTarget): string | null {
    const value = text(target)
    if (value === null || isUndecided(target)) return null
    const found = parse(target, value)
    if (found === null && /^\W*\d+\W+\d+\W+\d+/.test(value.slice(0, 60)))
      fail(target, 'invalid_date', `${dayMessage}, not ${JSON.stringify(shown(value, 80))}`)
    else if (found === null) keepOrFail(target, 'invalid_date', dayMessage)
    return found
  }
  function url(target: ImportTarget): string | null {
    const value = text(target)
    if (value === null) return null
    if (value.length > f.limits.url) return checked(target, f.OptionalUrl, value)
    const address = /^[\w-]+(\.[\w-]+)*\.[a-z]{2,}([/?#:]\S*)?$/i.test(value) ? `https://${value}` : value
    if (/^https?:\/\/\S+$/i.test(address) && URL.canParse(address)) return checked(target, f.OptionalUrl, address)
    keepOrFail(target, 'invalid_value', 'must be a web address that begins with http:// or https://')
    return null
  }
  /** Null when the row says nothing about it. */
  function status(): string | null {
    const columns = plan.byTarget.get('status') ?? []
    const column = columns.find((one) => at(one) !== null)
    const word = column ? at(column) : null
    if (!column || word === null) return null
    const found = plan.statusOf(word)
    if (found === null) {
      const [what, right] =
        plan.kind === 'jobs'
          ? ['job', 'open, closed or archived']
          : ['stage', 'a word for a stage such as applied, interview or rejected; or say in mapping.statuses what it means']
      book.errors.push({
        row,
        column: column.name,
        value: shown(word),
        code: 'unknown_status',
        message: `is no known ${what} status: must be ${right}`,
      })
    }
    return found
  }
  /** Of all columns of that field; from the second on with the column's name. */
  const texts = (target: ImportTarget): string[] =>
    (plan.byTarget.get(target) ?? []).flatMap((column, nth) => {
      const value = at(column)
      return value === null ? [] : nth === 0 ? value : `${column.name}: ${value}`
    })
  return {
    text,
    texts,
    line,
    day,
    looseDay,
    url,
    status,
    checked,
    nameOf,
    isStrict,
    keepOrFail,
    fail,
    warn,
    raw: (target: ImportTarget) => cells[columnOf(target)?.at ?? -1],
  }
}
