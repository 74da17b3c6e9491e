import type { FastifyInstance } from 'fastify'

/**
 * Remembers every route mounted from here on. The function it gives back tells the methods that exist at a path,
 * for 405 and its Allow header; none: the path does not exist.
 */
export function rememberMethods(server: FastifyInstance): (path: string) => string[] {
  const known: { methods: string[]; matches: RegExp }[] = []
  server.addHook('onRoute', ({ method, url }) => {
    const pattern = url.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '[^/]+')
    known.push({ methods: [method].flat(), matches: new RegExp(`^${pattern.replace(/\*$/, '.*')}$`) })
  })
  return (path) => [...new Set(known.filter(({ matches }) => matches.test(path)).flatMap(({ methods }) => methods))].sort()
}
