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
  /** The day it came to `status`, as far as it fits the dates; else now. `historyAsTold` keeps it to the letter. */
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
  let lastOpen: ApplicationStatus = 'interested'
  return inOrder(events).map((event) => {
    const from_status = status
    if (event.to_status !== null) status = event.to_status
    else if (status === 'ghosted') status = lastOpen
    if (status !== null && isOpen(status)) lastOpen = status
    return { ...event, from_status, after: status }
  })
}

/** Null when no event says a status. */
export function standingOf(events: readonly HistoryEvent[]): Standing | null {
  const told = withFromStatus(events)
  const last = told.at(-1)
  if (!last?.after) return null
  const dayOfFirst = (reached: Reached) => told.find((event) => reached(event.to_status))?.occurred_on ?? null
  const since = told.findLast((event) => event.after !== event.from_status) ?? last
  return {
    status: last.after,
    status_since: since.occurred_on,
    applied_on: dayOfFirst(eventsOf.applied_on),
    response_on: dayOfFirst(eventsOf.response_on),
    offer_on: dayOfFirst(eventsOf.offer_on),
    last_event_at: last.occurred_at,
  }
}

type Reached = (status: ApplicationStatus | null) => boolean

/** The events whose first one gives each date. */
const eventsOf = {
  applied_on: (status) => status === 'applied',
  response_on: isResponse,
  offer_on: (status) => status === 'offer',
} as const satisfies Record<string, Reached>
type DateName = keyof typeof eventsOf
const dateNames = Object.keys(eventsOf) as DateName[]

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

/**
 * Keeps instant and day in step, whichever of the two was given; neither: now, after all that is known.
 * On a bare day it comes after what is known of that day; one that is `moved` there keeps its place among them.
 */
export function momentOf(
  events: readonly HistoryEvent[],
  given: { occurred_at?: string | undefined; occurred_on?: string | undefined },
  clock: Clock,
  moved?: HistoryEvent,
) {
  if (given.occurred_at !== undefined) return { occurred_at: given.occurred_at, occurred_on: dayOf(given.occurred_at, clock.timezone) }
  const { occurred_on } = given
  if (occurred_on !== undefined) {
    const onDay = inOrder(events.filter((event) => event.occurred_on === occurred_on))
    const before = onDay.findLast((event) => !moved || inOrder([event, moved])[0] === event)
    const after = moved && onDay.find((event) => inOrder([event, moved])[0] === moved)
    return { occurred_at: between(before, middleOf(occurred_on, clock), after), occurred_on }
  }
  const last = inOrder(events).at(-1)
  const occurred_at = last && last.occurred_at >= clock.now ? shift(last.occurred_at, 1) : clock.now
  return { occurred_at, occurred_on: dayOf(occurred_at, clock.timezone) }
}

// Today's bare day is now; another's is its noon, which leaves room before and after.
const middleOf = (day: string, clock: Clock) => (day === dayOf(clock.now, clock.timezone) ? clock.now : noonOf(day, clock.timezone))
const shift = (instant: string, milliseconds: number) => new Date(Date.parse(instant) + milliseconds).toISOString()

/** `instant`, or where its neighbours leave room. A second apart, so that more fits in between later. */
function between(before: HistoryEvent | undefined, instant: string, after: HistoryEvent | undefined): string {
  const earliest = before && shift(before.occurred_at, 1)
  const latest = after && shift(after.occurred_at, -1)
  if ((!earliest || instant >= earliest) && (!latest || instant <= latest)) return instant
  if (before && after) return shift(before.occurred_at, Math.floor((Date.parse(after.occurred_at) - Date.parse(before.occurred_at)) / 2))
  return before ? shift(before.occurred_at, 1_000) : shift((after as HistoryEvent).occurred_at, -1_000)
}

/**
 * The events after somebody set a status or dates: what is missing is added, what is there is corrected,
 * what already holds stays. Events that did not change are the same objects.
 * Throws validation_failed for what cannot be, such as an offer before the first answer.
 */
export function rewrite(events: readonly HistoryEvent[], wanted: Wanted, clock: Clock): HistoryEvent[] {
  let history = [...events]
  const { applied_on, response_on, offer_on, status } = wanted
  for (const name of dateNames) if (wanted[name] === null) history = forget(history, name)
  if (applied_on) history = reach(history, eventsOf.applied_on, 'applied', applied_on, clock)
  if (offer_on) history = reach(history, eventsOf.offer_on, 'offer', offer_on, clock)
  if (response_on) {
    const first = inOrder(history).find((event) => isResponse(event.to_status))
    // The day of an offer is its own: an earlier answer was something else.
    const isOwn = first?.to_status !== 'offer' || first.occurred_on === response_on
    // The status itself answered, unless it came later.
    const isIt = !first && status && isResponse(status) && status !== 'offer' && (wanted.status_since ?? response_on) <= response_on
    history = reach(history, isOwn ? isResponse : () => false, isIt ? status : 'screening', response_on, clock)
  }
  const standing = standingOf(history)
  const goal = status ?? (standing ? undefined : 'interested')
  if (goal !== undefined && goal !== standing?.status) {
    const since = wanted.status_since
    const lastDay = inOrder(history).at(-1)?.occurred_on ?? ''
    history.push(newEvent(history, { to_status: goal, ...(since && since >= lastDay ? { occurred_on: since } : {}) }, clock))
  }
  if (events.length === 0) history = markCreated(history)
  refuseWhatCannotBe(events, history, wanted)
  return inOrder(history)
}

const markCreated = (history: HistoryEvent[]) => {
  const first = inOrder(history)[0]
  return history.map((event) => (event === first ? { ...event, type: 'created' as const } : event))
}

