import { ProblemError, UnreachableError } from '../../client/client.ts'
import type { ProblemCode } from '../../contract/problems.ts'

/** The contract speaks to programs; this is what a person is told beside the detail. */
const said: Partial<Record<ProblemCode, { title?: string; advice?: string }>> = {
  unauthenticated: { title: 'You are not signed in', advice: 'Sign in, then try again.' },
  origin_refused: { title: 'Landed does not answer at this address' },
  insufficient_scope: { title: 'This is not yours to do' },
  not_found: { advice: 'It may have been deleted. Deleted records are in the trash.' },
  conflict: { title: 'This cannot be done as things are' },
  application_already_open: { advice: 'Continue that one, or close it first.' },
  stale_version: { title: 'It was changed elsewhere', advice: 'Nothing was overwritten. Look at it again, then make your change.' },
  payload_too_large: { title: 'This is too large' },
  rate_limited: { title: 'That was a little fast', advice: 'What you typed is kept.' },
  internal_error: { advice: 'Nothing was half-saved. Try again; if it stays, the request id leads to the line in the server log.' },
  not_ready: { title: 'Landed is starting or stopping', advice: 'Nothing is lost. Try again in a moment.' },
  overloaded: { title: 'Landed is busy', advice: 'Nothing is lost. Try again in a moment.' },
}

export type Explained = { title: string; detail: string; advice: string | null; requestId: string | null }

/** An error in words for a person: what happened, and what to do. */
export function explain(error: unknown): Explained {
  if (error instanceof ProblemError) {
    const { title, detail, code, request_id } = error.problem
    return { title: said[code]?.title ?? title, detail, advice: said[code]?.advice ?? null, requestId: request_id }
  }
  if (isUnreachable(error)) {
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

// A part of the app that is loaded when it is needed could not be.
const isUnreachable = (error: unknown) =>
  error instanceof UnreachableError || (error instanceof TypeError && /dynamically imported module|module script/i.test(error.message))

/** Nobody said no: what was to be saved may well be saved a moment later. */
export const isPassing = (error: unknown) =>
  error instanceof UnreachableError || (error instanceof ProblemError && (error.problem.status === 429 || error.problem.status >= 500))

export function messageOf(error: unknown): string {
  const { title, detail } = explain(error)
  return isUnreachable(error) ? `${title}.` : detail
}

/** What the server said about one field, if it did. */
export function fieldMessageOf(error: unknown, field: string): string | null {
  if (!(error instanceof ProblemError)) return null
  const own = error.problem.field_errors?.filter(
    (one) => one.field === field || one.field.startsWith(`${field}[`) || one.field.startsWith(`${field}.`),
  )
  return own && own.length > 0 ? own.map((one) => one.message).join('; ') : null
}
