import type { ColumnType, Generated } from 'kysely'
import type { View } from '../../../contract/views.ts'

export type ViewsTable = Omit<View, 'query' | 'version'> & {
  user_id: string
  // JSON goes in as text.
  query: ColumnType<View['query'], string, string>
  version: Generated<number>
}

export type ViewJobsTable = { user_id: string; view_id: string; job_id: string; cause: string | null }
