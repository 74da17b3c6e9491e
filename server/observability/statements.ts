import type { Logger } from 'pino'
import type { OnStatement } from '../database/timed-client.ts'
import type { Metrics } from './metrics.ts'
import type { Tracing } from './tracing.ts'

const slowMs = 1_000

/** Counts each statement, logs it without its values when it was slow, and puts it into the trace of its request. */
export function watchStatements(metrics: Metrics, tracing: Tracing | null, log: Logger): OnStatement {
  return (text) => {
    const began = performance.now()
    const endSpan = tracing?.onStatement(text)
    return (error) => {
      const took = performance.now() - began
      metrics.countStatement(took / 1_000, took > slowMs)
      if (took > slowMs) log.warn({ sql: text, duration_ms: Math.round(took) }, 'slow statement')
      endSpan?.(error)
    }
  }
}
