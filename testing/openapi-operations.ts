import { expect } from 'vitest'
import type { TestApp } from './test-app.ts'

/** The OpenAPI document as a stranger reads it who has nothing else. */

type Parameter = { name: string; in: 'path' | 'query' | 'header' }
export type Operation = {
  method: string
  path: string
  operationId: string
  parameters: Parameter[]
  security?: Record<string, string[]>[]
  requestBody?: { content: Record<string, { example: Record<string, unknown> }> }
  responses: Record<string, { content?: Record<string, unknown> }>
  /** A file that it takes, where that is not a text which the document could show. */
  file?: Blob
}
export type Sent = { body?: BodyInit; headers?: Record<string, string> }

export async function readOperations(t: TestApp): Promise<Operation[]> {
  const document = (await (await t.send('GET', '/openapi.json')).json()) as { paths: Record<string, Record<string, Operation>> }
  const backup = await (await t.client.backups.download()).blob()
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      method: method.toUpperCase(),
      path,
      ...(path.endsWith('/imports/backup') ? { file: backup } : {}),
    })),
  )
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
