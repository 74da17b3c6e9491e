/**
 * A whole filter in one line: `company:acme status:open salary:>80000 "platform team" -junior`. What is not a `name:value` is the text
 * to look for. The same line both ways: `parse…` makes the filter of the API's parameters, `print…` writes such a filter down.
 */
import { z } from 'zod'
import { type ApplicationFilter, applicationFilter } from './applications.ts'
import { type JobFilter, jobFilter } from './jobs.ts'
import { type QueryToken, quoted, readTokens } from './query-tokens.ts'

export type QueryProblem = {
  /** Where in the text: from which character, how many. */
  at: number
  length: number
  message: string
  /** What could stand there. */
  expected: string[]
}
export type ParsedQuery<Filter> = { filter: Filter; problems: QueryProblem[] }

/** How a name of the line says parameters of the API. */
type Field =
  | { kind: 'list'; name: string; parameter: string }
  | { kind: 'one'; name: string; parameter: string }
  | { kind: 'days' | 'numbers'; name: string; from: string; to: string }
  | { kind: 'least'; name: string; parameter: string }
  | { kind: 'flag'; name: string; parameter: string }

const lists = (names: readonly string[]): Field[] => names.map((name) => ({ kind: 'list', name, parameter: name }))
const days = (name: string): Field => ({ kind: 'days', name, from: `${name}_from`, to: `${name}_to` })

const jobFields: Field[] = [
  ...lists(['company', 'location', 'remote_option', 'job_type', 'salary_currency', 'salary_period']),
  ...lists(['status', 'application_status', 'source', 'tech_stack', 'tech_stack_any', 'tags']),
  { kind: 'numbers', name: 'salary', from: 'salary_min', to: 'salary_max' },
  days('posted'),
  days('created'),
  { kind: 'flag', name: 'has_application', parameter: 'has_application' },
  { kind: 'one', name: 'deleted', parameter: 'deleted' },
]
const applicationFields: Field[] = [
  ...lists(['status', 'job_id']),
  days('applied'),
  days('follow_up'),
  days('interview'),
  { kind: 'least', name: 'silent_days', parameter: 'silent_days_min' },
  { kind: 'one', name: 'deleted', parameter: 'deleted' },
]

/** Shorter ways to say a name. */
const shortFor: Record<string, string> = {
  remote: 'remote_option',
  type: 'job_type',
  currency: 'salary_currency',
  period: 'salary_period',
  application: 'application_status',
  skill: 'tech_stack',
  skill_any: 'tech_stack_any',
  tag: 'tags',
  added: 'created',
  silent: 'silent_days',
}
/** `added` is only another word for what is written as `created`. */
const shortNames = new Map(
  Object.entries(shortFor)
    .filter(([short]) => short !== 'added')
    .map(([short, name]) => [name, short]),
)
const shown = ({ name }: Field) => shortNames.get(name) ?? name

type Loose = Record<string, unknown>
type Syntax = { fields: Field[]; schemas: Record<string, z.ZodType> }

const jobSyntax: Syntax = { fields: jobFields, schemas: jobFilter }
const applicationSyntax: Syntax = { fields: applicationFields, schemas: applicationFilter }

export const parseJobQuery = (text: string) => parse(jobSyntax, text) as ParsedQuery<JobFilter>
export const printJobQuery = (filter: JobFilter): string => print(jobSyntax, filter)
export const parseApplicationQuery = (text: string) => parse(applicationSyntax, text) as ParsedQuery<ApplicationFilter>
export const printApplicationQuery = (filter: ApplicationFilter): string => print(applicationSyntax, filter)

/** A name that a line knows, for showing what can be typed. */
export type QueryName = {
  name: string
  /** Of the API; a range has two. */
  parameters: string[]
  /** The words it takes, where it takes certain words only. */
  choices: string[]
  examples: string[]
}
const namesOf = (syntax: Syntax): QueryName[] =>
  syntax.fields.map((field) => ({
    name: shown(field),
    parameters: 'from' in field ? [field.from, field.to] : [field.parameter],
    choices: field.kind === 'flag' ? ['true', 'false'] : 'from' in field ? [] : choicesOf(syntax.schemas[field.parameter]),
    examples: examplesOf(syntax, field),
  }))
export const jobQueryNames = namesOf(jobSyntax)
export const applicationQueryNames = namesOf(applicationSyntax)
/** The usual way to say a name: `remote` for `remote_option`. */
export const usualName = (name: string) => shortNames.get(shortFor[name] ?? name) ?? shortFor[name] ?? name

