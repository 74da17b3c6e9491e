import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { type Problem, type ProblemCode, problems } from '../../contract/problems.ts'

/** Answers what never became a request, because the HTTP itself could not be read: as a problem all the same. */
export function answerUnreadableRequest(error: Error & { code?: string }, socket: Socket): void {
  if (socket.writable && error.code !== 'ECONNRESET') {
    const [code, detail, headers] = reasonOf(error)
    const body = problem(code, detail)
    socket.write(
      [
        `HTTP/1.1 ${body.status} ${error.code === 'HPE_INVALID_METHOD' ? 'Method Not Allowed' : 'Refused'}`,
        'Content-Type: application/problem+json; charset=utf-8',
        `Content-Length: ${Buffer.byteLength(JSON.stringify(body))}`,
        `X-Request-Id: ${body.request_id}`,
        'Connection: close',
        ...headers,
        '',
        JSON.stringify(body),
      ].join('\r\n'),
    )
  }
  socket.destroySoon()
}

function reasonOf(error: { code?: string }): [ProblemCode, string, string[]] {
  switch (error.code) {
    case 'HPE_HEADER_OVERFLOW':
      return ['payload_too_large', 'The address and the headers are larger than 16 KB together. Send less in them.', []]
    case 'HPE_INVALID_METHOD':
      return ['method_not_allowed', 'There is no such HTTP method.', ['Allow: DELETE, GET, HEAD, PATCH, POST, PUT']]
    default:
      return ['malformed_request', 'The request is not HTTP/1.1 that can be read, or did not arrive in time.', []]
  }
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
