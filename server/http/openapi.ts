import { z } from 'zod'
import { type Endpoint, fullPath } from '../../contract/endpoint.ts'
import { api } from '../../contract/index.ts'
import { Problem, type ProblemCode, problems } from '../../contract/problems.ts'
import { exampleOf, type JsonSchema } from './openapi-examples.ts'

const titles: Record<string, string> = {
  account: 'Who you are',
  admin: 'Who may be here',
  analytics: 'What works, and what to do now',
  applications: 'The applications you sent, their events and interviews',
  backups: 'Everything in one file, and back again',
  bulk: 'Many records at once, and back again',
  exports: 'Leave with everything',
  imports: 'Come with everything',
  jobs: 'The jobs you found',
  operations: 'For those who run the server',
  profile: 'What you can do and what you look for',
  settings: 'How Landed behaves for you',
  tasks: 'What runs on in the background',
  tokens: 'What programs show instead of a password',
}

/** The contract as an OpenAPI 3.1 document. `version` is the server's. */
export function openapiDocument(version: string) {
  const components: Record<string, JsonSchema> = {}
  const toSchema = (schema: z.ZodType, io: 'input' | 'output') => hoist(jsonSchemaOf(schema, io), components, io)
  const problemSchema = toSchema(Problem, 'output')
  const paths: Record<string, Record<string, unknown>> = {}
  // Answers first: they give the shared records their names.
  const operations = Object.entries(api).flatMap(([feature, endpoints]) =>
    Object.entries(endpoints).map(([name, endpoint]) => ({ feature, name, endpoint: endpoint as Endpoint })),
  )
  const answers = operations.map(({ endpoint }) => (endpoint.returns ? toSchema(endpoint.returns, 'output') : undefined))

  for (const [at, { feature, name, endpoint }] of operations.entries()) {
    const path = fullPath(endpoint)
    paths[path] ??= {}
    paths[path][endpoint.method.toLowerCase()] = {
      operationId: `${feature}.${name}`,
      tags: [feature],
      summary: endpoint.summary,
      ...(endpoint.description ? { description: endpoint.description } : {}),
      ...(endpoint.access === 'public' ? { security: [] } : {}),
      ...(endpoint.access === 'owner' || endpoint.access === 'admin' ? { security: [{ session: [] }] } : {}),
      parameters: parametersOf(endpoint, toSchema, components),
      ...(endpoint.body || endpoint.upload ? { requestBody: requestBodyOf(endpoint, toSchema, components) } : {}),
      responses: withBoth(successOf(endpoint, answers[at], components), problemsOf(endpoint, problemSchema)),
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Landed',
      version,
      summary: 'The job-search tracker you host yourself',
      description:
        'Every list is paged by cursor, every error is an RFC 9457 problem, every record is reachable only by its owner. The guide is at /docs.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    // With AUTH=off nobody is asked.
    security: [{ session: [] }, { token: [] }],
    tags: Object.keys(api).map((name) => ({ name, description: titles[name] ?? name })),
    paths,
    components: {
      schemas: components,
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'landed.session_token',
          description: 'Set by POST /api/auth/sign-in/email. Behind https its name begins with `__Host-`.',
        },
        token: { type: 'http', scheme: 'bearer', description: 'An API token, made with POST /api/v1/tokens' },
      },
    },
  }
}

type ToSchema = (schema: z.ZodType, io: 'input' | 'output') => JsonSchema

