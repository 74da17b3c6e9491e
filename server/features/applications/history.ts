/**
 * What an application's events say, and how they change when somebody sets a status or a date.
 * Nothing here touches the database, so one application and an import of thousands follow the same rules.
 */
import { v7 as uuidv7 } from 'uuid'
import type { Application, ApplicationEvent, ApplicationStatus } from '../../../contract/applications.ts'
import { dayOf, noonOf } from '../../calendar.ts'
import { invalid } from '../../errors.ts'

export type HistoryEvent = Omit<ApplicationEvent, 'from_status'>

/** What follows from the events. */
export type Standing = Pick<Application, 'status' | 'status_since' | 'applied_on' | 'response_on' | 'offer_on'> & { last_event_at: string }

/** What somebody wants to be true; undefined leaves it, null takes it away. */
export type Wanted = {
  status?: ApplicationStatus | undefined
  /** The day it came to `status`, where that is known; else now. */
  status_since?: string | null | undefined
  applied_on?: string | null | undefined
  response_on?: string | null | undefined
  offer_on?: string | null | undefined
}

export type Clock = { now: string; timezone: string }

const stages: Record<ApplicationStatus, number> = {
  interested: 0,
  applied: 1,
  screening: 2,
  interview: 3,
  offer: 4,
  accepted: 5,
  rejected: 5,
  declined: 5,
  withdrawn: 5,
  ghosted: 5,
}

/** An answer from the other side: reaching one of these sets response_on. */
export const isResponse = (status: ApplicationStatus | null) =>
  status !== null && ['screening', 'interview', 'offer', 'accepted', 'rejected'].includes(status)

export const isOpen = (status: ApplicationStatus) => stages[status] < 5

export const inOrder = <E extends HistoryEvent>(events: readonly E[]): E[] =>
  events.toSorted((a, b) => compare(a.occurred_at, b.occurred_at) || compare(a.recorded_at, b.recorded_at) || compare(a.id, b.id))
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** The events with the status before each. An event without a status reopens what was taken for ghosted. */
export function withFromStatus(events: readonly HistoryEvent[]): (ApplicationEvent & { after: ApplicationStatus | null })[] {
  let status: ApplicationStatus | null = null
  let beforeGhosted: ApplicationStatus | null = null
  return inOrder(events).map((event) => {
    const from_status = status
    if (event.to_status === 'ghosted' && status !== 'ghosted') beforeGhosted = status
    if (event.to_status !== null) status = event.to_status
    else if (status === 'ghosted') status = beforeGhosted ?? 'applied'
    return { ...event, from_status, after: status }
  })
}

/** Null when no event says a status. */
export function standingOf(events: readonly HistoryEvent[]): Standing | null {
  const told = withFromStatus(events)
  const last = told.at(-1)
  if (!last?.after) return null
  const dayOfFirst = (reached: (status: ApplicationStatus | null) => boolean) =>
    told.find((event) => reached(event.to_status))?.occurred_on ?? null
  const since = told.findLast((event) => event.after !== event.from_status) ?? last
  return {
    status: last.after,
    status_since: since.occurred_on,
    applied_on: dayOfFirst((status) => status === 'applied'),
    response_on: dayOfFirst(isResponse),
    offer_on: dayOfFirst((status) => status === 'offer'),
    last_event_at: last.occurred_at,
  }
}

/** A status change at an instant, on a bare day, or now. */
export function newEvent(
  events: readonly HistoryEvent[],
  event: Partial<Pick<HistoryEvent, 'type' | 'to_status' | 'occurred_at' | 'occurred_on' | 'note'>>,
  clock: Clock,
): HistoryEvent {
  const { to_status = null, note = null } = event
  const type = event.type ?? (to_status === null ? 'note' : 'status_changed')
  return { id: uuidv7(), type, to_status, note, recorded_at: clock.now, ...momentOf(events, event, clock) }
}

/** Keeps instant and day in step, whichever of the two was given; neither: now, after all that is known. */
export function momentOf(
  events: readonly HistoryEvent[],
  given: { occurred_at?: string | undefined; occurred_on?: string | undefined },
  clock: Clock,
) {
  if (given.occurred_at !== undefined) return { occurred_at: given.occurred_at, occurred_on: dayOf(given.occurred_at, clock.timezone) }
  if (given.occurred_on !== undefined) {
    // On a bare day it comes after what is already known of that day.
    const known = inOrder(events.filter((event) => event.occurred_on === given.occurred_on)).at(-1)
    return { occurred_at: later(middleOf(given.occurred_on, clock), known), occurred_on: given.occurred_on }
  }
  return atTheEnd(events, clock)
}

const atTheEnd = (events: readonly HistoryEvent[], clock: Clock) => {
  const occurred_at = later(clock.now, inOrder(events).at(-1))
  return { occurred_at, occurred_on: dayOf(occurred_at, clock.timezone) }
}

// Today's bare day is now; another's is its noon, which leaves room before and after.
const middleOf = (day: string, clock: Clock) => (day === dayOf(clock.now, clock.timezone) ? clock.now : noonOf(day, clock.timezone))
const shift = (instant: string, milliseconds: number) => new Date(Date.parse(instant) + milliseconds).toISOString()
const later = (instant: string, than: HistoryEvent | undefined) =>
  than && than.occurred_at >= instant ? shift(than.occurred_at, 1) : instant

