import type { ColumnType, Generated } from 'kysely'
import type { Import, ImportKind, ImportMapping, ImportOutcome } from '../../../contract/imports.ts'

type Written<T> = null extends T ? string | null : string
type Json<T> = ColumnType<T, Written<T>, Written<T>>
type JsonNames =
  | 'errors'
  | 'warnings'
  | 'mapping'
  | 'columns'
  | 'first_rows'
  | 'status_mapping'
  | 'status_words'
  | 'ambiguous_dates'
  | 'problem'
  | 'undo'

export type ImportsTable = Omit<Import, JsonNames> & { [Name in JsonNames]: Json<Import[Name]> } & {
  user_id: string
  delimiter: string
  owner: string | null
}

export type ImportRowsTable = {
  user_id: string
  import_id: string
  row: number
  outcome: ImportOutcome
  job_id: string | null
  application_id: string | null
  fingerprint: string | null
  source_key: string | null
  job_created: Generated<boolean>
  job_version: number | null
  application_version: number | null
  interviews_seal: string | null
  code: string | null
  other_row: number | null
  /** JSON in text, like `cells`. */
  problems: string | null
  cells: string | null
}

export type ImportBeforeImagesTable = {
  user_id: string
  import_id: string
  row: number
  job_id: string | null
  application_id: string | null
  was: Json<unknown>
}

export type ImportMappingsTable = { user_id: string; signature: string; kind: ImportKind; mapping: Json<ImportMapping>; updated_at: string }
