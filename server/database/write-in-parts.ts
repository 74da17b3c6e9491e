import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

type Db = Kysely<Tables>

export type Writer<Part> = {
  write: (part: Part) => Promise<void>
  /** Null of what cannot be halved any more. */
  halve: (part: Part) => readonly [Part, Part] | null
  /** Told of what the database refuses to take, alone. */
  refuse: (part: Part, error: Error) => Promise<void>
}

/**
 * Writes part by part. When the database refuses data that had passed every check, it starts again and halves the parts
 * until what is refused stands alone: so the usual case needs one savepoint, and more than 64 at a time would be slow.
 */
export async function writeInParts<Part>(db: Db, parts: readonly Part[], writer: Writer<Part>): Promise<void> {
  await sql`savepoint before_parts`.execute(db)
  try {
    for (const part of parts) await writer.write(part)
    await sql`release savepoint before_parts`.execute(db)
  } catch (error) {
    if (!isRefusal(error)) throw error
    await sql`rollback to savepoint before_parts`.execute(db)
    await sql`release savepoint before_parts`.execute(db)
    for (const part of parts) await writeAround(db, part, writer)
  }
}

async function writeAround<Part>(db: Db, part: Part, writer: Writer<Part>): Promise<void> {
  await sql`savepoint around`.execute(db)
  try {
    await writer.write(part)
    await sql`release savepoint around`.execute(db)
  } catch (error) {
    if (!isRefusal(error)) throw error
    await sql`rollback to savepoint around`.execute(db)
    await sql`release savepoint around`.execute(db)
    const halves = writer.halve(part)
    if (!halves) return writer.refuse(part, error)
    await writeAround(db, halves[0], writer)
    await writeAround(db, halves[1], writer)
  }
}

// Data and constraint errors; anything else is no row's fault.
const isRefusal = (error: unknown): error is Error => error instanceof Error && 'code' in error && /^(?:22|23|54)/.test(String(error.code))
