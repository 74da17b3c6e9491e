import type { Kysely, RawBuilder } from 'kysely'
import type { z } from 'zod'
import type { Tables } from './tables.ts'
import type { Columns } from './whole-rows.ts'

/** A table as a backup has it: every column there is, but for `user_id` and what PostgreSQL computes. */
export type BackupTable = {
  table: keyof Tables
  /** What its rows are called in the file, the counts and the report. */
  name: string
  /** What tells the rows of one person apart; they are written in this order. */
  key: readonly string[]
  without?: readonly string[]
  /** Which rows; left out: all of them. */
  where?: RawBuilder<unknown>
  /** What a row must be. Limits of size do not count here: they may have been others when it was written. */
  row: z.ZodType
  /** The row of another table, in the same backup, without which this one makes no sense. */
  of?: { table: keyof Tables; by: string }
  /** Rows of another table that stand inside those of this one, under their name. */
  holds?: BackupTable & { of: { by: string } }
}

/**
 * `list`: an array of rows. `one`: the only row, or `{}`. `lists`: an array for each table, by name.
 */
export type BackupFile = { name: `${string}.json`; layout: 'list' | 'one' | 'lists'; tables: readonly BackupTable[] }

export type Restoring = {
  db: Kysely<Tables>
  userId: string
  now: string
  columns: Columns
  /** What is here goes, or is about to: nothing of it is compared. */
  replaces: boolean
  /** There was neither a job nor an application. */
  intoEmpty: boolean
}

/** What a feature gives into a backup, and how it takes it back. Its rows are staged and checked before it is asked. */
export type BackupPart = {
  files: readonly BackupFile[]
  /** The tables whose rows are taken or left one by one, with all that belongs to them; `judge` makes verdicts about each. */
  units: readonly BackupTable[]
  judge(to: Restoring): Promise<void>
  write(to: Restoring): Promise<void>
  /** Deletes all of it. */
  clear(to: Restoring): Promise<void>
}

export type Verdict = 'added' | 'updated' | 'kept' | 'skipped'
