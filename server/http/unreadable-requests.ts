import { randomUUID } from 'node:crypto'
import { type IncomingHttpHeaders, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { type Problem, type ProblemCode, problems } from '../../contract/problems.ts'
import { AppError } from '../errors.ts'

/** Answers what never became a request, because the HTTP itself could not be read: as a problem all the same. */
export function answerUnreadableRequest(error: Unreadable, socket: Socket): void {
  if (socket.writable && error.code !== 'ECONNRESET') {
    const [code, detail, headers] = reasonOf(error)
    const body = problem(code, detail)
    const text = JSON.stringify(body)
    socket.write(
      [
        `HTTP/1.1 ${body.status} ${STATUS_CODES[body.status]}`,
        'Content-Type: application/problem+json; charset=utf-8',
        `Content-Length: ${Buffer.byteLength(text)}`,
        `X-Request-Id: ${body.request_id}`,
        'Connection: close',
        ...headers,
        '',
        text,
      ].join('\r\n'),
    )
  }
  socket.destroySoon()
}

/** A body is taken as it is: what unpacks to a thousand times its size does not get that far. */
export function refuseEncoding({ 'content-encoding': encoding }: IncomingHttpHeaders): void {
  if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity')
    throw new AppError('unsupported_media_type', `Send the body as it is, without Content-Encoding; ${encoding.slice(0, 50)} is not taken.`)
}

type Unreadable = Error & { code?: string; rawPacket?: unknown }

function reasonOf({ code, rawPacket }: Unreadable): [ProblemCode, string, string[]] {
  if (code === 'HPE_HEADER_OVERFLOW')
    return ['payload_too_large', 'The address and the headers are larger than 16 KB together. Send less in them.', []]
  // Of anything that is not HTTP, such as TLS, the parser says so too.
  if (code === 'HPE_INVALID_METHOD' && /^[\w-]+ \S+ HTTP\//.test(Buffer.isBuffer(rawPacket) ? rawPacket.toString('latin1') : ''))
    return ['method_not_allowed', 'There is no such HTTP method.', ['Allow: DELETE, GET, HEAD, PATCH, POST, PUT']]
  return ['malformed_request', 'The request is not HTTP/1.1 that can be read, or did not arrive in time.', []]
}

const problem = (code: ProblemCode, detail: string): Problem => ({
  type: `/problems/${code}`,
  title: problems[code].title,
  status: problems[code].status,
  code,
  detail,
  instance: '',
  request_id: randomUUID(),
  timestamp: new Date().toISOString(),
})
