import { z } from 'zod'

/** Every error code the server may answer (RFC 9457), its status, its title, what to do about it, and what leads to it. */
export const problems = {
  malformed_request: {
    status: 400,
    title: 'The request is not HTTP that can be read',
    remedy: 'Let a library for HTTP write the request.',
    example: {
      request: 'POST /api/v1/imports, cut off on its way',
      detail: 'The form could not be read: Unexpected end of form. It may have been cut off on its way.',
    },
  },
  malformed_json: {
    status: 400,
    title: 'The body is not valid JSON',
    remedy: 'Send UTF-8 JSON with `Content-Type: application/json`. The detail says where reading stopped.',
    example: { request: 'POST /api/v1/jobs {"company":', detail: 'The body is not JSON: Unexpected end of JSON input.' },
  },
  invalid_query: {
    status: 400,
    title: 'A query parameter is unknown or wrong',
    remedy: '`field_errors` names each parameter. A misspelt filter is refused so that it cannot return everything.',
    example: { request: 'GET /api/v1/jobs?staus=open', detail: '1 field needs attention: staus is not known here; did you mean status?' },
  },
  invalid_cursor: {
    status: 400,
    title: 'This cursor does not belong to this list',
    remedy: 'A cursor is bound to its filter and sort. Start again without `cursor`.',
    example: {
      request: 'GET /api/v1/jobs?cursor=abc',
      detail: 'This cursor is damaged, or was given for another filter or sort. Start again without `cursor`.',
    },
  },
  unauthenticated: {
    status: 401,
    title: 'Sign in first',
    remedy: 'Sign in, or send an API token as `Authorization: Bearer …`.',
    example: {
      request: 'GET /api/v1/jobs, with AUTH=on and neither a session nor a token',
      detail: 'Sign in first, or send an API token as `Authorization: Bearer …`.',
    },
  },
  origin_refused: {
    status: 403,
    title: 'This address or web page may not talk to Landed',
    remedy: 'Open Landed by its own address. If you serve it under another name, set PUBLIC_URL to it.',
    example: {
      request: 'POST /api/v1/jobs from a page at https://elsewhere.example',
      detail: 'A page of "https://elsewhere.example" may not talk to Landed. If that is where you serve it, set PUBLIC_URL to it.',
    },
  },
  insufficient_scope: {
    status: 403,
    title: 'This token may not do that',
    remedy: 'Make a token with the scope that the detail names.',
    example: {
      request: 'POST /api/v1/jobs with a token for `read`',
      detail: 'This token has no scope write. Make one that has, under Settings.',
    },
  },
  email_not_verified: {
    status: 403,
    title: 'This e-mail is not confirmed yet',
    remedy: 'Open the link that was mailed to it. Each attempt to sign in sends a new one.',
    example: {
      request: 'POST /api/auth/sign-in/email',
      detail: 'Open the link that was sent to your e-mail first. A new one is on its way.',
    },
  },
  account_disabled: {
    status: 403,
    title: 'This account is disabled',
    remedy: 'Ask whoever runs this Landed.',
    example: { request: 'POST /api/auth/sign-in/email', detail: 'This account is disabled. Ask whoever runs this Landed.' },
  },
  sign_up_closed: {
    status: 403,
    title: 'No account can be made this way',
    remedy: 'Ask whoever runs this Landed for an invitation.',
    example: {
      request: 'POST /api/auth/sign-up/email, with SIGN_UP=closed',
      detail: 'No new accounts are made here. Ask whoever runs this Landed.',
    },
  },
  not_found: {
    status: 404,
    title: 'There is nothing here',
    remedy: 'Check the address; the record may be deleted.',
    example: {
      request: 'GET /api/v1/jobs/019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e',
      detail: 'There is no such job. It may have been deleted.',
    },
  },
  method_not_allowed: {
    status: 405,
    title: 'This address does not take this method',
    remedy: 'The `Allow` header lists the methods it takes.',
    example: { request: 'PUT /api/v1/jobs', detail: 'PUT is not possible here; GET, HEAD, POST are.' },
  },
  conflict: {
    status: 409,
    title: 'This cannot be done in the present state',
    remedy: 'The detail says what stands in the way.',
    example: {
      request: 'POST /api/v1/notifications/test {"channel":"email"}',
      detail: 'This server sends no e-mail yet: whoever runs it has to set SMTP_URL and MAIL_FROM.',
    },
  },
  confirmation_required: {
    status: 409,
    title: 'This would remove what is here',
    remedy: 'The detail says how much. If that is what you want, send the same request with `confirm` as the detail has it.',
    example: {
      request: 'POST /api/v1/imports/backup with `mode=replace`, into an account that is not empty',
      detail:
        'Replacing removes everything that is here: 214 jobs and 61 applications, the trash counted. Send confirm={"jobs":214,"applications":61} if you want that; mode=merge removes nothing.',
    },
  },
  application_already_open: {
    status: 409,
    title: 'This job already has an open application',
    remedy: 'Continue the open one, or close it (rejected, declined, withdrawn, accepted, ghosted) first.',
    example: {
      request: 'POST /api/v1/applications for a job that was applied for',
      detail: 'This job has an open application already. Continue that one, or close it first.',
    },
  },
  link_expired: {
    status: 410,
    title: 'This link was used or has expired',
    remedy: 'Ask for a new one.',
    example: {
      request: 'POST /api/auth/reset-password with a link of yesterday',
      detail: 'This link was used or has expired. Ask for a new one.',
    },
  },
  undo_expired: {
    status: 410,
    title: 'This change is too old to be undone',
    remedy: 'What records were before a bulk change is kept for 30 days. Change them again, or import a backup from before.',
    example: {
      request: 'POST /api/v1/bulk/undo with a token of last season',
      detail: 'This change was made on 2026-08-03, and can be undone for 30 days.',
    },
  },
  stale_version: {
    status: 412,
    title: 'The record has changed since you read it',
    remedy: 'Read it again, apply your change to what it is now, and send it with the new version.',
    example: {
      request: 'PATCH /api/v1/jobs/{id} with `If-Match: "3"`, when it has come to version 4',
      detail: 'The record is now at version 4: it was changed since you read it. Read it again before you change it.',
    },
  },
  payload_too_large: {
    status: 413,
    title: 'The body is too large',
    remedy: 'The detail names the limit. Send it in parts.',
    example: {
      request: 'POST /api/v1/jobs with 5 MB of notes',
      detail: 'The body is larger than the 4 MB that this address takes. Send it in parts.',
    },
  },
  unsupported_media_type: {
    status: 415,
    title: 'This kind of content is not understood here',
    remedy: 'The detail names the kinds that are.',
    example: {
      request: 'POST /api/v1/jobs with `Content-Type: text/csv`',
      detail: 'Send the body with `Content-Type: application/json`, or multipart/form-data where a file is asked for.',
    },
  },
  validation_failed: {
    status: 422,
    title: 'Some fields are not valid',
    remedy: '`field_errors` names each field, what is wrong with it and what would be right. Nothing was saved.',
    example: {
      request: 'POST /api/v1/jobs {"company":"Northwind","title":"Engineer","salary_min":-1}',
      detail: '1 field needs attention: salary_min must be 0 or more, not -1.',
    },
  },
  ambiguous_date_format: {
    status: 422,
    title: 'Day and month cannot be told apart',
    remedy:
      'The detail gives both readings of a date in the file. Send the right one as `mapping.date_format`: `dmy` or `mdy`. Nothing was saved.',
    example: {
      request: 'POST /api/v1/imports of a file whose dates are all like 03/04/2026',
      detail: 'Day and month cannot be told apart. mapping.date_format is needed: 03/04/2026 is 3 April (dmy) or 4 March (mdy).',
    },
  },
  too_many_records: {
    status: 422,
    title: 'These are too many records for this kind of file',
    remedy: 'Narrow the filter, such as by its dates, or take `format=csv`, which has no limit.',
    example: {
      request: 'GET /api/v1/exports/jobs?format=pdf of 9,918 jobs',
      detail:
        'The filter matches more than the 2,000 jobs that a PDF holds. Narrow it, such as by dates, or take format=csv, which has no limit.',
    },
  },
  damaged_backup: {
    status: 422,
    title: 'This backup is not whole',
    remedy: 'The detail says where it is damaged. Take another one: Landed keeps those of the last days. Nothing was changed.',
    example: {
      request: 'POST /api/v1/imports/backup of a file that was cut off',
      detail: 'This backup cannot be taken back: it ends before its list of files. Nothing was changed.',
    },
  },
  newer_backup: {
    status: 422,
    title: 'This backup was made by a newer Landed',
    remedy: 'Bring this Landed to the version that the detail names, then restore. Nothing was changed.',
    example: {
      request: 'POST /api/v1/imports/backup of a file from a newer Landed',
      detail:
        'This backup cannot be taken back: it was made by Landed 9.0.0, which is newer: 0099-future.sql is not known here. Bring this Landed to that version, then restore it. Nothing was changed.',
    },
  },
  idempotency_key_reused: {
    status: 422,
    title: 'This Idempotency-Key was used with another body',
    remedy: 'Use a new key for each different request.',
    example: {
      request: 'POST /api/v1/jobs, twice with one `Idempotency-Key` and different bodies',
      detail: 'The key "import-7" was used with another body in the last 24 hours. Use a new key for a new request.',
    },
  },
  rate_limited: {
    status: 429,
    title: 'Too many requests',
    remedy: 'Wait as many seconds as `Retry-After` says.',
    example: { request: 'the eleventh wrong password within 15 minutes', detail: 'That was too often. Try again in 12 minutes.' },
  },
  internal_error: {
    status: 500,
    title: 'Something went wrong on the server',
    remedy: 'Nothing was half-saved. Try again; if it stays, look for the `request_id` in the server log.',
    example: {
      request: 'any request, when something fails that nobody thought of',
      detail: 'Something went wrong here. Nothing was half-saved; try again. The server log has the cause under this request_id.',
    },
  },
  not_ready: {
    status: 503,
    title: 'The server is starting, stopping or without its database',
    remedy: 'Try again in a moment.',
    example: {
      request: 'GET /api/v1/jobs while PostgreSQL is started again',
      detail: 'The database cannot be reached at the moment. Nothing was half-saved; try again shortly.',
    },
  },
  overloaded: {
    status: 503,
    title: 'The server is busy',
    remedy: 'Try again after `Retry-After` seconds.',
    example: {
      request: 'a fifth download while four are under way',
      detail: '4 files are being made already. Try again when one of them is done.',
    },
  },
} as const satisfies Record<string, { status: number; title: string; remedy: string; example: { request: string; detail: string } }>

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
