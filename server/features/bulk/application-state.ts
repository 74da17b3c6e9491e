/** What an application is, as a before-image keeps it. */
import { type RawBuilder, sql } from 'kysely'
import { standingColumnTypes } from '../applications/many.ts'

const asObject = (names: readonly string[]) => sql.join(names.map((name) => sql`${sql.lit(name)}, a.${sql.ref(name)}`))

const events = sql`
  (select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'type', e.type, 'to_status', e.to_status, 'occurred_at', e.occurred_at,
      'occurred_on', e.occurred_on, 'recorded_at', e.recorded_at, 'note', e.note)), '[]')
    from application_events e where e.user_id = a.user_id and e.application_id = a.id)`
const superseded = sql`
  (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'event_id', s.event_id, 'superseded_at', s.superseded_at, 'was', s.was)), '[]')
    from superseded_events s where s.user_id = a.user_id and s.application_id = a.id)`
const standing = sql`jsonb_build_object(${asObject(Object.keys(standingColumnTypes))})`

/** Of `applications a`: these of its own fields, and its history where `withHistory` holds. */
export const stateOf = (names: readonly string[], withHistory: RawBuilder<unknown>) => sql`
  ${names.length === 0 ? sql`'{}'::jsonb` : sql`jsonb_build_object(${asObject(names)})`}
  || case when ${withHistory} then jsonb_build_object('standing', ${standing}, 'events', ${events}, 'superseded', ${superseded}) else '{}' end`
