import { createQueryId, PostgresQueryCompiler, type RawBuilder } from 'kysely'
import pg from 'pg'

/** The statement with its values written into it: COPY and other utility statements take no parameters. */
export const withLiterals = (statement: RawBuilder<unknown>): string =>
  new LiteralCompiler().compileQuery(statement.toOperationNode(), createQueryId()).sql

class LiteralCompiler extends PostgresQueryCompiler {
  protected override appendValue(value: unknown): void {
    this.append(literalOf(value))
  }
}

// Quoted whatever the type: like a parameter, PostgreSQL then takes it for what its place asks for.
function literalOf(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return `array[${value.map(literalOf).join(', ')}]`
  // The statement goes over the wire as a C string, so a NUL would cut it short.
  if (typeof value === 'string' && !value.includes('\0')) return pg.escapeLiteral(value)
  if (typeof value === 'number' || typeof value === 'boolean') return pg.escapeLiteral(String(value))
  throw new TypeError(`a value of type ${typeof value} cannot be written into a statement`)
}
