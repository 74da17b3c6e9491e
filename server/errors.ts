import { type FieldError, type ProblemCode, problems } from '../contract/problems.ts'

/** An error with a place in the contract; the HTTP room turns it into a problem answer, once. */
export class AppError extends Error {
  readonly code: ProblemCode
  readonly fieldErrors: FieldError[] | undefined
  readonly headers: Record<string, string>

  constructor(
    code: ProblemCode,
    detail: string,
    more: { fieldErrors?: FieldError[]; headers?: Record<string, string>; cause?: unknown } = {},
  ) {
    super(detail, { cause: more.cause })
    this.name = 'AppError'
    this.code = code
    this.fieldErrors = more.fieldErrors
    this.headers = more.headers ?? {}
  }

  get status(): number {
    return problems[this.code].status
  }
}

/**
 * `what` as a person would say it: "job", "application". Somebody else's record is not found either.
 * `field`: where the body refers to it.
 */
export const notFound = (what: string, field?: string) =>
  new AppError('not_found', `There is no such ${what}. It may have been deleted.`, {
    ...(field ? { fieldErrors: [{ field, code: 'not_found', message: `leads to no ${what}` }] } : {}),
  })

export const conflict = (detail: string) => new AppError('conflict', detail)

/** One or more fields that are well-formed but cannot be. */
export const invalid = (...fieldErrors: FieldError[]) => new AppError('validation_failed', describeFields(fieldErrors), { fieldErrors })

export const invalidQuery = (...fieldErrors: FieldError[]) => new AppError('invalid_query', describeFields(fieldErrors), { fieldErrors })

export const staleVersion = (current: number) =>
  new AppError(
    'stale_version',
    `The record is now at version ${current}: it was changed since you read it. Read it again before you change it.`,
    {
      headers: { etag: `"${current}"` },
    },
  )

const describeFields = (errors: FieldError[]) => {
  const first = errors.slice(0, 3).map((error) => `${error.field || 'the body'} ${error.message}`)
  const more = errors.length > 3 ? `; and ${errors.length - 3} more` : ''
  const all = `${errors.length === 1 ? '1 field needs' : `${errors.length} fields need`} attention: ${first.join('; ')}${more}`
  return all.endsWith('?') ? all : `${all}.`
}
