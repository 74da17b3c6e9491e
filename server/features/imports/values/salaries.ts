/** Pay as people write it: `$120k–$150k`, `120,000 - 150,000 USD / year`, `€55.000`, `45/hr`. */
import type { Job } from '../../../../contract/jobs.ts'

export type Salary = Pick<Job, 'salary_min' | 'salary_max' | 'salary_currency' | 'salary_period'>

// Longer ones are something else, and would only keep the patterns busy.
const longest = 200

const symbols: [RegExp, string][] = [
  [/\bUS\s?\$|\$\s?US/i, 'USD'],
  [/\bC(?:A|AD)?\s?\$/i, 'CAD'],
  [/\bA(?:U|UD)?\s?\$/i, 'AUD'],
  [/\bNZ\s?\$/i, 'NZD'],
  [/\bS(?:G|GD)?\s?\$/i, 'SGD'],
  [/\bHK\s?\$/i, 'HKD'],
  [/R\$/, 'BRL'],
  [/€/, 'EUR'],
  [/£/, 'GBP'],
  [/₹|\brs\b/i, 'INR'],
  [/¥/, 'JPY'],
  [/₩/, 'KRW'],
  [/₪/, 'ILS'],
  [/₺/, 'TRY'],
  [/₴/, 'UAH'],
  [/zł/i, 'PLN'],
  [/\bfr\.|\bsfr/i, 'CHF'],
  [/\$/, 'USD'],
]
const currencies = new Set(Intl.supportedValuesOf('currency'))

const periods: [RegExp, NonNullable<Salary['salary_period']>][] = [
  [/\b(?:per|an|a|\/)\s*(?:hour|hr|h)\b|\/\s*(?:hour|hr|h)\b|\bhourly\b|\bp\.?\s?h\.?\b|\bph\b/i, 'hour'],
  [/\b(?:per|a)\s*day\b|\/\s*(?:day|d)\b|\bdaily\b|\bday rate\b|\bp\.?d\.?\b/i, 'day'],
  [/\b(?:per|a)\s*week\b|\/\s*(?:week|wk|w)\b|\bweekly\b|\bp\.?w\.?\b/i, 'week'],
  [/\b(?:per|a)\s*month\b|\/\s*(?:month|mo|m|monat|mois|mes)\b|\bmonthly\b|\bp\.?m\.?\b|\bpcm\b/i, 'month'],
  [/\b(?:per|a)\s*(?:year|annum)\b|\/\s*(?:year|yr|y|jahr|an|año)\b|\byearly\b|\bannual(?:ly)?\b|\bp\.?\s?a\.?\b/i, 'year'],
]

const amount =
  /(\d{1,3}(?:[.,'’\s\u00a0\u202f]\d{2,3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?)\s*(k|m|mio|lpa|lakhs?|lacs?)?(?![\p{L}\p{N}])/giu

/** Null when the text names no amount: `Competitive`. */
export function parseSalary(text: string): Salary | null {
  if (text.length > longest) return null
  const found: { value: number; scale: number }[] = []
  const clean = text.replace(/\(.*?\)/g, ' ').replace(/\b401\s?\(?k\)?/gi, ' ')
  for (const match of clean.matchAll(amount)) {
    // 3 days or 13th salary are no pay.
    if (/^\s*(?:days?\s*(?:off|holiday|remote)|weeks?|%|x\b|th\b|st\b|shares|equity)/i.test(clean.slice(match.index + match[0].length)))
      continue
    const number = numberOf(match[1] as string)
    if (number === null) return null
    found.push({ value: number, scale: scaleOf(match[2]) })
  }
  const [low, high] = found
  if (!low || found.length > 2) return null
  // 50-60k: the k is meant for both.
  const shared = high && low.scale === 1 && high.scale > 1 && low.value < high.value * 10 ? high.scale : low.scale
  const first = low.value * shared
  const second = high ? high.value * high.scale : null
  const open = /\b(?:up to|bis|max(?:imum)?|under|below|less than)\b|<|≤/i.test(clean)
  const ordered = second !== null && second < first ? [second, first] : [first, second]
  const [salary_min, salary_max] =
    second === null
      ? open
        ? [null, first]
        : /\bfrom\b|\bmin(?:imum)?\b|\bab\b|\+|>|≥/i.test(clean)
          ? [first, null]
          : [first, first]
      : ordered
  if (first > 1e12 || (second ?? 0) > 1e12) return null
  return {
    salary_min: salary_min ?? null,
    salary_max: salary_max ?? null,
    salary_currency: currencyOf(text),
    salary_period: periodOf(text) ?? guessPeriod(first, low.scale * (high?.scale ?? 1)),
  }
}

/** One amount: `120000`, `120,000`, `€55.000`, `120k`. Null when it is none. */
export function parseAmount(text: string): number | null {
  if (text.length > longest) return null
  const trimmed = text.trim().replace(/^[^\d-]{0,4}/u, '')
  const match = /^([\d.,'’\s\u00a0\u202f]+?)\s*(k|m|mio|lpa|lakhs?|lacs?)?\s*\p{Sc}?\s*(?:[A-Z]{3})?$/iu.exec(trimmed)
  const number = match ? numberOf((match[1] as string).trim()) : null
  return number === null ? null : number * scaleOf(match?.[2])
}

export function currencyOf(text: string): string | null {
  if (text.length > longest) return null
  const code = text
    .toUpperCase()
    .match(/\b[A-Z]{3}\b/g)
    ?.find((word) => currencies.has(word))
  return code ?? symbols.find(([pattern]) => pattern.test(text))?.[1] ?? null
}

export const periodOf = (text: string): Salary['salary_period'] => periods.find(([pattern]) => pattern.test(text))?.[1] ?? null

// Nobody is paid 45 a year; 120k is a year's pay.
const guessPeriod = (value: number, scale: number): Salary['salary_period'] => (scale > 1 || value >= 15_000 ? 'year' : null)

const scaleOf = (suffix: string | undefined) => {
  const unit = suffix?.toLowerCase() ?? ''
  if (unit === 'k') return 1_000
  if (unit === 'm' || unit === 'mio') return 1_000_000
  return unit === '' ? 1 : 100_000
}

/** 120,000 · 120.000 · 1.234,56 · 10,00,000 · 120 000 · 45.50 */
function numberOf(text: string): number | null {
  const digits = text.replace(/['’\s\u00a0\u202f]/g, '')
  const decimal = /[.,](\d{1,2})$/.exec(digits)
  const marks = [...digits.matchAll(/[.,]/g)].map(([mark]) => mark)
  const last = marks.at(-1)
  // One mark with one or two digits after it is a decimal mark, unless the same mark already grouped thousands.
  const hasDecimals = decimal !== null && marks.indexOf(last as string) === marks.length - 1
  const whole = (hasDecimals ? digits.slice(0, decimal.index) : digits).replace(/[.,]/g, '')
  const number = Number(hasDecimals ? `${whole}.${decimal[1]}` : whole)
  return /^\d+$/.test(whole) && Number.isFinite(number) ? number : null
}
