import type { FastifyInstance } from 'fastify'
import { AppError } from '../errors.ts'

const longInBytes = 1024 * 1024
const utf8 = new TextDecoder('utf-8', { fatal: true })

/** JSON bodies: strict UTF-8, no prototype tricks, empty means absent, and an error that says where reading stopped. */
export function jsonBodies(server: FastifyInstance): void {
  const parseJson = server.getDefaultJsonParser('error', 'error')
  server.removeContentTypeParser(['text/plain', 'application/json'])
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    let text: string
    try {
      text = utf8.decode(bytes as Buffer)
    } catch {
      done(new AppError('malformed_json', 'The body is not UTF-8. Save or send it as UTF-8.'))
      return
    }
    if (text.trim() === '') {
      done(null, undefined)
      return
    }
    const parse = () =>
      void parseJson(request, text, (error, body) => {
        if (error) done(new AppError('malformed_json', `The body is not JSON: ${reasonFor(text)}`))
        else done(null, body)
      })
    // Reading 24 MB takes two steps of some 50 ms: others get their turn in between.
    if (bytes.length > longInBytes) setImmediate(parse)
    else parse()
  })
}

// JSON.parse names position and character; Fastify's parser hides it.
function reasonFor(text: string): string {
  try {
    JSON.parse(text)
    return 'it holds the property __proto__ or constructor.prototype, which is refused.'
  } catch (error) {
    return `${(error as Error).message.slice(0, 200)}.`
  }
}
