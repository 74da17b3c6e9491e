/** Traces by OpenTelemetry: a span for each request, and beneath it one for each statement that it sent. Loaded only where they are sent somewhere. */
import { context, propagation, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { OnStatement } from '../database/timed-client.ts'
import { version } from '../version.ts'

export type Tracing = {
  /** Puts a span around each request of this server. */
  follow(server: FastifyInstance): void
  onStatement: OnStatement
  /** Sends what is left. */
  close(): Promise<void>
}

/** `endpoint`: of the collector, without `/v1/traces`. */
export function openTracing(endpoint: string, serviceName: string): Tracing {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` })
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName, 'service.version': version }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  })
  // A span is known to what is called within it, and a caller's trace goes on here, by W3C Trace Context.
  provider.register()
  const tracer = provider.getTracer('landed', version)
  const spans = new WeakMap<FastifyRequest, Span>()

  return {
    follow: (server) => {
      server.addHook('onRequest', (request, _reply, done) => {
        const outside = propagation.extract(context.active(), request.headers)
        const route = request.routeOptions.url ?? 'none'
        const attributes = { 'http.request.method': request.method, 'http.route': route, 'landed.request_id': request.id }
        const span = tracer.startSpan(`${request.method} ${route}`, { kind: SpanKind.SERVER, attributes }, outside)
        spans.set(request, span)
        context.with(trace.setSpan(outside, span), done)
      })
      server.addHook('onResponse', async (request, reply) => {
        const span = spans.get(request)
        span?.setAttribute('http.response.status_code', reply.statusCode)
        if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR })
        span?.end()
      })
    },
    onStatement: (text) => {
      const [verb = 'SQL'] = text.trimStart().split(/\s/, 1)
      const span = tracer.startSpan(verb.toLowerCase(), {
        kind: SpanKind.CLIENT,
        // Never the values.
        attributes: { 'db.system.name': 'postgresql', 'db.query.text': text.trim().replace(/\s+/g, ' ').slice(0, 2_000) },
      })
      return (error) => {
        // Its code, not its message: that may repeat what somebody wrote.
        if (error) span.setStatus({ code: SpanStatusCode.ERROR, message: String((error as { code?: unknown }).code ?? 'failed') })
        span.end()
      }
    },
    close: () => provider.shutdown(),
  }
}