function parametersOf(endpoint: Endpoint, toSchema: ToSchema, components: Record<string, JsonSchema>): unknown[] {
  const fromShape = (where: 'path' | 'query', object: z.ZodObject | undefined) =>
    Object.entries(object?.shape ?? {}).map(([name, field]) => {
      const { description, examples, ...schema } = toSchema(field as z.ZodType, 'output')
      return {
        name,
        in: where,
        required: where === 'path' || !(field as z.ZodType).safeParse(undefined).success,
        ...(description ? { description } : {}),
        schema,
        ...(where === 'path'
          ? { example: exampleOf(examples ? { ...schema, examples } : schema, components) ?? '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e' }
          : {}),
      }
    })
  const header = (name: string, description: string, schema: JsonSchema) => ({ name, in: 'header', required: false, description, schema })
  return [
    ...fromShape('path', endpoint.params),
    ...fromShape('query', endpoint.query),
    ...(endpoint.versioned && changesOne(endpoint)
      ? [header('If-Match', 'The ETag you read; a change in between answers 412', { type: 'string', examples: ['"1"'] })]
      : []),
    ...(endpoint.idempotent
      ? [
          header('Idempotency-Key', 'The same key and body give the first answer again for 24 h', {
            type: 'string',
            minLength: 1,
            maxLength: 255,
          }),
        ]
      : []),
  ]
}

const changesOne = (endpoint: Endpoint) => endpoint.method !== 'GET' && endpoint.status !== 201

function requestBodyOf(endpoint: Endpoint, toSchema: ToSchema, components: Record<string, JsonSchema>) {
  const schema = endpoint.body ? toSchema(endpoint.body, 'input') : { type: 'object', properties: {} }
  if (!endpoint.upload) return { required: true, content: { 'application/json': { schema, example: exampleOf(schema, components) } } }
  // Its fields become parts beside the file, so the object itself has no name.
  const fields = resolve(schema, components)
  delete components[nameOf(schema)]
  const file = {
    type: 'string',
    contentMediaType: 'application/octet-stream',
    description: `At most ${endpoint.upload.maxBytes / 1024 / 1024} MB`,
  }
  return {
    required: true,
    content: {
      'multipart/form-data': {
        schema: { type: 'object', properties: { file, ...(fields['properties'] as object) }, required: ['file'] },
        example: { file: endpoint.upload.example ?? 'company,title\nNorthwind Labs,Platform Engineer\n' },
      },
    },
  }
}

const resolve = (schema: JsonSchema, components: Record<string, JsonSchema>): JsonSchema =>
  typeof schema['$ref'] === 'string' ? (components[nameOf(schema)] ?? {}) : schema
const nameOf = (schema: JsonSchema) => String(schema['$ref']).split('/').at(-1) as string

function successOf(endpoint: Endpoint, schema: JsonSchema | undefined, components: Record<string, JsonSchema>) {
  const headers = {
    ...(endpoint.versioned && endpoint.returns
      ? { ETag: { description: 'The version, for If-Match', schema: { type: 'string' }, example: '"1"' } }
      : {}),
    ...(endpoint.location
      ? { Location: { description: 'Where the new record is', schema: { type: 'string', format: 'uri-reference' } } }
      : {}),
  }
  const content = {
    ...Object.fromEntries((endpoint.streams ?? []).map((type) => [type, { schema: { type: 'string' } }])),
    // After the files: one of them may be this JSON.
    ...(schema ? { 'application/json': { schema, example: exampleOf(schema, components) } } : {}),
  }
  const answer = (description: string) => ({
    description,
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
    ...(Object.keys(content).length > 0 ? { content } : {}),
  })
  const others = (endpoint.otherStatuses ?? []).map((status) => [status, answer(describeStatus(status))])
  return { [endpoint.status]: answer(describeStatus(endpoint.status)), ...Object.fromEntries(others) }
}

type Responses = Record<string, { description: string; content?: object }>

/** A status may bring either: 422 of a bulk change is a report where entries were wrong, else a problem. */
const withBoth = (answers: Responses, refusals: Responses): Responses => ({
  ...refusals,
  ...Object.fromEntries(
    Object.entries(answers).map(([status, answer]) => {
      const refusal = refusals[status]
      if (!refusal) return [status, answer]
      const description = `${answer.description}; or ${refusal.description}`
      return [status, { ...answer, description, content: { ...answer.content, ...refusal.content } }]
    }),
  ),
})

const describeStatus = (status: number) =>
  ({
    200: 'Done',
    201: 'Created',
    202: 'Taken on; it runs in the background',
    204: 'Done; nothing to say',
    422: 'Nothing was applied',
    503: 'Not ready',
  })[status] ?? 'Answer'

