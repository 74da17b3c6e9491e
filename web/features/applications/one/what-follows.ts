/**
 * What a change of the history would lead to, before it is saved. The server decides when it is;
 * the test beside this holds the two together.
 */
import { type Application, type ApplicationEvent, type ApplicationStatus, openStatuses } from '../../../../contract/applications.ts'
import { dayOf } from '../../../ui/days.ts'
import { instantOf } from '../../../ui/zoned-time.ts'

export type Known = Pick<ApplicationEvent, 'id' | 'to_status' | 'occurred_at' | 'occurred_on' | 'recorded_at'>
export type Standing = Pick<Application, 'status' | 'status_since' | 'applied_on' | 'response_on' | 'offer_on'>
export type Moment = { occurred_at?: string; occurred_on?: string }

const answers: ApplicationStatus[] = ['screening', 'interview', 'offer', 'accepted', 'rejected']
const isOpen = (status: ApplicationStatus) => (openStatuses as readonly string[]).includes(status)
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const inOrder = (events: readonly Known[]) =>
  events.toSorted((a, b) => compare(a.occurred_at, b.occurred_at) || compare(a.recorded_at, b.recorded_at) || compare(a.id, b.id))

/** Null when nothing would say where the application stands. */
export function standingOf(events: readonly Known[]): Standing | null {
  let status: ApplicationStatus | null = null
  let lastOpen: ApplicationStatus = 'interested'
  let since = ''
  const told = inOrder(events)
  for (const event of told) {
    const before: ApplicationStatus | null = status
    if (event.to_status !== null) status = event.to_status
    // Any sign of life reopens what was taken for ghosted.
    else if (status === 'ghosted') status = lastOpen
    if (status !== null && isOpen(status)) lastOpen = status
    if (status !== before) since = event.occurred_on
  }
  if (status === null) return null
  const firstDay = (reached: (status: ApplicationStatus) => boolean) =>
    told.find((event) => event.to_status !== null && reached(event.to_status))?.occurred_on ?? null
  return {
    status,
    status_since: since,
    applied_on: firstDay((one) => one === 'applied'),
    response_on: firstDay((one) => answers.includes(one)),
    offer_on: firstDay((one) => one === 'offer'),
  }
}

type Clock = { now: string; timezone: string }

/** Where an event would come to stand: on a bare day after what is known of that day, or in its place among them when it is `moved` there. */
export function placed(others: readonly Known[], { occurred_at, occurred_on }: Moment, { now, timezone }: Clock, moved?: Known) {
  if (occurred_at !== undefined) return { occurred_at, occurred_on: dayOf(occurred_at, timezone) }
  if (occurred_on !== undefined) {
    const onDay = inOrder(others.filter((event) => event.occurred_on === occurred_on))
    const isBefore = (event: Known) => !moved || inOrder([event, moved])[0] === event
    const middle = occurred_on === dayOf(now, timezone) ? now : instantOf(occurred_on, '12:00', timezone)
    const at = between(onDay.findLast(isBefore), middle, moved && onDay.find((event) => !isBefore(event)))
    return { occurred_at: at, occurred_on }
  }
  const last = inOrder(others).at(-1)
  const at = last && last.occurred_at >= now ? shifted(last.occurred_at, 1) : now
  return { occurred_at: at, occurred_on: dayOf(at, timezone) }
}

const shifted = (instant: string, milliseconds: number) => new Date(Date.parse(instant) + milliseconds).toISOString()

/** The instant, or where its neighbours leave room. */
function between(before: Known | undefined, instant: string, after: Known | undefined): string {
  const isAfterBefore = !before || instant > before.occurred_at
  const isBeforeAfter = !after || instant < after.occurred_at
  if (isAfterBefore && isBeforeAfter) return instant
  if (before && after) return shifted(before.occurred_at, Math.floor((Date.parse(after.occurred_at) - Date.parse(before.occurred_at)) / 2))
  return before ? shifted(before.occurred_at, 1_000) : shifted(String(after?.occurred_at), -1_000)
}