// --- from text to filter ---

function parse(syntax: Syntax, text: string): ParsedQuery<Loose> {
  const filter: Loose = {}
  const problems: QueryProblem[] = []
  const words: string[] = []
  let isFinished = false
  for (const token of readTokens(text)) {
    if (token.kind === 'text') {
      words.push(token.text)
      isFinished = /\s/.test(text[token.at + token.length] ?? '')
    } else {
      isFinished = true
      const problem = take(syntax, filter, token)
      if (problem) problems.push(problem)
    }
  }
  // The space after the last word says that it is no beginning any more.
  if (words.length > 0 && !('q' in filter)) {
    const q = words.join(' ') + (isFinished ? ' ' : '')
    const checked = check(syntax, 'q', q)
    if (checked.problem === null) filter['q'] = q
    else problems.push({ at: 0, length: text.length, message: `The text to look for ${checked.problem}.`, expected: [] })
  }
  return { filter, problems }
}

type FieldToken = Extract<QueryToken, { kind: 'field' }>

function take(syntax: Syntax, filter: Loose, token: FieldToken): QueryProblem | null {
  const at = (part: { at: number; length: number }, message: string, expected: string[] = []) => ({ ...part, message, expected })
  const name = shortFor[token.name.text] ?? token.name.text
  if (token.isNegated) return at(token, `Only words can be left out with -, not ${token.name.text}: look for what you want instead.`, [])
  const [only] = token.values
  if (name === 'q') {
    if (token.values.length !== 1 || !only?.text) return at(token, 'Write q:"the text to look for".', [])
    return set(syntax, filter, 'q', only.text, only)
  }
  const field = syntax.fields.find((field) => field.name === name)
  if (!field) {
    const names = syntax.fields.map(shown)
    return at(token.name, `Nothing here is called ${token.name.text}. To look for the text itself, put it in quotes.`, nearest(name, names))
  }
  if (!only) return at({ at: token.at + token.length, length: 0 }, `${token.name.text}: needs a value.`, examplesOf(syntax, field))
  if (field.kind === 'list') {
    for (const value of token.values) {
      const before = (filter[field.parameter] ?? []) as unknown[]
      const checked = check(syntax, field.parameter, [value.text])
      if (checked.problem !== null) return at(value, `${value.text} ${checked.problem}.`, examplesOf(syntax, field))
      filter[field.parameter] = [...before, ...(checked.value as unknown[])]
    }
    return null
  }
  if (token.values.length > 1) return at(token, `${token.name.text}: takes one value.`, examplesOf(syntax, field))
  if (field.kind === 'one' || field.kind === 'flag') return set(syntax, filter, field.parameter, only.text, only, examplesOf(syntax, field))
  return takeRange(syntax, filter, field, only)
}

const rangePattern = /^(?:(>=|<=|>|<)(.+)|(.*?)\.\.(.*)|(.+))$/s

function takeRange(
  syntax: Syntax,
  filter: Loose,
  field: Exclude<Field, { kind: 'list' | 'one' | 'flag' }>,
  value: { text: string; at: number; length: number },
): QueryProblem | null {
  const [, operator, bound, low, high, exactly] = rangePattern.exec(value.text) ?? []
  const expected = examplesOf(syntax, field)
  const [from, to] = field.kind === 'least' ? [field.parameter, null] : [field.from, field.to]
  const wanted: [string | null, string | undefined][] = operator
    ? [[operator.startsWith('>') ? from : to, shifted(field.kind, operator, bound as string)]]
    : low === undefined && high === undefined
      ? [
          [from, exactly],
          [to, exactly],
        ]
      : [
          [from, low || undefined],
          [to, high || undefined],
        ]
  // A number alone says at least.
  const said = field.kind === 'least' && exactly !== undefined ? wanted.slice(0, 1) : wanted
  if (said.every(([, text]) => text === undefined)) return { ...pick(value), message: 'This range has no bound.', expected }
  for (const [parameter, text] of said) {
    if (text === undefined) continue
    if (parameter === null) return { ...pick(value), message: `${shown(field)} only takes the least number.`, expected }
    const problem = set(syntax, filter, parameter, field.kind === 'days' ? text : inFull(text), value, expected)
    if (problem) return problem
  }
  return null
}

const pick = ({ at, length }: { at: number; length: number }) => ({ at, length })

/** 80k is 80000. */
const inFull = (text: string) => (/^\d+(\.\d+)?k$/i.test(text) ? String(Number(text.slice(0, -1)) * 1_000) : text)

