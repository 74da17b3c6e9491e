/**
 * Something about the data folder or the machine that the person starting Landed must put right. `message` is what they
 * read: it names the folder, what is wrong and the remedy.
 */
export class EmbeddedDatabaseError extends Error {
  override name = 'EmbeddedDatabaseError'
}

/** Turns what the file system says no with, wherever it came up, into a message for the person starting Landed. */
export function explain(error: unknown, dataDir: string): unknown {
  if (error instanceof EmbeddedDatabaseError) return error
  const code = codeOf(error)
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const problem = `The disk that holds ${dataDir} is full: ${messageOf(error)}.`
    return new EmbeddedDatabaseError(`${problem} Free some space, or set DATA_DIR to a folder on another disk.`, {
      cause: error,
    })
  }
  if (!code || !['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'EIO', 'ELOOP', 'ENAMETOOLONG'].includes(code)) return error
  return new EmbeddedDatabaseError(
    `Landed keeps its database in ${dataDir}, and cannot use that folder: ${messageOf(error)}. Make it a folder that ` +
      'the account which starts Landed owns and can write to, or set DATA_DIR to another one.',
    { cause: error },
  )
}

/** The code of a system error (`ENOENT`) or of PostgreSQL (`57P03`), if it has one. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
