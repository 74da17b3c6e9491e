import {
  type AnswerOf,
  type BodyInputOf,
  type Endpoint,
  type Endpoints,
  fullPath,
  type ParamsOf,
  type QueryOf,
} from '../contract/endpoint.ts'
import { type Api, api } from '../contract/index.ts'
import type { Problem } from '../contract/problems.ts'

/** What a call may carry beside its parameters. */
type Extras = {
  signal?: AbortSignal
  /** Change only this version; else the call fails with `stale_version`. */
  ifVersion?: number
  /** The same key gives the first answer again for 24 h. */
  idempotencyKey?: string
}

type Argument<E extends Endpoint> = (E['params'] extends object ? { params: ParamsOf<E> } : unknown) &
  (E['query'] extends object ? { query?: Partial<QueryOf<E>> } : unknown) &
  (E['upload'] extends object ? { file: Blob; filename?: string } : unknown) &
  (E['body'] extends object ? (E['upload'] extends object ? { body?: Partial<BodyInputOf<E>> } : { body: BodyInputOf<E> }) : unknown) &
  Extras

type NeedsArgument<E extends Endpoint> = E['params'] extends object
  ? true
  : E['body'] extends object
    ? true
    : E['upload'] extends object
      ? true
      : false

/** A file comes as the Response, for its stream and its name. */
type ResultOf<E extends Endpoint> = E['streams'] extends readonly string[] ? Response : AnswerOf<E>

type Call<E extends Endpoint> =
  NeedsArgument<E> extends true ? (call: Argument<E>) => Promise<ResultOf<E>> : (call?: Argument<E>) => Promise<ResultOf<E>>

export type Client = {
  [Feature in keyof Api]: { [Name in keyof Api[Feature]]: Api[Feature][Name] extends Endpoint ? Call<Api[Feature][Name]> : never }
}

/** The server answered with a problem; `problem.code` is stable, `problem.field_errors` names the fields. */
export class ProblemError extends Error {
  readonly problem: Problem
  /** Seconds after which it may be asked again, where the server said so. */
  readonly retryAfter: number | null
  constructor(problem: Problem, retryAfter: number | null = null) {
    super(problem.detail)
    this.name = 'ProblemError'
    this.problem = problem
    this.retryAfter = retryAfter
  }
}

/** No answer came: the server is away or the network is. */
export class UnreachableError extends Error {
  constructor(cause: unknown) {
    super('Landed cannot be reached. Check that it is running and that you are online.', { cause })
    this.name = 'UnreachableError'
  }
}

export type ClientOptions = {
  /** Such as `http://127.0.0.1:3000`; empty in a page that Landed serves. */
  baseUrl?: string
  headers?: Record<string, string>
  fetch?: typeof fetch
}

/** The API as typed functions: `client.jobs.list({ query: { status: ['open'] } })`. */
export function createClient(options: ClientOptions = {}): Client {
  const build = (endpoints: Endpoints) =>
    Object.fromEntries(Object.entries(endpoints).map(([name, endpoint]) => [name, (call = {}) => send(options, endpoint, call)]))
  return Object.fromEntries(Object.entries(api).map(([feature, endpoints]) => [feature, build(endpoints)])) as unknown as Client
}

type LooseCall = Extras & {
  params?: Record<string, string>
  query?: Record<string, unknown>
  body?: unknown
  file?: Blob
  filename?: string
}

async function send(options: ClientOptions, endpoint: Endpoint, call: LooseCall): Promise<unknown> {
  const doFetch = options.fetch ?? fetch
  const headers: Record<string, string> = { ...options.headers }
  if (call.ifVersion !== undefined) headers['if-match'] = `"${call.ifVersion}"`
  if (call.idempotencyKey !== undefined) headers['idempotency-key'] = call.idempotencyKey
  let body: BodyInit | undefined
  if (endpoint.upload && call.file) {
    body = formOf(call.file, call.filename, call.body)
  } else if (call.body !== undefined) {
    headers['content-type'] = 'application/json'
    body = JSON.stringify(call.body)
  }
  const url = `${options.baseUrl ?? ''}${addressOf(endpoint, call)}`
  const response = await doFetch(url, {
    method: endpoint.method,
    headers,
    ...(body === undefined ? {} : { body }),
    ...(call.signal ? { signal: call.signal } : {}),
  }).catch((error: unknown) => {
    if (call.signal?.aborted) throw error
    throw new UnreachableError(error)
  })
  if (response.headers.get('content-type')?.startsWith('application/problem+json')) throw await problemOf(response)
  if (endpoint.streams && response.ok && response.headers.has('content-disposition')) return response
  if (response.status === 204) return undefined
  if (!response.headers.get('content-type')?.startsWith('application/json')) {
    throw new UnreachableError(new Error(`${url} answered ${response.status} without JSON; something between here and Landed did`))
  }
  return response.json()
}

/** An answer that is a problem, as an error. */
export async function problemOf(response: Response): Promise<ProblemError> {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return new ProblemError((await response.json()) as Problem, Number.isFinite(seconds) ? seconds : null)
}

/** The path with its query: also for links, such as a download. */
export function addressOf(endpoint: Endpoint, call: { params?: Record<string, string>; query?: Record<string, unknown> }): string {
  const path = fullPath(endpoint).replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(call.params?.[name] ?? ''))
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(call.query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined && one !== null) query.append(name, String(one))
  }
  const text = query.toString()
  return text ? `${path}?${text}` : path
}

// Fields go before the file, so that the server knows them when the file arrives.
function formOf(file: Blob, filename: string | undefined, fields: unknown): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries((fields ?? {}) as Record<string, unknown>)) {
    if (value !== undefined) form.append(name, typeof value === 'object' ? JSON.stringify(value) : String(value))
  }
  form.append('file', file, filename ?? (file instanceof File ? file.name : 'file'))
  return form
}
