import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify'
import type { z } from 'zod'
import {
  type AnswerOf,
  apiBase,
  type BodyOf,
  type Endpoint,
  type Endpoints,
  fullPath,
  type ParamsOf,
  type QueryOf,
} from '../../contract/endpoint.ts'
import type { App } from '../app.ts'
import { asNobody, asUser } from '../database/row-security.ts'
import { AppError, invalid, invalidQuery } from '../errors.ts'
import { Answer, contentDisposition, type FileAnswer, ReadyJson } from './answer.ts'
import { fieldErrors } from './field-errors.ts'
import { hashBody, type Kept, once } from './idempotency.ts'
import { type Expected, etagOf, expectedVersions } from './preconditions.ts'
import { problemOf } from './problem-answers.ts'
import { limitClassOf } from './rate-limits.ts'
import { answerHeaders, fileHeaders } from './security-headers.ts'
import { endUnread } from './unread-answers.ts'
import { type Form, receiveForm, type Upload } from './uploads.ts'
import type { User } from './who-is-asking.ts'

type Result<E extends Endpoint> = E['streams'] extends readonly string[]
  ? FileAnswer | Answer<AnswerOf<E>> | AnswerOf<E>
  : AnswerOf<E> | Answer<AnswerOf<E>>

/** What a handler gets: everything checked, nothing of HTTP. */
export type Call<E extends Endpoint> = {
  app: App
  user: E['access'] extends 'public' ? null : User
  params: ParamsOf<E>
  query: QueryOf<E>
  body: BodyOf<E>
  /** The versions the caller allows; see preconditions.ts. */
  expected: Expected
  /** Made in the web app, or by a program. */
  via: Via
  /** What the caller calls itself; may be empty. */
  agent: string
  file: E['upload'] extends object ? Upload : undefined
  /** A signal that is raised when whoever asks goes away before the answer: for work that is worth stopping. */
  hungUp: () => AbortSignal
}

export type Via = 'web' | 'api'

export type Handlers<F extends Endpoints> = { [K in keyof F]: (call: Call<F[K]>) => Promise<Result<F[K]>> }

/** A feature's endpoints with their handlers, ready to mount. A missing handler does not compile. */
export type Routes = { endpoints: Endpoints; handlers: Record<string, (call: Call<Endpoint>) => Promise<unknown>>; start?: Start }

/** What a feature does beside answering: called before the server listens; what it gives back is called when it closes. */
export type Start = (app: App) => Promise<() => Promise<void>>

export const routes = <F extends Endpoints>(endpoints: F, handlers: Handlers<F>, more: { start?: Start } = {}): Routes => ({
  endpoints,
  handlers: handlers as unknown as Routes['handlers'],
  ...more,
})

// Room for a record with every text at its longest, in any script and however it is escaped.
const defaultMaxBytes = 4 * 1024 * 1024

export function mount(server: FastifyInstance, app: App, { endpoints, handlers }: Routes): void {
  for (const [name, endpoint] of Object.entries(endpoints)) {
    const handler = handlers[name]
    if (!handler) throw new Error(`${endpoint.method} ${endpoint.path} has no handler`)
    server.route({
      method: endpoint.method as HTTPMethods,
      url: fullPath(endpoint).replace(/\{(\w+)\}/g, ':$1'),
      config: { access: endpoint.access, limitClass: limitClassOf(endpoint) },
      bodyLimit: endpoint.upload ? endpoint.upload.maxBytes + defaultMaxBytes : (endpoint.maxBytes ?? defaultMaxBytes),
      handler: (request, reply) => {
        const work = () => answer(app, endpoint, handler, request, reply)
        return request.user ? asUser(request.user, work) : asNobody(work)
      },
    })
  }
}

async function answer(app: App, endpoint: Endpoint, handler: Routes['handlers'][string], request: FastifyRequest, reply: FastifyReply) {
  const user = request.user
  const params = parse(
    endpoint.params,
    request.params,
    () => new AppError('not_found', 'There is nothing at this address: the id in it is not one.'),
  )
  const query = parseQuery(endpoint, request.query)
  // Read by the same plugin wherever it comes, so only here is it known that nobody wants it.
  if (!endpoint.upload && request.isMultipart())
    throw new AppError('unsupported_media_type', 'Send the body with `Content-Type: application/json`; a form is taken where a file is.')
  const form = endpoint.upload ? await receiveForm(app.config, request, endpoint.upload.maxBytes) : undefined
  try {
    const input = form ? form.fields : request.body
    const body = parseBody(endpoint, input)
    const call = {
      user,
      params,
      query,
      body,
      expected: expectedVersions(request.headers['if-match'], body),
      // Only browsers send it, and only our own page gets through with it.
      via: request.headers.origin === undefined ? 'api' : 'web',
      agent: request.headers['user-agent'] ?? '',
      file: form?.file,
      hungUp: () => hungUpSignal(reply),
    } as Omit<Call<Endpoint>, 'app'>
    const work = async (app: App) => handler({ ...call, app } as Call<Endpoint>)

    const key = request.headers['idempotency-key']
    if (endpoint.idempotent && typeof key === 'string' && user) {
      const keyed = {
        userId: user.id,
        method: endpoint.method,
        path: request.url.split('?')[0] ?? '',
        key,
        bodyHash: await hashOf(input, request.query, form),
      }
      const kept = await once(
        app,
        keyed,
        async (inside) => toKept(app, endpoint, await work(inside), params),
        (error) => {
          const problem = problemOf(error, request)
          return problem.status < 500 ? problem : null
        },
      )
      if (kept.replayed) reply.header('idempotent-replayed', 'true')
      return send(reply, kept)
    }
    const result = await work(app)
    if (isFile(result)) {
      // HEAD: nobody will read it, and making it may be work.
      if (request.method === 'HEAD') result.stream.destroy()
      endUnread(reply, app.config.timeouts.reader)
      // Its reader only sees the connection break.
      result.stream.once('error', (error) => request.log.error({ err: error }, 'a file broke off'))
      return reply
        .code(endpoint.status)
        .headers({ ...fileHeaders, 'content-type': result.type, 'content-disposition': contentDisposition(result.filename) })
        .send(result.stream)
    }
    return send(reply, toKept(app, endpoint, result, params))
  } finally {
    await form?.discard()
  }
}