/**
 * The events after somebody set a status or dates: what is missing is added, what is there is corrected,
 * what already holds stays. Events that did not change are the same objects.
 * Throws validation_failed for dates out of order.
 */
export function rewrite(events: readonly HistoryEvent[], wanted: Wanted, clock: Clock): HistoryEvent[] {
  let history = [...events]
  const { applied_on, response_on, offer_on, status } = wanted
  for (const [name, reached] of [
    ['applied_on', (s) => s === 'applied'],
    ['offer_on', (s) => s === 'offer'],
    ['response_on', isResponse],
  ] as const satisfies [string, (s: ApplicationStatus | null) => boolean][]) {
    if (wanted[name] === null) history = forget(history, name, reached, clock)
  }
  if (applied_on) history = reach(history, (s) => s === 'applied', 'applied', applied_on, clock)
  if (offer_on) history = reach(history, (s) => s === 'offer', 'offer', offer_on, clock)
  if (response_on) {
    const first = withFromStatus(history).find((event) => isResponse(event.to_status))
    // The day of an offer is its own: an earlier answer was something else.
    const shared = first?.to_status === 'offer' && first.occurred_on !== response_on
    const answer =
      status && isResponse(status) && status !== 'offer' && !history.some((event) => event.to_status === status) ? status : 'screening'
    history = reach(history, shared ? () => false : isResponse, answer, response_on, clock)
  }
  const standing = standingOf(history)
  const goal = status ?? (standing ? undefined : 'interested')
  if (goal !== undefined && goal !== standing?.status) {
    const since = wanted.status_since
    const lastDay = inOrder(history).at(-1)?.occurred_on ?? ''
    history.push(newEvent(history, { to_status: goal, ...(since && since >= lastDay ? { occurred_on: since } : {}) }, clock))
  }
  if (events.length === 0) history = markCreated(history)
  refuseDisorder(standingOf(history), wanted)
  return inOrder(history)
}

const markCreated = (history: HistoryEvent[]) => {
  const first = inOrder(history)[0]
  return history.map((event) => (event === first ? { ...event, type: 'created' as const } : event))
}

// The first event that reached a stage is moved to the day; without one, it is written.
function reach(
  history: HistoryEvent[],
  reached: (status: ApplicationStatus | null) => boolean,
  to_status: ApplicationStatus,
  day: string,
  clock: Clock,
): HistoryEvent[] {
  const present = inOrder(history).find((event) => reached(event.to_status))
  if (present?.occurred_on === day) return history
  const stage = stages[present?.to_status ?? to_status]
  const others = history.filter((event) => event !== present)
  const onDay = others.filter((event) => event.occurred_on === day && event.to_status !== null)
  const before = inOrder(onDay.filter((event) => stages[event.to_status as ApplicationStatus] <= stage)).at(-1)
  const after = inOrder(onDay.filter((event) => stages[event.to_status as ApplicationStatus] > stage))[0]
  let occurred_at = later(middleOf(day, clock), before)
  if (after && occurred_at >= after.occurred_at) occurred_at = shift(after.occurred_at, -1)
  const moved = present
    ? { ...present, occurred_at, occurred_on: day }
    : { ...newEvent(history, { to_status }, clock), occurred_at, occurred_on: day }
  // Interest came before the application, even when it was only noted down afterwards.
  const pulled = others.map((event) =>
    event.to_status === 'interested' && stage > 0 && event.occurred_at > occurred_at
      ? { ...event, occurred_at: shift(occurred_at, -1), occurred_on: day }
      : event,
  )
  return [...pulled, moved]
}

function forget(
  history: HistoryEvent[],
  name: string,
  reached: (status: ApplicationStatus | null) => boolean,
  clock: Clock,
): HistoryEvent[] {
  const left = history.filter((event) => !reached(event.to_status))
  if (left.length === history.length) return history
  if (standingOf(left)) return left
  if (name !== 'applied_on')
    throw invalid({
      field: name,
      code: 'invalid_value',
      message: 'cannot be cleared: no other event says where the application stands. Set a status first',
    })
  return [...left, newEvent(left, { to_status: 'interested' }, clock)]
}

function refuseDisorder(standing: Standing | null, wanted: Wanted): void {
  if (!standing) return
  const { applied_on, response_on, offer_on } = standing
  const refuse = (later: 'response_on' | 'offer_on', day: string, earlier: 'applied_on' | 'response_on', than: string): never => {
    throw invalid({
      field: wanted[later] ? later : earlier,
      code: 'invalid_value',
      message: `${later} (${day}) must not be before ${earlier} (${than})`,
    })
  }
  const dated = wanted.applied_on || wanted.response_on || wanted.offer_on
  if (dated && applied_on && response_on && response_on < applied_on) refuse('response_on', response_on, 'applied_on', applied_on)
  if (dated && response_on && offer_on && offer_on < response_on) refuse('offer_on', offer_on, 'response_on', response_on)
}
