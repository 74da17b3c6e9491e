import type { ColumnType, Generated } from 'kysely'
import type { Task } from '../../../contract/tasks.ts'

type Json<T> = ColumnType<T, string | null, string | null>

export type TasksTable = Omit<Task, 'processed' | 'result' | 'problem'> & {
  user_id: string
  processed: Generated<number>
  result: Json<Task['result']>
  problem: Json<Task['problem']>
  work: ColumnType<unknown, string, string>
  owner: string
}
