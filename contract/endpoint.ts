import type { z } from 'zod'
import type { ProblemCode } from './problems.ts'

/** One operation of the API as data. Validation, types, OpenAPI, the client and sign-in all come from it. */
export type Endpoint = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below `/api/v1`, OpenAPI style: `/jobs/{id}`. A path with `root: true` stands at the server's root. */
  path: `/${string}`
  root?: true
  summary: string
  description?: string
  /**
   * What a caller must be allowed: `public` asks for nobody at all, `read` and `write` are what a token can be made for,
   * `owner` and `admin` take somebody who has signed in, never a token.
   */
  access: 'public' | 'read' | 'write' | 'owner' | 'admin'
  params?: z.ZodObject
  query?: z.ZodObject
  body?: z.ZodType
  /** What is checked of `body` before the handler is called, when the handler checks the entries of a long list by itself. */
  frame?: z.ZodType
  /** The body is `multipart/form-data` with one file; `body` then describes the other fields. */
  upload?: { maxBytes: number; example?: string }
  /** Largest JSON body in bytes, when it is not the usual 4 MiB. */
  maxBytes?: number
  /** The JSON of the answer; absent means no content. */
  returns?: z.ZodType
  /** Media types of an answer that is a file. */
  streams?: readonly string[]
  status: 200 | 201 | 202 | 204
  /** Further success statuses a handler may choose with `new Answer(…)`. */
  otherStatuses?: readonly (200 | 202 | 207 | 422 | 503)[]
  /** Where a created record is found: fields in braces are taken from the answer. */
  location?: `/${string}`
  /** The answer carries `version`: an ETag goes out, If-Match is honoured. */
  versioned?: true
  /** Takes long to make; counted with the files where there is a limit. */
  costly?: true
  /** Takes an Idempotency-Key. */
  idempotent?: true
  /** Problems beyond those any operation may answer. */
  problems?: readonly ProblemCode[]
}

export type Endpoints = Record<string, Endpoint>

export type ParamsOf<E extends Endpoint> = E['params'] extends z.ZodType ? z.output<E['params']> : undefined
export type QueryOf<E extends Endpoint> = E['query'] extends z.ZodType ? z.output<E['query']> : undefined
export type BodyOf<E extends Endpoint> = E['frame'] extends z.ZodType
  ? z.output<E['frame']>
  : E['body'] extends z.ZodType
    ? z.output<E['body']>
    : undefined
export type AnswerOf<E extends Endpoint> = E['returns'] extends z.ZodType ? z.output<E['returns']> : void
/** What a caller may send: fields with defaults may be left out. */
export type BodyInputOf<E extends Endpoint> = E['body'] extends z.ZodType ? z.input<E['body']> : undefined

export const apiBase = '/api/v1'

export const fullPath = (endpoint: Endpoint) => (endpoint.root ? endpoint.path : `${apiBase}${endpoint.path}`)
