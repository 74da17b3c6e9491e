/**
 * Something about the data folder or the machine that the person starting Landed must put right. `message` is what they
 * read: it names the folder, what is wrong and the remedy.
 */
export class EmbeddedDatabaseError extends Error {
  override name = 'EmbeddedDatabaseError'
}

/** The code of a system error (`ENOENT`) or of PostgreSQL (`57P03`), if it has one. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
