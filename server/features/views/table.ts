import type { ColumnType, Generated } from 'kysely'
import type { View } from '../../../contract/views.ts'

export type ViewsTable = Omit<View, 'query' | 'version'> & {
  user_id: string
  // JSON goes in as text.
  query: ColumnType<View['query'], string, string>
  version: Generated<number>
}
