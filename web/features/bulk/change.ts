import type { z } from 'zod'
import type { ApplicationBulkChanges, BulkChange, BulkKind, JobBulkChanges } from '../../../contract/bulk.ts'

/** What shall become of many records. */
export type Change =
  | { kind: 'jobs'; action: 'update'; changes: z.input<typeof JobBulkChanges> }
  | { kind: 'applications'; action: 'update'; changes: z.input<typeof ApplicationBulkChanges> }
  | { kind: BulkKind; action: 'delete'; permanent?: boolean }
  | { kind: BulkKind; action: 'restore' }

/** A change as the history has it: enough to say in words what it was. */
export type Said = Pick<BulkChange, 'kind' | 'action'> & Partial<Pick<BulkChange, 'permanent' | 'changes' | 'fields'>>

/** Of which records: these, or all that a filter matches. `all` says that a filter without a condition is meant so. */
export type Chosen = { ids: readonly string[] } | { filter: Record<string, unknown>; all: boolean }

export type Step = { change: Change; chosen: Chosen }
