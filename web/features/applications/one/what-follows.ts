/**
 * What a change of the history would lead to, before it is saved. The server decides when it is;
 * the test beside this holds the two together.
 */
import type { Application, ApplicationEvent, ApplicationStatus } from '../../../../contract/applications.ts'
import { dayOf } from '../../../ui/days.ts'
import { instantOf } from '../../../ui/zoned-time.ts'

export type Known = Pick<ApplicationEvent, 'id' | 'to_status' | 'occurred_at' | 'occurred_on' | 'recorded_at'>
export type Standing = Pick<Application, 'status' | 'status_since' | 'applied_on' | 'response_on' | 'offer_on'>
export type Moment = { occurred_at?: string; occurred_on?: string }

const answers: ApplicationStatus[] = ['screening', 'interview', 'offer', 'accepted', 'rejected']
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const inOrder = (events: readonly Known[]) =>
  events.toSorted((a, b) => compare(a.occurred_at, b.occurred_at) || compare(a.recorded_at, b.recorded_at) || compare(a.id, b.id))

/** Null when nothing would say where the application stands. */
export function standingOf(events: readonly Known[]): Standing | null {
  let status: ApplicationStatus | null = null
  let beforeGhosted: ApplicationStatus | null = null
  let since = ''
  const told = inOrder(events)
  for (const event of told) {
    const before: ApplicationStatus | null = status
    if (event.to_status === 'ghosted' && status !== 'ghosted') beforeGhosted = status
    if (event.to_status !== null) status = event.to_status
    // Any sign of life reopens what was taken for ghosted.
    else if (status === 'ghosted') status = beforeGhosted ?? 'applied'
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

/** Where an event would come to stand: a bare day comes after what is known of that day, no moment at all after everything. */
export function placed(
  others: readonly Known[],
  { occurred_at, occurred_on }: Moment,
  { now, timezone }: { now: string; timezone: string },
) {
  if (occurred_at !== undefined) return { occurred_at, occurred_on: dayOf(occurred_at, timezone) }
  const known = inOrder(occurred_on === undefined ? others : others.filter((event) => event.occurred_on === occurred_on)).at(-1)
  const middle = occurred_on === undefined || occurred_on === dayOf(now, timezone) ? now : instantOf(occurred_on, '12:00', timezone)
  const at = known && known.occurred_at >= middle ? new Date(Date.parse(known.occurred_at) + 1).toISOString() : middle
  return { occurred_at: at, occurred_on: occurred_on ?? dayOf(at, timezone) }
}