function problemsOf(endpoint: Endpoint, schema: JsonSchema) {
  const implied: ProblemCode[] = [
    // An unknown parameter is refused even where there are none; likewise a body.
    'invalid_query',
    ...(endpoint.method !== 'GET' ? (['malformed_json', 'unsupported_media_type', 'payload_too_large', 'validation_failed'] as const) : []),
    ...(endpoint.versioned && changesOne(endpoint) ? (['stale_version'] as const) : []),
    ...(endpoint.idempotent ? (['conflict', 'idempotency_key_reused'] as const) : []),
    ...(endpoint.access === 'public' ? [] : (['unauthenticated', 'insufficient_scope'] as const)),
    'origin_refused',
    ...(endpoint.root ? [] : (['rate_limited'] as const)),
    'internal_error',
    'not_ready',
    'overloaded',
  ]
  const byStatus = Map.groupBy(new Set([...(endpoint.problems ?? []), ...implied]), (code) => problems[code].status)
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, codes]) => [
        status,
        {
          description: codes.map((code) => `\`${code}\`: ${problems[code].title}`).join('; '),
          content: {
            'application/problem+json': {
              schema,
              example: problemExample(codes[0] as ProblemCode, {
                detail: problems[codes[0] as ProblemCode].example.detail,
                instance: fullPath(endpoint),
              }),
            },
          },
        },
      ]),
  )
}

export const problemExample = (code: ProblemCode, said: Pick<Problem, 'detail' | 'instance'>) => ({
  type: `/problems/${code}`,
  title: problems[code].title,
  status: problems[code].status,
  code,
  ...said,
  request_id: '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e',
  timestamp: '2026-11-22T08:00:00.000Z',
})

const jsonSchemaOf = (schema: z.ZodType, io: 'input' | 'output'): JsonSchema =>
  z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const { def } = zodSchema._zod
      const { id: _, ...meta } = z.globalRegistry.get(zodSchema as unknown as z.ZodType) ?? {}
      if (io === 'input') {
        // Where a transform follows, zod leaves out what was said for the other side. Here both sides are the same JSON.
        const standard = def.type === 'default' ? { default: (def as unknown as { defaultValue: unknown }).defaultValue } : {}
        Object.assign(jsonSchema, 'examples' in meta ? { examples: meta['examples'] } : {}, standard)
        return
      }
      // A transform cannot be described, but what goes into it can.
      const pipe = def as unknown as { in: z.ZodType; out: z.ZodType }
      if (def.type !== 'pipe' || pipe.out._zod.def.type !== 'transform') return
      const { $schema: __, ...inner } = jsonSchemaOf(pipe.in, io)
      Object.assign(jsonSchema, inner, meta)
    },
  }) as JsonSchema

// Named schemas become components; one that is written otherwise than it is read gets a name of its own.
function hoist({ $schema: _, $defs, ...schema }: JsonSchema, components: Record<string, JsonSchema>, io: 'input' | 'output'): JsonSchema {
  const names = new Map<string, string>()
  const defs = Object.entries(($defs ?? {}) as Record<string, JsonSchema>)
  for (const [id, definition] of defs) {
    const same =
      components[id] === undefined ||
      JSON.stringify(components[id]) === JSON.stringify(rename(definition, new Map(defs.map(([id]) => [id, id]))))
    names.set(id, same || io === 'output' ? id : `${id}Input`)
  }
  for (const [id, definition] of defs) components[names.get(id) as string] ??= rename(definition, names)
  return rename(schema, names)
}

function rename(value: unknown, names: Map<string, string>): JsonSchema {
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk)
    if (typeof node !== 'object' || node === null) return node
    return Object.fromEntries(
      Object.entries(node)
        .filter(([key]) => key !== 'id' || typeof (node as JsonSchema)['id'] !== 'string')
        .map(([key, inner]) => {
          const id = key === '$ref' && typeof inner === 'string' ? inner.replace('#/$defs/', '') : undefined
          return id !== undefined ? [key, `#/components/schemas/${names.get(id) ?? id}`] : [key, walk(inner)]
        }),
    )
  }
  return walk(value) as JsonSchema
}