function hungUpSignal({ raw }: FastifyReply): AbortSignal {
  const hungUp = new AbortController()
  if (raw.destroyed) hungUp.abort()
  else raw.once('close', () => hungUp.abort())
  return hungUp.signal
}

const isFile = (result: unknown): result is FileAnswer =>
  typeof result === 'object' && result !== null && 'stream' in result && 'filename' in result

function toKept(app: App, endpoint: Endpoint, result: unknown, params: unknown): Kept {
  const { status, body, headers } = result instanceof Answer ? result : new Answer(endpoint.status, result)
  if (app.config.checkAnswers && endpoint.returns && status < 400) checkAnswer(endpoint, body)
  const record = (body ?? {}) as Record<string, unknown>
  return {
    status,
    body,
    headers: {
      ...(endpoint.versioned && typeof record['version'] === 'number' ? { etag: etagOf(record['version']) } : {}),
      ...(endpoint.location && status === 201 ? { location: fillIn(endpoint.location, record, params as Record<string, string>) } : {}),
      ...headers,
    },
  }
}

const send = (reply: FastifyReply, { status, headers, body }: Kept) => {
  void reply.code(status).headers(answerHeaders).headers(headers)
  return body === undefined
    ? reply.send()
    : reply
        .type(headers['content-type'] ?? 'application/json; charset=utf-8')
        .send(body instanceof ReadyJson ? body.json : JSON.stringify(body))
}

// '/applications/{params.id}/interviews/{id}': from the address, else from the answer
const fillIn = (template: string, record: Record<string, unknown>, params: Record<string, string>) =>
  `${apiBase}${template.replace(/\{(params\.)?(\w+)\}/g, (_, fromParams, name) => String(fromParams ? params[name] : record[name]))}`

function parse(schema: z.ZodObject | undefined, input: unknown, refuse: (issues: z.core.$ZodIssue[]) => AppError): unknown {
  if (!schema) return undefined
  const parsed = schema.safeParse(input)
  if (!parsed.success) throw refuse(parsed.error.issues)
  return parsed.data
}

function parseQuery(endpoint: Endpoint, input: unknown): unknown {
  const known = Object.keys(endpoint.query?.shape ?? {})
  const sent = input as Record<string, unknown>
  const refuse = (issues: z.core.$ZodIssue[]) => {
    // A parameter that was sent once is told by its name, not as the first of a list.
    const told = issues.map((issue) => (Array.isArray(sent[String(issue.path[0])]) ? issue : { ...issue, path: issue.path.slice(0, 1) }))
    return invalidQuery(...fieldErrors(told, input, { known, readOnly: [] }))
  }
  if (endpoint.query) return parse(endpoint.query, input, refuse)
  const keys = Object.keys(sent)
  if (keys.length > 0) throw refuse([{ code: 'unrecognized_keys', keys, path: [], message: '' }])
  return undefined
}

function parseBody(endpoint: Endpoint, input: unknown): unknown {
  const known = Object.keys(shapeOf(endpoint.body))
  const readOnly = Object.keys(shapeOf(endpoint.returns)).filter((name) => !known.includes(name))
  if (!endpoint.body) {
    const sent = typeof input === 'object' && input !== null ? Object.keys(input) : input === undefined ? [] : ['']
    if (sent.length > 0)
      throw invalid(...sent.map((field) => ({ field, code: 'unknown_field', message: 'is not known here; this address takes no body' })))
    return undefined
  }
  if (input === undefined) throw new AppError('malformed_json', 'The body is empty. Send JSON with `Content-Type: application/json`.')
  const parsed = (endpoint.frame ?? endpoint.body).safeParse(input)
  if (!parsed.success) throw invalid(...fieldErrors(parsed.error.issues, input, { known, readOnly }))
  return parsed.data
}

const shapeOf = (schema: z.ZodType | undefined): object => (schema && 'shape' in schema ? (schema.shape as object) : {})

function checkAnswer(endpoint: Endpoint, body: unknown): void {
  const checked = endpoint.returns?.safeParse(body instanceof ReadyJson ? JSON.parse(body.json.toString()) : body)
  if (checked && !checked.success)
    throw new Error(`${endpoint.method} ${endpoint.path} answers what its contract does not say: ${checked.error.message}`)
}

const hashOf = (input: unknown, query: unknown, form: Form | undefined) =>
  hashBody({ input, query, file: form && { sha256: form.file.sha256, filename: form.file.filename } })
