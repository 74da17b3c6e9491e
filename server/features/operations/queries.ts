import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../database/tables.ts'

/** How much of each kind of work waits or is under way, whoever it is for. */
export async function countWaiting(
  db: Kysely<Tables>,
): Promise<{ tasks: number; imports: number; deliveries: number; late_deliveries: number }> {
  const { rows } = await sql<{ tasks: number; imports: number; deliveries: number; late_deliveries: number }>`
    select
      (select count(*) from tasks where status in ('queued', 'running')) as tasks,
      (select count(*) from imports where status in ('queued', 'running')) as imports,
      (select count(*) from deliveries where status = 'pending') as deliveries,
      (select count(*) from deliveries where status = 'pending' and attempts > 0) as late_deliveries`.execute(db)
  return rows[0] as { tasks: number; imports: number; deliveries: number; late_deliveries: number }
}
