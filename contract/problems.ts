import { z } from 'zod'

/** Every error code the server may answer (RFC 9457), its status, its title and what to do about it. */
export const problems = {
  malformed_request: {
    status: 400,
    title: 'The request is not HTTP that can be read',
    remedy: 'Let a library for HTTP write the request.',
  },
  malformed_json: {
    status: 400,
    title: 'The body is not valid JSON',
    remedy: 'Send UTF-8 JSON with `Content-Type: application/json`. The detail says where reading stopped.',
  },
  invalid_query: {
    status: 400,
    title: 'A query parameter is unknown or wrong',
    remedy: '`field_errors` names each parameter. A misspelt filter is refused so that it cannot return everything.',
  },
  invalid_cursor: {
    status: 400,
    title: 'This cursor does not belong to this list',
    remedy: 'A cursor is bound to its filter and sort. Start again without `cursor`.',
  },
  unauthenticated: {
    status: 401,
    title: 'Sign in first',
    remedy: 'Sign in, or send an API token as `Authorization: Bearer …`.',
  },
  origin_refused: {
    status: 403,
    title: 'This address or web page may not talk to Landed',
    remedy: 'Open Landed by its own address. If you serve it under another name, set PUBLIC_URL to it.',
  },
  insufficient_scope: {
    status: 403,
    title: 'This token may not do that',
    remedy: 'Make a token with the scope that the detail names.',
  },
  email_not_verified: {
    status: 403,
    title: 'This e-mail is not confirmed yet',
    remedy: 'Open the link that was mailed to it. Each attempt to sign in sends a new one.',
  },
  account_disabled: { status: 403, title: 'This account is disabled', remedy: 'Ask whoever runs this Landed.' },
  sign_up_closed: {
    status: 403,
    title: 'No account can be made this way',
    remedy: 'Ask whoever runs this Landed for an invitation.',
  },
  not_found: { status: 404, title: 'There is nothing here', remedy: 'Check the address; the record may be deleted.' },
  method_not_allowed: {
    status: 405,
    title: 'This address does not take this method',
    remedy: 'The `Allow` header lists the methods it takes.',
  },
  conflict: { status: 409, title: 'This cannot be done in the present state', remedy: 'The detail says what stands in the way.' },
  confirmation_required: {
    status: 409,
    title: 'This would remove what is here',
    remedy: 'The detail says how much. If that is what you want, send the same request with `confirm` as the detail has it.',
  },
  application_already_open: {
    status: 409,
    title: 'This job already has an open application',
    remedy: 'Continue the open one, or close it (rejected, declined, withdrawn, accepted, ghosted) first.',
  },
  link_expired: { status: 410, title: 'This link was used or has expired', remedy: 'Ask for a new one.' },
  undo_expired: {
    status: 410,
    title: 'This change is too old to be undone',
    remedy: 'What records were before a bulk change is kept for 30 days. Change them again, or import a backup from before.',
  },
  stale_version: {
    status: 412,
    title: 'The record has changed since you read it',
    remedy: 'Read it again, apply your change to what it is now, and send it with the new version.',
  },
  payload_too_large: { status: 413, title: 'The body is too large', remedy: 'The detail names the limit. Send it in parts.' },
  unsupported_media_type: {
    status: 415,
    title: 'This kind of content is not understood here',
    remedy: 'The detail names the kinds that are.',
  },
  validation_failed: {
    status: 422,
    title: 'Some fields are not valid',
    remedy: '`field_errors` names each field, what is wrong with it and what would be right. Nothing was saved.',
  },
  ambiguous_date_format: {
    status: 422,
    title: 'Day and month cannot be told apart',
    remedy:
      'The detail gives both readings of a date in the file. Send the right one as `mapping.date_format`: `dmy` or `mdy`. Nothing was saved.',
  },
  too_many_records: {
    status: 422,
    title: 'These are too many records for this kind of file',
    remedy: 'Narrow the filter, such as by its dates, or take `format=csv`, which has no limit.',
  },
  damaged_backup: {
    status: 422,
    title: 'This backup is not whole',
    remedy: 'The detail says where it is damaged. Take another one: Landed keeps those of the last days. Nothing was changed.',
  },
  newer_backup: {
    status: 422,
    title: 'This backup was made by a newer Landed',
    remedy: 'Bring this Landed to the version that the detail names, then restore. Nothing was changed.',
  },
  idempotency_key_reused: {
    status: 422,
    title: 'This Idempotency-Key was used with another body',
    remedy: 'Use a new key for each different request.',
  },
  rate_limited: { status: 429, title: 'Too many requests', remedy: 'Wait as many seconds as `Retry-After` says.' },
  internal_error: {
    status: 500,
    title: 'Something went wrong on the server',
    remedy: 'Nothing was half-saved. Try again; if it stays, look for the `request_id` in the server log.',
  },
  not_ready: { status: 503, title: 'The server is starting, stopping or without its database', remedy: 'Try again in a moment.' },
  overloaded: { status: 503, title: 'The server is busy', remedy: 'Try again after `Retry-After` seconds.' },
} as const satisfies Record<string, { status: number; title: string; remedy: string }>

export type ProblemCode = keyof typeof problems

export const FieldError = z
  .strictObject({
    field: z.string().meta({ description: 'Path of the field: `jobs[3].salary_min`', examples: ['salary_min'] }),
    code: z.string().meta({ examples: ['too_small'] }),
    message: z.string().meta({ examples: ['must be 0 or more, not -1'] }),
  })
  .meta({ id: 'FieldError' })
export type FieldError = z.output<typeof FieldError>

export const Problem = z
  .object({
    type: z.string().meta({ examples: ['/problems/validation_failed'] }),
    title: z.string().meta({ examples: ['Some fields are not valid'] }),
    status: z.int().meta({ examples: [422] }),
    code: z.enum(Object.keys(problems) as [ProblemCode, ...ProblemCode[]]).meta({ examples: ['validation_failed'] }),
    detail: z.string().meta({ examples: ['1 field needs attention: salary_min must be 0 or more, not -1.'] }),
    instance: z.string().meta({ examples: ['/api/v1/jobs'] }),
    request_id: z.string().meta({ examples: ['019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e'] }),
    timestamp: z.iso.datetime().meta({ examples: ['2026-11-22T08:00:00.000Z'] }),
    field_errors: z.array(FieldError).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details' })
export type Problem = z.output<typeof Problem>
