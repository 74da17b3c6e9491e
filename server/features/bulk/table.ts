import type { ColumnType } from 'kysely'
import type { BulkChange, BulkKind } from '../../../contract/bulk.ts'
import type { BulkAlso } from '../../../contract/tasks.ts'

type Json<T> = ColumnType<T, string | null, string | null>

export type BulkChangesTable = Omit<BulkChange, 'status' | 'filter' | 'changes' | 'also' | 'undo_token' | 'undoable_until'> & {
  user_id: string
  filter: Json<Record<string, unknown> | null>
  changes: Json<Record<string, unknown> | null>
  also: Json<BulkAlso | null>
  changed: number
}

export type BulkBeforeImagesTable = {
  user_id: string
  bulk_id: string
  kind: BulkKind
  record_id: string
  index: number
  along: boolean
  version_before: number | null
  version_after: number | null
  was: Json<unknown>
}

export type BulkPartsTable = { user_id: string; bulk_id: string; part: number; ids: string[] }
