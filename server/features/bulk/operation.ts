import type { BulkAlso, BulkError } from '../../../contract/tasks.ts'
import type { App } from '../../app.ts'
import type { Target } from './errors.ts'

/** One bulk change while it is written. */
export type Making = { app: App; bulkId: string; now: string }

export type Checked<T extends Target> = {
  /** What can be done, in the order in which it is to be written: no part holds entries of two groups. */
  groups: T[][]
  errors: BulkError[]
  also?: BulkAlso
}

/**
 * What is done to many records: first everything that can be wrong is found, then it is written in parts.
 * Methods, not functions: what `check` gives is what `write` gets, so from outside it does not matter what more there is to a target.
 */
export interface Operation<T extends Target = Target> {
  /** Locks what it looks at, unless it is only asked what would happen. */
  check(app: App, options: { lock: boolean }): Promise<Checked<T>>
  write(making: Making, part: readonly T[]): Promise<void>
  /** After the last part. */
  finish?(making: Making): Promise<void>
}