/** After a day is from the next one on; pay is never that exact. */
function shifted(kind: Field['kind'], operator: string, text: string): string {
  if (kind !== 'days' || operator.endsWith('=') || !/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text))) return text
  const day = new Date(Date.parse(text) + (operator === '>' ? 1 : -1) * 86_400_000)
  return day.toISOString().slice(0, 10)
}

function set(
  syntax: Syntax,
  filter: Loose,
  parameter: string,
  text: string,
  place: { at: number; length: number },
  expected: string[] = [],
): QueryProblem | null {
  const checked = check(syntax, parameter, text)
  if (checked.problem !== null) return { ...pick(place), message: `${text} ${checked.problem}.`, expected }
  if (parameter in filter) return { ...pick(place), message: 'This is said twice.', expected: [] }
  filter[parameter] = checked.value
  return null
}

function check(syntax: Syntax, parameter: string, value: unknown): { value: unknown; problem: null } | { problem: string } {
  const parsed = (syntax.schemas[parameter] as z.ZodType).safeParse(value)
  if (parsed.success) return { value: parsed.data, problem: null }
  const [issue] = parsed.error.issues
  if (issue?.code === 'invalid_value') return { problem: `is none of ${issue.values.map(String).join(', ')}` }
  if (issue?.code === 'invalid_type') return { problem: 'is no number' }
  if (issue?.code === 'too_big') return { problem: `is more than ${String(issue.maximum)}` }
  if (issue?.code === 'too_small') return { problem: `is less than ${String(issue.minimum)}` }
  return { problem: issue?.message ?? 'cannot stand here' }
}

function examplesOf(syntax: Syntax, field: Field): string[] {
  switch (field.kind) {
    case 'days':
      return ['2026-11-22', '>=2026-11-01', '2026-11-01..2026-11-30']
    case 'numbers':
      return ['>80000', '<=120000', '80k..120k']
    case 'least':
      return ['14', '>=14']
    case 'flag':
      return ['true', 'false']
    default:
      return choicesOf(syntax.schemas[field.parameter])
  }
}

/** The words that a parameter takes, where it takes certain words. */
function choicesOf(schema: z.ZodType | undefined): string[] {
  if (schema instanceof z.ZodEnum) return schema.options.map(String)
  if (schema instanceof z.ZodOptional) return choicesOf(schema.unwrap() as z.ZodType)
  if (schema instanceof z.ZodPipe) return choicesOf(schema.out as z.ZodType)
  return schema instanceof z.ZodArray ? choicesOf(schema.element as z.ZodType) : []
}

/** The names that begin like this one or hold it; all of them when none does. */
function nearest(name: string, names: string[]): string[] {
  const alike = names.filter((one) => one.startsWith(name.slice(0, 3)) || one.includes(name))
  return alike.length > 0 ? alike : names
}

// --- from filter to text ---

function print(syntax: Syntax, filter: Loose): string {
  const said = syntax.fields.map((field) => printField(filter, field)).filter((text) => text !== '')
  const q = filter['q'] as string | undefined
  if (q === undefined || q === '') return said.join(' ')
  const line = [...said, q].join(' ')
  // What would not come back as it is, such as a text that looks like a field, is said by name.
  return parse(syntax, line).filter['q'] === q ? line : [...said, `q:${quoted(q)}`].join(' ')
}

function printField(filter: Loose, field: Field): string {
  if (field.kind === 'list') {
    const values = filter[field.parameter] as readonly string[] | undefined
    return values && values.length > 0 ? `${shown(field)}:${values.map(printValue).join(',')}` : ''
  }
  if ('from' in field) {
    const [from, to] = [filter[field.from], filter[field.to]]
    if (from === undefined && to === undefined) return ''
    if (from === undefined) return `${shown(field)}:<=${printBound(to)}`
    if (to === undefined) return `${shown(field)}:>=${printBound(from)}`
    return `${shown(field)}:${printBound(from)}..${printBound(to)}`
  }
  const value = filter[field.parameter]
  if (value === undefined) return ''
  return field.kind === 'least' ? `${shown(field)}:>=${String(value)}` : `${shown(field)}:${String(value)}`
}

// In full: 1e21 is no number to a parameter.
const digits = new Intl.NumberFormat('en', { useGrouping: false, maximumFractionDigits: 100 })
const printBound = (value: unknown) => (typeof value === 'number' ? digits.format(value) : String(value))

const printValue = (value: string) => (/[\s",]/.test(value) ? quoted(value) : value)
