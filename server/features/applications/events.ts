import type { ApplicationEvent, EventChanges, EventInput } from '../../../contract/applications.ts'
import type { App } from '../../app.ts'
import { invalid, notFound } from '../../errors.ts'
import type { Via } from '../../http/mount.ts'
import type { User } from '../../http/who-is-asking.ts'
import { changeHistory, getApplication } from './applications.ts'
import { findEvents } from './event-queries.ts'
import { type HistoryEvent, momentOf, newEvent, withFromStatus } from './history.ts'

/** Oldest first; an application has few, so they come whole. */
export async function listEvents(app: App, user: User, applicationId: string) {
  await getApplication(app, user, applicationId)
  const items = withFromStatus(await findEvents(app.db, user.id, applicationId)).map(presented)
  return { items, next_cursor: null, total: { value: items.length, relation: 'exact' as const } }
}

export function addEvent(app: App, user: User, applicationId: string, input: EventInput, via: Via): Promise<ApplicationEvent> {
  return changeHistory(
    app,
    user,
    applicationId,
    (events, clock) => {
      const event = newEvent(events, input, clock)
      const after = [...events, event]
      return { events: after, result: find(after, event.id) }
    },
    via,
  )
}

export function correctEvent(
  app: App,
  user: User,
  applicationId: string,
  eventId: string,
  changes: EventChanges,
  via: Via,
): Promise<ApplicationEvent> {
  return changeHistory(
    app,
    user,
    applicationId,
    (events, clock) => {
      const event = events.find((event) => event.id === eventId)
      if (!event) throw notFound('event')
      if (changes.to_status !== undefined && event.to_status === null) {
        throw invalid({
          field: 'to_status',
          code: 'invalid_value',
          message: `cannot be set on an event of type ${event.type}; record a status change instead`,
        })
      }
      const { occurred_at, occurred_on, ...said } = changes
      const others = events.filter((other) => other !== event)
      const isMoved = (occurred_at ?? event.occurred_at) !== event.occurred_at || (occurred_on ?? event.occurred_on) !== event.occurred_on
      const corrected = { ...event, ...said, ...(isMoved ? momentOf(others, changes, clock, event) : {}) }
      const isSame = Object.entries(corrected).every(([name, value]) => event[name as keyof HistoryEvent] === value)
      const after = isSame ? events : [...others, corrected]
      return { events: after, result: find(after, eventId) }
    },
    via,
  )
}

export function removeEvent(app: App, user: User, applicationId: string, eventId: string, via: Via): Promise<void> {
  return changeHistory(
    app,
    user,
    applicationId,
    (events) => {
      const left = events.filter((event) => event.id !== eventId)
      if (left.length === events.length) throw notFound('event')
      return { events: left, result: undefined }
    },
    via,
  )
}

const find = (events: HistoryEvent[], id: string) =>
  presented(withFromStatus(events).find((event) => event.id === id) as ReturnType<typeof withFromStatus>[number])

const presented = ({
  after: _,
  id,
  type,
  from_status,
  to_status,
  occurred_at,
  occurred_on,
  recorded_at,
  note,
}: ReturnType<typeof withFromStatus>[number]): ApplicationEvent => ({
  id,
  type,
  from_status,
  to_status,
  occurred_at,
  occurred_on,
  recorded_at,
  note,
})
