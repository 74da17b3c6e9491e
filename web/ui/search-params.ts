import type { z } from 'zod'

type Search = Record<string, unknown>

/** `?status=open&status=closed`: as the API writes it, not as JSON. */
export function parseSearch(text: string): Search {
  const search: Record<string, string | string[]> = {}
  for (const [name, value] of new URLSearchParams(text)) {
    const before = search[name]
    search[name] = before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value]
  }
  return search
}

export function stringifySearch(search: Search): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) {
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== null && one !== '') params.append(name, String(one))
  }
  const text = params.toString()
  return text ? `?${text}` : ''
}

/**
 * `validateSearch` of a route from fields such as the contract's `jobFilter`. A value that is not valid is left out:
 * an old bookmark still opens. Use fields without defaults, or the default stands in every address.
 */
export const searchOf =
  <Shape extends Record<string, z.ZodType>>(shape: Shape) =>
  (raw: Search): { [Name in keyof Shape]?: z.output<Shape[Name]> } => {
    const search: Search = {}
    for (const [name, field] of Object.entries(shape)) {
      const read = field.safeParse(raw[name])
      if (read.success && read.data !== undefined) search[name] = read.data
    }
    return search as { [Name in keyof Shape]?: z.output<Shape[Name]> }
  }
