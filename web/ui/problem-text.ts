import { ProblemError, UnreachableError } from '../../client/client.ts'
import type { ProblemCode } from '../../contract/problems.ts'

/** What a person can do about it; the contract's remedies speak to programs. */
const advice: Partial<Record<ProblemCode, string>> = {
  not_found: 'It may have been deleted. Deleted records are in the trash.',
  stale_version: 'It was changed elsewhere in the meantime. Look at it again, then make your change.',
  internal_error: 'Nothing was half-saved. Try again; if it stays, the request id leads to the line in the server log.',
  not_ready: 'Try again in a moment.',
  overloaded: 'Try again in a moment.',
  rate_limited: 'Wait a moment, then try again.',
  unauthenticated: 'Sign in, then try again.',
}

export type Explained = { title: string; detail: string; advice: string | null; requestId: string | null }

/** An error in words for a person: what happened, and what to do. */
export function explain(error: unknown): Explained {
  if (error instanceof ProblemError) {
    const { title, detail, code, request_id } = error.problem
    return { title, detail, advice: advice[code] ?? null, requestId: request_id }
  }
  if (error instanceof UnreachableError) {
    return {
      title: 'Landed does not answer',
      detail: 'The server cannot be reached. What is on the screen is what it last said.',
      advice: 'Check that it is running and that you are online. It is asked again every few seconds.',
      requestId: null,
    }
  }
  return {
    title: 'This page has stopped',
    detail: error instanceof Error ? error.message : String(error),
    advice: 'Reload it. What you saved is kept.',
    requestId: null,
  }
}

export function messageOf(error: unknown): string {
  const { title, detail } = explain(error)
  return error instanceof UnreachableError ? `${title}.` : detail
}

/** What the server said about one field, if it did. */
export function fieldMessageOf(error: unknown, field: string): string | null {
  if (!(error instanceof ProblemError)) return null
  const own = error.problem.field_errors?.filter(
    (one) => one.field === field || one.field.startsWith(`${field}[`) || one.field.startsWith(`${field}.`),
  )
  return own && own.length > 0 ? own.map((one) => one.message).join('; ') : null
}
