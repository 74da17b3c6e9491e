import type { z } from 'zod'
import type { FieldError } from '../../contract/problems.ts'

type Issue = z.core.$ZodIssue

/**
 * Turns what zod found into field errors that name field, value and remedy; one a field, the first.
 * `readOnly` holds the names a record has but nobody may write; `known` those that could have been meant.
 */
export function fieldErrors(
  issues: readonly Issue[],
  input: unknown,
  names: { known: readonly string[]; readOnly: readonly string[] },
): FieldError[] {
  const seen = new Set<string>()
  return allErrors(issues, input, names).filter(({ field }) => !seen.has(field) && seen.add(field))
}

function allErrors(
  issues: readonly Issue[],
  input: unknown,
  names: { known: readonly string[]; readOnly: readonly string[] },
): FieldError[] {
  return issues.flatMap((issue): FieldError[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        field: fieldPath([...issue.path, key]),
        ...unknownField(key, issue.path.length === 0 ? names : noNames),
      }))
    }
    if (issue.code === 'invalid_union') {
      // The alternative that got furthest says most.
      const deepest = issue.errors.toSorted((a, b) => depth(b) - depth(a))[0]
      if (deepest)
        return allErrors(
          deepest.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })),
          input,
          names,
        )
    }
    const value = valueAt(input, issue.path)
    return [{ field: fieldPath(issue.path), code: codeOf(issue, value), message: messageOf(issue, value) }]
  })
}

const noNames = { known: [], readOnly: [] }
const depth = (issues: readonly Issue[]) => Math.max(0, ...issues.map((issue) => issue.path.length))

/** `jobs[3].salary_min` */
export const fieldPath = (path: readonly PropertyKey[]) =>
  path.reduce<string>((text, part) => (typeof part === 'number' ? `${text}[${part}]` : text ? `${text}.${String(part)}` : String(part)), '')

function unknownField(key: string, names: { known: readonly string[]; readOnly: readonly string[] }) {
  if (names.readOnly.includes(key)) return { code: 'read_only', message: 'is set by Landed; leave it out' }
  const meant = names.known.find((name) => similar(name, key))
  return { code: 'unknown_field', message: meant ? `is not known here; did you mean ${meant}?` : 'is not known here; leave it out' }
}

// Same letters apart from separators and case, or one edit apart.
function similar(a: string, b: string): boolean {
  const [x, y] = [a, b].map((name) => name.toLowerCase().replace(/[^a-z0-9]/g, '')) as [string, string]
  if (x === y || x.startsWith(y) || y.startsWith(x)) return true
  if (Math.abs(x.length - y.length) > 1) return false
  let start = 0
  while (start < x.length && x[start] === y[start]) start++
  const rest = (skipX: number, skipY: number) => x.slice(start + skipX) === y.slice(start + skipY)
  const swapped = x[start] === y[start + 1] && x[start + 1] === y[start] && rest(2, 2)
  return rest(1, 1) || rest(1, 0) || rest(0, 1) || swapped
}

function codeOf(issue: Issue, value: unknown): string {
  if (value === undefined && issue.code !== 'custom') return 'required'
  const text = 'origin' in issue && (issue.origin === 'string' || issue.origin === 'array')
  switch (issue.code) {
    case 'too_small':
      return text ? 'too_short' : 'too_small'
    case 'too_big':
      return text ? 'too_long' : 'too_big'
    case 'custom':
      return 'invalid_value'
    default:
      return issue.code
  }
}

function messageOf(issue: Issue, value: unknown): string {
  if (value === undefined && issue.code !== 'custom') return 'is required'
  const shown = show(value)
  switch (issue.code) {
    case 'invalid_type':
      return issue.message.startsWith('Invalid input')
        ? `must be ${article(issue.expected)}, not ${shown}`
        : `${issue.message}, not ${shown}`
    case 'too_small':
      return issue.origin === 'string' || issue.origin === 'array'
        ? `must have at least ${issue.minimum} ${issue.origin === 'array' ? 'entries' : 'characters'}`
        : `must be ${issue.minimum} or more, not ${shown}`
    case 'too_big':
      return issue.origin === 'string' || issue.origin === 'array'
        ? `must have at most ${issue.maximum} ${issue.origin === 'array' ? 'entries' : 'characters'}, not ${String((value as string | unknown[])?.length)}`
        : `must be ${issue.maximum} or less, not ${shown}`
    case 'invalid_value':
      return issue.message.startsWith('Invalid') ? `must be ${oneOf(issue.values)}, not ${shown}` : `${issue.message}, not ${shown}`
    default:
      return /^must be/.test(issue.message) ? `${issue.message}, not ${shown}` : issue.message
  }
}

const article = (type: string) => (type === 'int' ? 'a whole number' : /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`)
const oneOf = (values: readonly unknown[]) => {
  const names = values.map(String)
  if (names.length > 24) return 'one of the known values'
  return names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}
const show = (value: unknown) => {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return text.length > 80 ? `${text.slice(0, 77)}…` : text
}

const valueAt = (input: unknown, path: readonly PropertyKey[]) =>
  path.reduce<unknown>(
    (value, key) => (value === null || typeof value !== 'object' ? undefined : (value as Record<PropertyKey, unknown>)[key]),
    input,
  )
