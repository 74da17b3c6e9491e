import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino'
import pretty from 'pino-pretty'
import type { Config } from './config.ts'

/** JSON lines for machines; readable ones where a person looks on. `to`: elsewhere than standard output. */
export function createLog(level: Config['logLevel'], to?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    // Nothing of ours logs these, but a library may: forms are traced with all headers of their request.
    redact: {
      paths: ['*.password', '*.authorization', '*.cookie', 'headers', '*.headers', '*.connectionString'],
      censor: '[redacted]',
    },
    serializers: { err: withoutRecords },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    base: null,
  }
  if (to) return pino(options, to)
  return process.stdout.isTTY ? pino(options, pretty({ sync: true, translateTime: 'SYS:HH:MM:ss', singleLine: true })) : pino(options)
}

const told = ['code', 'syscall', 'severity', 'schema', 'table', 'column', 'constraint', 'routine', 'status', 'statusCode', 'reason']

/** What an error is and where, with its causes. PostgreSQL hangs the whole row on it (`detail`, `where`), libraries the request. */
function withoutRecords(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { type, message, stack } = pino.stdSerializers.err(error)
  const more = Object.entries(error).filter(([name, value]) => told.includes(name) && ['string', 'number'].includes(typeof value))
  return { type, message, stack, ...Object.fromEntries(more) }
}
