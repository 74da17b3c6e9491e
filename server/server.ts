import { randomUUID } from 'node:crypto'
import multipart from '@fastify/multipart'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest, LogController } from 'fastify'
import { apiBase } from '../contract/endpoint.ts'
import type { App } from './app.ts'
import { asNobody } from './database/row-security.ts'
import { AppError } from './errors.ts'
import { features } from './features/index.ts'
import { serveUnsubscribe } from './features/notifications/email/unsubscribe.ts'
import { serveMetrics } from './features/operations/metrics.ts'
import { trustedHops } from './http/client-address.ts'
import { serveDocs } from './http/docs.ts'
import { jsonBodies } from './http/json-bodies.ts'
import { rememberMethods } from './http/methods.ts'
import { mount } from './http/mount.ts'
import { refuseOverload, watchLoad } from './http/overload.ts'
import { answerProblem } from './http/problem-answers.ts'
import { countAsking, type LimitClass } from './http/rate-limits.ts'
import { securityHeaders } from './http/security-headers.ts'
import { answerUnreadableRequest, refuseEncoding } from './http/unreadable-requests.ts'
import { endUnusedConnections } from './http/unused-connections.ts'
import { serveWebApp } from './http/web-files.ts'
import { type Access, type User, whoIsAsking } from './http/who-is-asking.ts'
import { serveLive } from './live/sockets.ts'
import { version } from './version.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before any handler runs; null only on public routes. */
    user: User | null
  }
  interface FastifyContextConfig {
    access?: Access
    limitClass?: LimitClass | null
  }
}

/** Every feature's routes and the web app on one Fastify instance, not yet listening. */
export async function createServer(app: App): Promise<FastifyInstance> {
  const headers = securityHeaders(app.config)
  const headersOf = (request: FastifyRequest) => ({ 'x-request-id': request.id, ...headers })
  const server = Fastify({
    loggerInstance: app.log as FastifyBaseLogger,
    // One line a request, written below with its user and route.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }),
    trustProxy: trustedHops(app.config),
    genReqId: (request) => {
      const sent = request.headers['x-request-id']
      return typeof sent === 'string' && /^[A-Za-z0-9._-]{1,128}$/.test(sent) ? sent : randomUUID()
    },
    // The contract checks what comes in, so Fastify's own validators need not be loaded: they would be a tenth of every start.
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    routerOptions: { maxParamLength: 500, ignoreTrailingSlash: false },
    requestTimeout: app.config.timeouts.request * 1000,
    forceCloseConnections: 'idle',
    http: {
      // A request without a Host is refused below, as a problem like any other.
      requireHostHeader: false,
      headersTimeout: Math.min(app.config.timeouts.headers, app.config.timeouts.request) * 1000,
      // How often node looks for who is too slow.
      connectionsCheckingInterval: Math.min(5_000, app.config.timeouts.headers * 500),
    },
    clientErrorHandler: answerUnreadableRequest,
    // Of an address that cannot be decoded, which no hook sees.
    frameworkErrors: (error, request, reply) => answerProblem(error, request, reply.headers(headersOf(request))),
  })
  server.setErrorHandler(answerProblem)
  const load = watchLoad(app)
  server.addHook('onClose', load.stop)
  endUnusedConnections(server)
  server.decorateRequest('user', null)
  app.tracing?.follow(server)
  server.addHook('onRequest', async (request, reply) => {
    void reply.headers(headersOf(request))
    if (request.routeOptions.config.limitClass) refuseOverload(load)
    const { access = 'public', limitClass = null } = request.routeOptions.config
    const asking = await countAsking(app, request.raw, limitClass, () => whoIsAsking(app, access, request.headers))
    request.user = asking.user
    void reply.headers(asking.headers)
    refuseEncoding(request.headers)
  })
  server.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        user: request.user?.id,
        method: request.method,
        route: request.routeOptions.url ?? null,
        status: reply.statusCode,
        duration_ms: Math.round(reply.elapsedTime * 10) / 10,
      },
      'request',
    )
    const { method, routeOptions } = request
    app.metrics.countRequest({ method, route: routeOptions.url ?? 'none', status: reply.statusCode }, reply.elapsedTime / 1_000)
  })
  const allowedMethods = rememberMethods(server)
  // In a hook, before a body is read: whatever it is, there is nobody here to take it.
  server.addHook('onRequest', async (request) => {
    if (request.is404) throw nothingThere(request, allowedMethods)
  })
  // Handlers send a missing file here.
  server.setNotFoundHandler((request) => {
    throw nothingThere(request, allowedMethods)
  })
  jsonBodies(server)
  await server.register(multipart)
  for (const feature of features) {
    mount(server, app, feature)
    const stop = await feature.start?.(app)
    if (stop) server.addHook('onClose', stop)
  }
  // Loaded where it is needed: it would be half of every start.
  if (app.config.auth === 'on') await (await import('./features/account/sign-in.ts')).serveSignIn(server, app)
  await serveUnsubscribe(server, app)
  serveLive(server, app)
  serveMetrics(server, app)
  await serveDocs(server, version)
  await serveWebApp(server)
  return server
}

function nothingThere(request: FastifyRequest, allowedMethods: (path: string) => string[]): AppError {
  const path = request.url.split('?')[0] ?? ''
  const allowed = allowedMethods(path)
  if (allowed.length === 0 || allowed.includes(request.method))
    return new AppError('not_found', `There is nothing at ${path}.${path.startsWith(apiBase) ? ' /docs/api lists what there is.' : ''}`)
  return new AppError(
    'method_not_allowed',
    `${request.method} is not possible here; ${allowed.join(', ')} ${allowed.length === 1 ? 'is' : 'are'}.`,
    { headers: { allow: allowed.join(', ') } },
  )
}

/** Listens where the configuration says. Returns the address for people. */
export function startServer(app: App): Promise<{ url: string; stop(): Promise<void> }> {
  // Its timers too: whatever it does is for nobody until it says for whom.
  return asNobody(async () => {
    const server = await createServer(app)
    const url = await server.listen({ host: app.config.host, port: app.config.port })
    app.lifecycle.url = url
    return { url, stop: () => server.close() }
  })
}

function noSchemas(): never {
  throw new Error('A route has a schema of Fastify. Put it into the contract instead.')
}
