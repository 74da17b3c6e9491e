/**
 * What the server counts of itself, for Prometheus. Nothing of anybody's search is in it: routes instead of addresses, numbers instead
 * of texts, no user.
 */
import { Counter, Histogram, Registry } from 'prom-client'

export type Metrics = {
  registry: Registry
  /** `route` is the pattern of the address, so that there are as many as the API has. */
  countRequest(labels: { method: string; route: string; status: number }, seconds: number): void
  countStatement(seconds: number, isSlow: boolean): void
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const requests = new Counter({
    name: 'landed_http_requests_total',
    help: 'Requests answered',
    labelNames: ['method', 'route', 'status'],
    registers,
  })
  const durations = new Histogram({
    name: 'landed_http_request_duration_seconds',
    help: 'From the head of a request to the end of its answer',
    labelNames: ['method', 'route'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  const statements = new Histogram({
    name: 'landed_database_statement_duration_seconds',
    help: 'From sending a statement to its answer, COPY left out',
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30],
    registers,
  })
  const slow = new Counter({
    name: 'landed_database_slow_statements_total',
    help: 'Statements of more than a second; the log has them',
    registers,
  })
  return {
    registry,
    countRequest: ({ method, route, status }, seconds) => {
      requests.inc({ method, route, status })
      durations.observe({ method, route }, seconds)
    },
    countStatement: (seconds, isSlow) => {
      statements.observe(seconds)
      if (isSlow) slow.inc()
    },
  }
}
