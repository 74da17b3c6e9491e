/** The kinds of field that records share: one meaning, one limit, one message each. */
import { z } from 'zod'

export const limits = {
  /** Characters in a name-like field: company, title, location. */
  line: 500,
  /** Characters in a long text: notes, description. */
  text: 100_000,
  /** Entries in a list field such as tech_stack. */
  entries: 200,
  url: 2_000,
} as const

// PostgreSQL stores neither NUL nor lone surrogates; silently replacing them would change what was written.
const storable = (text: string) => !text.includes('\0') && text.isWellFormed()
const storableMessage = 'holds a NUL character or half of a character; remove it'

export const Id = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i, 'must be an id (a UUID)')
  .toLowerCase()
  .meta({ format: 'uuid', examples: ['019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e'] })

/** ISO 8601 in UTC with milliseconds; other offsets are accepted and turned into UTC. */
export const Instant = z.iso
  .datetime({ offset: true, error: 'must be an instant such as 2026-11-22T08:00:00.000Z', abort: true })
  // In UTC, where an offset may have led into another year.
  .refine((text) => /^[12]\d{3}-/.test(new Date(text).toISOString()), 'must be in the years 1000 to 2999')
  .transform((text) => new Date(text).toISOString())
  .meta({ format: 'date-time', examples: ['2026-11-22T08:00:00.000Z'] })

/** A calendar day in the user's time zone. */
export const Day = z.iso
  .date({ error: 'must be a day such as 2026-11-22', abort: true })
  .refine((text) => /^[12]\d{3}-/.test(text), 'must be in the years 1000 to 2999')
  .meta({ examples: ['2026-11-22'] })

/** One line that must say something. */
export const Line = z
  .string()
  .max(limits.line)
  .refine(storable, storableMessage)
  .refine((text) => text.trim() !== '', 'must not be empty')

/** Text that may be absent: empty becomes null. */
const optionalText = (max: number) =>
  z
    .string()
    .max(max)
    .refine(storable, storableMessage)
    .transform((text) => (text === '' ? null : text))
    .nullable()
export const OptionalLine = optionalText(limits.line)
export const OptionalText = optionalText(limits.text)

export const OptionalUrl = z
  .string()
  .max(limits.url)
  .refine(storable, storableMessage)
  .refine(
    (text) => text === '' || (/^https?:\/\//i.test(text) && URL.canParse(text)),
    'must be a web address that begins with http:// or https://',
  )
  .transform((text) => (text === '' ? null : text))
  .nullable()
  .meta({ format: 'uri', examples: ['https://careers.example.com/jobs/4711'] })

/** Short strings such as skills or tags: order kept, duplicates (whatever their case) dropped. */
export const Words = z
  .array(
    z
      .string()
      .max(200)
      .refine(storable, storableMessage)
      .refine((text) => text.trim() !== '', 'must not be empty'),
  )
  .max(limits.entries)
  .transform((words) => {
    const seen = new Set<string>()
    return words.filter((word) => !seen.has(word.toLowerCase()) && seen.add(word.toLowerCase()))
  })

/** A list in a body: null empties it, as it clears any other field. */
export const orEmpty = <T, I>(list: z.ZodType<T[], I[]>) => list.nullable().transform((entries) => entries ?? [])

export const Money = z.number().min(0).max(1e12)

export const Currency = z
  .string()
  .toUpperCase()
  .refine((code) => currencies.has(code), 'must be a currency code of ISO 4217 such as EUR')
  .meta({ examples: ['EUR'] })
const currencies = new Set(Intl.supportedValuesOf('currency'))

// --- query parameters: text on the wire, typed here ---

/** `?a=1&a=2`: any number of values. */
export const many = <T extends z.ZodType>(inner: T) =>
  z.preprocess((value) => (value === undefined || Array.isArray(value) ? value : [value]), z.array(inner).max(100)).optional()

/** Text to look for. An empty one is refused: it would match everything or nothing, and neither was meant. */
export const queryText = (max: number) =>
  z
    .string()
    .max(max)
    .refine(storable, storableMessage)
    .refine((text) => text.trim() !== '', 'must not be empty; leave it out')

/** What somebody types into a search box: empty searches for nothing in particular. */
export const QueryWords = z.string().max(1_000).refine(storable, storableMessage).optional()

// Plain decimals only: Number() would also read 0x10, 1e999 and blanks.
const fromText = (value: unknown) => (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value)
export const QueryNumber = z.preprocess(fromText, z.number()).optional()
export const queryInteger = (min: number, max: number) => z.preprocess(fromText, z.int().min(min).max(max))

export const QueryFlag = z
  .preprocess((value) => (value === 'true' ? true : value === 'false' ? false : value), z.boolean({ error: 'must be true or false' }))
  .optional()

/** Which records a read may see: live ones unless deleted ones are asked for. */
export const Deleted = z.enum(['only', 'include']).optional()

export const page = {
  limit: queryInteger(1, 200).default(50),
  cursor: z.string().optional().meta({ description: '`next_cursor` of the page before' }),
}

/** `created_at` and `-created_at` for each name. */
export const sortOf = <const N extends readonly string[]>(names: N) =>
  z.enum([...names, ...names.map((name) => `-${name}`)] as (N[number] | `-${N[number]}`)[])

export const listOf = <T extends z.ZodType, const E extends z.ZodRawShape = Record<never, never>>(item: T, extra: E = {} as E) =>
  z.strictObject({
    items: z.array(item),
    next_cursor: z.string().nullable(),
    total: Total,
    ...extra,
  })

export const Total = z
  .strictObject({ value: z.int(), relation: z.enum(['exact', 'at_least']) })
  .meta({ id: 'Total', examples: [{ value: 117, relation: 'exact' }] })
export type Total = z.output<typeof Total>
