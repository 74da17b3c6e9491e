import type { ProblemCode } from '../../../contract/problems.ts'
import { AppError } from '../../errors.ts'

/** Why an archive is not taken, as a part of a sentence. */
export class Unfit extends AppError {
  readonly reason: string
  constructor(code: ProblemCode, reason: string, around: (reason: string) => string, cause?: unknown) {
    super(code, around(reason), { cause })
    this.reason = reason
  }
}

export const damaged = (reason: string, cause?: unknown) =>
  new Unfit('damaged_backup', reason, (reason) => `This backup cannot be taken back: ${reason}. Nothing was changed.`, cause)

export const foreign = (reason: string) =>
  new Unfit(
    'unsupported_media_type',
    reason,
    (reason) => `This is no backup of Landed: ${reason}. Send the ZIP archive as GET /exports/backup gave it.`,
  )

export const tooLarge = (reason: string) => new Unfit('payload_too_large', reason, (reason) => `This archive is not unpacked: ${reason}.`)

/** `what`: the first thing in it that is not known here. */
export const newer = (landed: string, what: string) =>
  new Unfit(
    'newer_backup',
    `it was made by Landed ${landed.slice(0, 50)}, which is newer: ${what.slice(0, 150)} is not known here`,
    (reason) => `This backup cannot be taken back: ${reason}. Bring this Landed to that version, then restore it. Nothing was changed.`,
  )

export const textOf = (error: unknown) => (error instanceof Error ? error.message : String(error)).replace(/\.$/, '').slice(0, 300)
