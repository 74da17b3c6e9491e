/** Days as people and programs write them. */
import type { DateFormat } from '../../../../contract/imports.ts'
import { dayOf } from '../../../calendar.ts'

/** `evidence`: what a day tells about the order of its column; `open`: day and month could be either way round. */
export type DateEvidence = 'dmy' | 'mdy' | 'open' | null

// Longer ones are something else, and would only keep the patterns busy.
const longestDate = 60

type Parts = { year: number; month: number; day: number }

const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(.+))?$/
const compact = /^((?:19|20)\d{2})(\d{2})(\d{2})$/
const numeric = /^(\d{1,2})([/.\- ])(\d{1,2})\2(\d{4}|\d{2})(?:(?:,\s*|\s+)(.+))?$/
const time = /^\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(am|pm|a\.m\.|p\.m\.)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?$/i

const months = [
  ['jan', 'january', 'januar', 'janvier', 'enero', 'janeiro', 'gennaio', 'januari'],
  ['feb', 'february', 'februar', 'fevrier', 'febrero', 'fevereiro', 'febbraio', 'februari'],
  ['mar', 'march', 'marz', 'maerz', 'mars', 'marzo', 'marco', 'maart', 'mrz'],
  ['apr', 'april', 'avril', 'abril', 'aprile', 'avr', 'abr'],
  ['may', 'mai', 'mayo', 'maio', 'maggio', 'mei'],
  ['jun', 'june', 'juni', 'juin', 'junio', 'junho', 'giugno'],
  ['jul', 'july', 'juli', 'juillet', 'julio', 'julho', 'luglio', 'juil'],
  ['aug', 'august', 'aout', 'agosto', 'augustus', 'ago'],
  ['sep', 'september', 'sept', 'septembre', 'septiembre', 'setembro', 'settembre', 'set'],
  ['oct', 'october', 'oktober', 'octobre', 'octubre', 'outubro', 'ottobre', 'okt', 'out'],
  ['nov', 'november', 'novembre', 'noviembre', 'novembro'],
  ['dec', 'december', 'dezember', 'decembre', 'diciembre', 'dezembro', 'dicembre', 'dez', 'dic'],
]
const monthNumbers = new Map(months.flatMap((names, at) => names.map((name) => [name, at + 1] as const)))

/** What one value tells about the order of day and month in its column. */
export function evidenceOf(text: string): DateEvidence {
  const trimmed = text.trim()
  const parts = trimmed.length > longestDate ? null : numeric.exec(trimmed)
  if (!parts) return null
  const [first, second] = [Number(parts[1]), Number(parts[3])]
  if (first > 12 && second <= 12) return 'dmy'
  if (second > 12 && first <= 12) return 'mdy'
  if (first > 12 || second > 12) return null
  // 01.02.23 is read day first wherever dates are written with dots; 2:20 PM is American.
  if (parts[2] === '.') return 'dmy'
  if (first === second) return null
  if (/[ap]\.?m\.?\s*$/i.test(parts[5] ?? '')) return 'mdy'
  return 'open'
}

/**
 * The day a text says, `YYYY-MM-DD`, or null when it says none that exists. An instant with an offset is taken in
 * `timezone`, but midnight stays the day it is written as: programs write bare days so.
 */
export function parseDay(text: string, format: DateFormat | null, timezone: string): string | null {
  const trimmed = text.trim()
  if (trimmed.length > longestDate) return null
  const found = iso.exec(trimmed) ?? compact.exec(trimmed)
  if (found) {
    const clock = found[4]
    const parts = partsOf(found[1], found[2], found[3])
    // 2026-31-12 is written day before month.
    const swapped = format === 'dmy' && !parts ? partsOf(found[1], found[3], found[2]) : parts
    if (!swapped) return null
    if (clock === undefined) return textOf(swapped)
    return dayOfInstant(trimmed, textOf(swapped), clock, timezone)
  }
  const short = numeric.exec(trimmed)
  if (short) {
    if (short[5] !== undefined && !time.test(short[5].trim())) return null
    const evidence = evidenceOf(trimmed)
    if (evidence === 'open' && format !== 'dmy' && format !== 'mdy') return null
    const order = format === 'dmy' || format === 'mdy' ? format : (evidence ?? 'mdy')
    const [day, month] = order === 'dmy' ? [short[1], short[3]] : [short[3], short[1]]
    const parts = partsOf(yearOf(short[4] as string), month, day)
    return parts && textOf(parts)
  }
  return dayOfNumber(trimmed, timezone) ?? dayOfWords(trimmed)
}

function dayOfInstant(text: string, day: string, clock: string, timezone: string): string | null {
  const match = time.exec(clock.trim())
  if (!match) return null
  if (match[2] === undefined || /^0{1,2}:00(:00(\.0+)?)?/.test(clock.trim())) return day
  const normal = text.replace(/^(\d{4})[/.](\d{1,2})[/.]/, '$1-$2-').replace(/\s*(utc|gmt)$/i, 'Z')
  const instant = Date.parse(normal)
  return Number.isNaN(instant) ? null : dayOf(new Date(instant).toISOString(), timezone)
}

// Spreadsheets count days from 1899-12-30, programs seconds or milliseconds from 1970.
function dayOfNumber(text: string, timezone: string): string | null {
  const number = /^\d{5,13}(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  if (number >= 20_000 && number < 80_000)
    return new Date(Date.UTC(1899, 11, 30) + Math.floor(number) * 86_400_000).toISOString().slice(0, 10)
  const milliseconds = number >= 1e12 ? number : number >= 3e8 && number < 1e11 ? number * 1000 : Number.NaN
  return Number.isNaN(milliseconds) ? null : dayOf(new Date(milliseconds).toISOString(), timezone)
}

// November 3, 2025 · 3 Nov 2025 · Mon, 3 November 2025 at 14:00 · 3. März 2025 · 03-Nov-25
function dayOfWords(text: string): string | null {
  const words = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\bat\b.*$|\d{1,2}:\d{2}.*$/, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !/^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*$|^(?:the|of|de|del|di|um|le|el)$/.test(word))
  const month = words.map((word) => monthNumbers.get(word)).find((number) => number !== undefined)
  const numbers = words.map((word) => /^(\d{1,4})(?:st|nd|rd|th)?$/.exec(word)?.[1]).filter((number) => number !== undefined)
  if (month === undefined || words.length !== 3 || numbers.length !== 2) return null
  const [first, second] = numbers as [string, string]
  const [year, day] = first.length === 4 ? [first, second] : [yearOf(second), first]
  const parts = partsOf(year, month, day)
  return parts && textOf(parts)
}

const yearOf = (digits: string) => (digits.length === 4 ? digits : String(Number(digits) + (Number(digits) < 70 ? 2000 : 1900)))

function partsOf(year: unknown, month: unknown, day: unknown): Parts | null {
  const parts = { year: Number(year), month: Number(month), day: Number(day) }
  if (parts.year < 1000 || parts.year > 2999 || parts.month < 1 || parts.month > 12 || parts.day < 1) return null
  return parts.day <= new Date(Date.UTC(parts.year, parts.month, 0)).getUTCDate() ? parts : null
}

const textOf = ({ year, month, day }: Parts) => `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