/** A new history from what a record of ours says of itself, in an export: it comes to stand exactly as it stood there. */
export function historyAsTold(told: Omit<Standing, 'last_event_at'>, clock: Clock): HistoryEvent[] {
  const { status, status_since, applied_on, response_on, offer_on } = told
  const isTheEnd = (reached: Reached, day: string) => reached(status) && day === status_since
  const steps: { to_status: ApplicationStatus; day: string }[] = []
  // An offer is an answer too, and so may be the end.
  if (response_on && response_on !== offer_on && (offer_on || !isTheEnd(isResponse, response_on))) {
    steps.push({ to_status: status === 'screening' ? 'interview' : 'screening', day: response_on })
  }
  if (offer_on && !isTheEnd(eventsOf.offer_on, offer_on)) steps.push({ to_status: 'offer', day: offer_on })
  if (applied_on && !isTheEnd(eventsOf.applied_on, applied_on)) {
    const at = steps.findIndex(({ day }) => day >= applied_on)
    steps.splice(at === -1 ? steps.length : at, 0, { to_status: 'applied', day: applied_on })
  }
  // It came back to where it had been; from where is not told.
  if (steps.at(-1)?.to_status === status) steps.push({ to_status: 'ghosted', day: status_since })
  steps.push({ to_status: status, day: status_since })

  const history: HistoryEvent[] = []
  for (const { to_status, day } of steps) {
    const occurred_at = between(history.at(-1), middleOf(day, clock), undefined)
    history.push({ ...newEvent(history, { to_status }, clock), occurred_at, occurred_on: day })
  }
  return markCreated(history)
}

// The first event that reached a stage is moved to the day; without one, it is written.
function reach(history: HistoryEvent[], reached: Reached, to_status: ApplicationStatus, day: string, clock: Clock): HistoryEvent[] {
  const present = inOrder(history).find((event) => reached(event.to_status))
  if (present?.occurred_on === day) return history
  const stage = stages[present?.to_status ?? to_status]
  const others = inOrder(history.filter((event) => event !== present))
  const onDay = others.filter((event) => event.occurred_on === day && event.to_status !== null)
  const before = onDay.findLast((event) => stages[event.to_status as ApplicationStatus] <= stage)
  const after = onDay.find((event) => stages[event.to_status as ApplicationStatus] > stage)
  const occurred_at = between(before, middleOf(day, clock), after)
  const moved = present
    ? { ...present, occurred_at, occurred_on: day }
    : { ...newEvent(history, { to_status }, clock), occurred_at, occurred_on: day }
  // The interest it began with came before, even when it was only noted down afterwards.
  const firstOther = others.find((event) => event.to_status !== null && event.to_status !== 'interested')
  const isBeginning = (event: HistoryEvent) =>
    event.to_status === 'interested' && [present, firstOther].every((other) => !other || inOrder([event, other])[0] === event)
  const pulled = others.map((event) =>
    isBeginning(event) && event.occurred_at >= occurred_at
      ? { ...event, occurred_at: shift(occurred_at, -1_000), occurred_on: day }
      : event,
  )
  return [...pulled, moved]
}

// Without another event that says where it stands, an application that was not sent was still of interest.
function forget(history: HistoryEvent[], name: DateName): HistoryEvent[] {
  const left = history.filter((event) => !eventsOf[name](event.to_status))
  if (left.length === history.length || standingOf(left)) return left.length === history.length ? history : left
  if (name !== 'applied_on') {
    throw invalid({
      field: name,
      code: 'invalid_value',
      message: 'cannot be cleared: no other event says where the application stands. Set a status first',
    })
  }
  return history.map((event) => (event.to_status === 'applied' ? { ...event, to_status: 'interested' } : event))
}

function refuseWhatCannotBe(events: readonly HistoryEvent[], history: readonly HistoryEvent[], wanted: Wanted): void {
  const [before, after] = [standingOf(events), standingOf(history)]
  if (!after) return
  const refuse = (field: DateName, message: string): never => {
    throw invalid({ field, code: 'invalid_value', message })
  }
  for (const name of dateNames) {
    const day = wanted[name]
    if (day === undefined || day === after[name]) continue
    if (day === null) refuse(name, `cannot be cleared while the status is ${after.status}`)
    const first = inOrder(history).find((event) => eventsOf[name](event.to_status))
    refuse(name, `(${day}) must not be after ${first?.occurred_on}, when it came to ${first?.to_status}`)
  }
  const dated = dateNames.findLast((name) => wanted[name])
  if (!dated) return

  const { applied_on, response_on } = after
  const isNew = applied_on !== before?.applied_on || response_on !== before?.response_on
  if (isNew && applied_on && response_on && response_on < applied_on) {
    const sent = (['response_on', 'applied_on', 'offer_on'] as const).find((name) => wanted[name])
    refuse(sent ?? dated, `response_on (${response_on}) must not be before applied_on (${applied_on})`)
  }
  if (!before || wanted.status !== undefined || after.status === before.status || dateNames.some((name) => wanted[name] === null)) return
  // A date that is written may bring the application further, or back from silence; one that is moved changes no status.
  const last = inOrder(history).findLast((event) => event.to_status !== null)
  const isWritten = !events.some((event) => event.id === last?.id)
  const isFurther = isOpen(before.status) && stages[after.status] > stages[before.status]
  if (!isWritten || !(isFurther || before.status === 'ghosted')) {
    refuse(dated, `(${wanted[dated]}) must not be after ${before.status_since}, when it came to ${before.status}`)
  }
}
