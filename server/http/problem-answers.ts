import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { type Problem, type ProblemCode, problems } from '../../contract/problems.ts'
import { AppError } from '../errors.ts'

/** Every failure leaves through here: as a problem of the contract, its cause only in the log. */
export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, headers, body } = problemOf(error, request)
  return reply.code(status).headers(headers).send(JSON.stringify(body))
}

/** The problem that an error is to the caller. What is behind a 5xx goes into the log. */
export function problemOf(error: unknown, request: FastifyRequest): { status: number; headers: Record<string, string>; body: Problem } {
  const known = asAppError(error, request)
  if (known.status >= 500) {
    request.log.error({ err: known.cause ?? known, route: request.routeOptions.url, user: request.user?.id }, known.message)
  }
  return {
    status: known.status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      ...(known.status === 503 ? { 'retry-after': '2' } : {}),
      ...known.headers,
    },
    body: {
      type: `/problems/${known.code}`,
      title: problems[known.code].title,
      status: known.status,
      code: known.code,
      detail: known.message,
      instance: request.url.split('?')[0] ?? request.url,
      request_id: request.id,
      timestamp: new Date().toISOString(),
      ...(known.fieldErrors ? { field_errors: known.fieldErrors } : {}),
    },
  }
}

function asAppError(error: unknown, request: FastifyRequest): AppError {
  if (error instanceof AppError) return error
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
  return fromFastify(error as FastifyError, code, request) ?? fromDatabase(error, code) ?? unexpected(error)
}

function fromFastify(error: FastifyError, code: string, request: FastifyRequest): AppError | undefined {
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
    case 'FST_REQ_FILE_TOO_LARGE': {
      const most = Math.floor((request.routeOptions.bodyLimit ?? 0) / 1024 / 1024)
      return new AppError('payload_too_large', `The body is larger than the ${most} MB that this address takes. Send it in parts.`)
    }
    case 'FST_PARTS_LIMIT':
    case 'FST_FIELDS_LIMIT':
    case 'FST_FILES_LIMIT':
      return new AppError('payload_too_large', 'The form has more parts than this address takes: one file, and its fields.')
    case 'FST_PROTO_VIOLATION':
      return new AppError('malformed_request', 'A part of the form has a name that is refused.')
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_INVALID_MULTIPART_CONTENT_TYPE':
      return new AppError(
        'unsupported_media_type',
        'Send the body with `Content-Type: application/json`, or multipart/form-data where a file is asked for.',
      )
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new AppError('malformed_json', 'The body is shorter or longer than its Content-Length says.')
    case 'FST_ERR_BAD_URL':
    case 'FST_ERR_ASYNC_CONSTRAINT':
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return new AppError('not_found', 'This address is not one of Landed.')
  }
  // What the parsers beneath Fastify refuse about a body.
  if (error instanceof Error && error.statusCode === 400)
    return new AppError('malformed_json', `The body could not be read: ${error.message}`)
  return undefined
}

// SQLSTATE classes and the socket errors of a database that is away.
function fromDatabase(cause: unknown, code: string): AppError | undefined {
  const problem = (name: ProblemCode, detail: string) => new AppError(name, detail, { cause })
  if (/^(08|28|57P|3D000|25006)/.test(code) || isUnreachable(cause, code) || isLostConnection(cause)) {
    return problem('not_ready', 'The database cannot be reached at the moment. Nothing was half-saved; try again shortly.')
  }
  if (code === '57014' || code === '55P03')
    return problem('overloaded', 'The database took too long and the work was stopped. Nothing was saved; try again, or ask for less.')
  if (code === '40001' || code === '40P01')
    return problem('overloaded', 'Others were changing the same records. Nothing was saved; try again.')
  if (code === '53100') return problem('overloaded', 'The disk of the database is full. Nothing was saved; make room and try again.')
  if (/^53/.test(code)) return problem('overloaded', 'The database has no room for more work at the moment. Try again shortly.')
  return undefined
}

// ENOENT: the socket file of a database that is not running; of any other file it is something else.
const isUnreachable = (error: unknown, code: string) =>
  ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'].includes(code) ||
  (code === 'ENOENT' && (error as NodeJS.ErrnoException).syscall === 'connect')

const isLostConnection = (error: unknown) =>
  error instanceof Error &&
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after calling end/.test(
    error.message,
  )

const unexpected = (cause: unknown) =>
  new AppError(
    'internal_error',
    'Something went wrong here. Nothing was half-saved; try again. The server log has the cause under this request_id.',
    { cause },
  )
