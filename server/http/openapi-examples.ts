export type JsonSchema = { [key: string]: unknown }

const byFormat: Record<string, string> = {
  uuid: '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e',
  'date-time': '2026-11-22T08:00:00.000Z',
  date: '2026-11-22',
  uri: 'https://careers.example.com/jobs/4711',
}

/** A believable value of a schema: its own example where it has one, else the plainest that fits. */
export function exampleOf(schema: JsonSchema, components: Record<string, JsonSchema>): unknown {
  const { examples, default: standard, const: only, enum: choices, anyOf, $ref, type, format } = schema
  if (Array.isArray(examples)) return examples[0]
  if (typeof $ref === 'string') return exampleOf(components[$ref.split('/').at(-1) as string] ?? {}, components)
  if (standard !== undefined) return standard
  if (only !== undefined) return only
  if (Array.isArray(choices)) return choices[0]
  if (Array.isArray(anyOf)) {
    const nullable = anyOf.some((one) => one.type === 'null')
    const [first] = anyOf.filter((one) => one.type !== 'null') as JsonSchema[]
    const example = first ? exampleOf(first, components) : null
    return nullable && (example === 'text' || example === 1) ? null : example
  }
  switch (type) {
    case 'object':
      return objectExample(schema, components)
    case 'array': {
      const item = exampleOf(schema['items'] as JsonSchema, components)
      return item === 'text' ? [] : [item]
    }
    case 'integer':
    case 'number':
      return typeof schema['minimum'] === 'number' && schema['minimum'] > 0 ? schema['minimum'] : 1
    case 'boolean':
      return false
    case 'string':
      return byFormat[format as string] ?? 'text'
    default:
      return null
  }
}

function objectExample(schema: JsonSchema, components: Record<string, JsonSchema>) {
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>)
  const key = schema['propertyNames'] as JsonSchema | undefined
  if (properties.length === 0 && key) {
    const resolved = typeof key['$ref'] === 'string' ? (components[key['$ref'].split('/').at(-1) as string] ?? {}) : key
    const value = exampleOf((schema['additionalProperties'] ?? {}) as JsonSchema, components)
    return Object.fromEntries(((resolved['enum'] as string[] | undefined) ?? []).map((name) => [name, value]))
  }
  return Object.fromEntries(properties.map(([name, property]) => [name, exampleOf(property, components)]))
}
