import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

const signInPages = ['sign-in', 'sign-up', 'forgot-password', 'reset-password', 'verify-email', 'invitation']

const dist = fileURLToPath(new URL('../../web/dist/', import.meta.url))

/** The built web app. Any address that a person may have bookmarked gives index.html; the app's router does the rest. */
export async function serveWebApp(server: FastifyInstance): Promise<void> {
  if (!existsSync(`${dist}index.html`)) {
    server.log.warn('the web app is not built, so only the API is served; `npm run build` builds it')
    return
  }
  // Looked up at each request, so that a page reloaded after a build finds its new files.
  await server.register(fastifyStatic, {
    root: `${dist}assets`,
    prefix: '/assets/',
    decorateReply: false,
    index: false,
    // Names under assets/ carry a hash of their content.
    immutable: true,
    maxAge: '1y',
    // As the build left it beside each file.
    preCompressed: true,
  })
  // Each file by itself, which would go before the above.
  await server.register(fastifyStatic, {
    root: dist,
    decorateReply: false,
    wildcard: false,
    globIgnore: ['assets/**'],
    cacheControl: false,
  })
  // One segment that is a page of the app, and what is below it; never /api or a file name.
  for (const page of [
    'today',
    'jobs',
    'applications',
    'insights',
    'skills',
    'inbox',
    'data',
    'settings',
    'profile',
    'trash',
    'views',
    ...signInPages,
  ]) {
    server.get(`/${page}`, (_request, reply) => reply.sendFile('index.html', dist))
    server.get(`/${page}/*`, (_request, reply) => reply.sendFile('index.html', dist))
  }
}
