import { fullPath } from '../../contract/endpoint.ts'
import { api } from '../../contract/index.ts'

const paths = Object.values(api)
  .flatMap((endpoints) => Object.values(endpoints))
  .map((endpoint) => ({
    method: endpoint.method,
    matches: new RegExp(
      `^${fullPath(endpoint)
        .replaceAll('.', '\\.')
        .replace(/\{\w+\}/g, '[^/]+')}$`,
    ),
  }))

/** The methods that exist at a path, for 405 and its Allow header; none: the path does not exist. */
export function allowedMethods(path: string): string[] {
  const methods = new Set(paths.filter((known) => known.matches.test(path)).map((known) => known.method as string))
  if (methods.has('GET')) methods.add('HEAD')
  return [...methods].sort()
}
