import type { Kysely } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Tables } from '../../database/tables.ts'
import type { HistoryEvent } from './history.ts'

type Db = Kysely<Tables>

const columns = ['id', 'type', 'to_status', 'occurred_at', 'occurred_on', 'recorded_at', 'note'] as const

/** Oldest first. */
export function findEvents(db: Db, userId: string, applicationId: string): Promise<HistoryEvent[]> {
  return db
    .selectFrom('application_events')
    .select(columns)
    .where('user_id', '=', userId)
    .where('application_id', '=', applicationId)
    .orderBy('occurred_at')
    .orderBy('recorded_at')
    .orderBy('id')
    .execute()
}

/** Writes the difference between two histories; what an event said before is kept among the superseded. */
export async function saveHistory(
  db: Db,
  userId: string,
  applicationId: string,
  before: readonly HistoryEvent[],
  after: readonly HistoryEvent[],
  now: string,
): Promise<void> {
  const known = new Map(before.map((event) => [event.id, event]))
  const left = new Set(after.map((event) => event.id))
  const added = after.filter((event) => !known.has(event.id))
  const corrected = after.filter((event) => known.has(event.id) && known.get(event.id) !== event)
  const removed = before.filter((event) => !left.has(event.id))
  const superseded = [...removed, ...corrected.map((event) => known.get(event.id) as HistoryEvent)]

  if (superseded.length > 0) {
    await db
      .insertInto('superseded_events')
      .values(
        superseded.map((was) => ({
          user_id: userId,
          id: uuidv7(),
          application_id: applicationId,
          event_id: was.id,
          superseded_at: now,
          was: JSON.stringify(was),
        })),
      )
      .execute()
  }
  for (const { id, ...event } of corrected) {
    await db.updateTable('application_events').set(event).where('user_id', '=', userId).where('id', '=', id).execute()
  }
  if (removed.length > 0) {
    await db
      .deleteFrom('application_events')
      .where('user_id', '=', userId)
      .where(
        'id',
        'in',
        removed.map((event) => event.id),
      )
      .execute()
  }
  if (added.length > 0) {
    await db
      .insertInto('application_events')
      .values(added.map((event) => ({ user_id: userId, application_id: applicationId, ...event })))
      .execute()
  }
}
