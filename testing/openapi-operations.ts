import { expect } from 'vitest'
import type { TestApp } from './test-app.ts'

/** The OpenAPI document as a stranger reads it who has nothing else. */

type Schema = {
  $ref?: string
  type?: string
  format?: string
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
}
type Parameter = { name: string; in: 'path' | 'query' | 'header'; schema?: Schema }
export type Operation = {
  method: string
  path: string
  operationId: string
  parameters: Parameter[]
  security?: Record<string, string[]>[]
  requestBody?: { content: Record<string, { example: Record<string, unknown>; schema: Schema }> }
  responses: Record<string, { content?: Record<string, unknown> }>
  /** Where its query and its JSON body take the id of something. */
  idParameters: string[]
  idPlaces: Place[]
  /** A file that it takes, where that is not a text which the document could show. */
  file?: Blob
}
/** Names of fields one within the other; 0: the first of a list. */
export type Place = (string | 0)[]
export type Sent = { body?: BodyInit; headers?: Record<string, string> }

export async function readOperations(t: TestApp): Promise<Operation[]> {
  const document = (await (await t.send('GET', '/openapi.json')).json()) as Document
  const takesId = (name: string, schema: Schema | undefined) => placesOfIds(document, schema, [name]).length > 0
  const backup = await (await t.client.backups.download()).blob()
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      method: method.toUpperCase(),
      path,
      idParameters: (operation.parameters ?? [])
        .filter((one) => one.in === 'query' && takesId(one.name, one.schema))
        .map(({ name }) => name),
      idPlaces: placesOfIds(document, operation.requestBody?.content['application/json']?.schema, []),
      ...(path.endsWith('/imports/backup') ? { file: backup } : {}),
    })),
  )
}

type Document = { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, Schema> } }

/** Whatever has the format of an id, or the name of one. */
function placesOfIds(document: Document, schema: Schema | undefined, place: Place): Place[] {
  if (!schema || place.length > 8) return []
  const { $ref, type, format, properties = {}, items, anyOf = [], oneOf = [], allOf = [] } = schema
  const name = place.findLast((one) => one !== 0) ?? ''
  const isId = type === 'string' && (format === 'uuid' || /^(.+_)?(ids?|token)$/.test(name))
  const found = [
    ...(isId ? [place] : []),
    ...($ref ? placesOfIds(document, document.components.schemas[$ref.split('/').at(-1) as string], place) : []),
    ...[...anyOf, ...oneOf, ...allOf].flatMap((one) => placesOfIds(document, one, place)),
    ...(items ? placesOfIds(document, items, [...place, 0]) : []),
    ...Object.entries(properties).flatMap(([key, inner]) => placesOfIds(document, inner, [...place, key])),
  ]
  return [...new Map(found.map((one) => [one.join('.'), one])).values()]
}

/** A copy of `value` that has `id` at this place, and what is around it. */
export function withIdAt(value: unknown, [first, ...rest]: Place, id: string): unknown {
  if (first === undefined) return id
  if (first === 0) return [withIdAt(Array.isArray(value) ? value[0] : undefined, rest, id)]
  const around = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
  return { ...around, [first]: withIdAt(around[first as keyof typeof around], rest, id) }
}

export const pathOf = (operation: Operation, id: (name: string) => string) =>
  operation.path.replace(/\{(\w+)\}/g, (_, name: string) => id(name))

/** What an `{id}` in its address is the id of. */
export const kindOf = ({ path }: Operation) =>
  (['application', 'notification', 'view'] as const).find((kind) => path.includes(`/${kind}s`)) ?? 'job'

/** The example of its body, as JSON or as the form that it asks for. */
export function exampleOf(operation: Operation): Sent {
  const content = operation.requestBody?.content ?? {}
  const form = content['multipart/form-data']
  if (form) {
    const body = new FormData()
    for (const [name, value] of Object.entries(form.example)) {
      if (name !== 'file') body.append(name, typeof value === 'string' ? value : JSON.stringify(value))
    }
    body.append('file', operation.file ?? new Blob([String(form.example['file'] ?? 'company,title\na,b\n')]), 'jobs.csv')
    return { body }
  }
  const json = content['application/json']
  return json ? { body: JSON.stringify(json.example), headers: { 'content-type': 'application/json' } } : {}
}

/** Asks, and holds the answer against what the document says of it. */
export async function askAsDocumented(t: TestApp, operation: Operation, address: string, sent: Sent = {}) {
  const asked = { method: operation.method, ...sent, headers: { ...t.headers, ...sent.headers } }
  let answer = await fetch(`${t.url}${address}`, asked)
  let text = await answer.text()
  // Files are made four at a time, and the one before may not quite have ended: who is told to come again comes again.
  while (answer.status === 503 && answer.headers.has('retry-after') && text.includes('"overloaded"')) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    answer = await fetch(`${t.url}${address}`, asked)
    text = await answer.text()
  }
  const said = `${operation.method} ${address.slice(0, 300)} ${typeof sent.body === 'string' ? sent.body.slice(0, 200) : ''} → ${answer.status} ${text.slice(0, 300)}`
  const documented = operation.responses[answer.status]
  expect(documented, `${said}: this status is not documented`).toBeDefined()
  expect(answer.status, said).toBeLessThan(500)
  const type = answer.headers.get('content-type')?.split(';')[0]
  if (text !== '') expect(Object.keys(documented?.content ?? {}), said).toContain(type)
  if (type === 'application/problem+json')
    expect(JSON.parse(text), said).toMatchObject({ status: answer.status, request_id: expect.any(String) })
  return { status: answer.status, text, said }
}
