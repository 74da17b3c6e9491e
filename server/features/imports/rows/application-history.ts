/** The events of an application from what a row says: a status, dates, perhaps a whole history of stages. */
import type { ApplicationStatus } from '../../../../contract/applications.ts'
import { dayOf } from '../../../calendar.ts'
import { AppError } from '../../../errors.ts'
import { type Clock, type HistoryEvent, inOrder, isOpen, newEvent, rewrite, type Standing, standingOf } from '../../applications/history.ts'
import { stageOf } from '../values/statuses.ts'
import type { CellReader } from './cells.ts'

export type Stage = { status: ApplicationStatus; day: string }

type Said = {
  status: ApplicationStatus | null
  status_since: string | null
  applied_on: string | null
  response_on: string | null
  offer_on: string | null
  stages: Stage[]
  /** When the job was noted down: the best guess for a stage without a day. */
  savedAt: string | null
}

/**
 * Null when the dates contradict each other, which is then told. `said` is the status the row stands for,
 * `undated` that no day is known for it.
 */
export function applicationHistory(
  said: Said,
  clock: Clock,
  cells: CellReader,
): { standing: Standing; events: HistoryEvent[]; said: ApplicationStatus | null; undated: boolean } | null {
  try {
    const started = startOf(said, clock)
    const reached = standingOf(started)
    // A word that lags behind the dates beside it: somebody filled in the interview and forgot the status.
    const lags = said.status !== null && reached !== null && isOpen(said.status) && stageOf(said.status) < stageOf(reached.status)
    if (lags)
      cells.warn('status', 'status_behind_dates', `is behind the dates of this row, which say ${reached.status}; the dates were taken`)
    const status = lags ? null : said.status
    const { applied_on, response_on, offer_on } = said
    const day = sinceOf(said, status, clock)
    const events = rewrite(
      started,
      {
        status: status ?? undefined,
        status_since: day,
        applied_on: applied_on ?? undefined,
        response_on: response_on ?? undefined,
        offer_on: offer_on ?? undefined,
      },
      clock,
    )
    const marked = started.length > 0 ? markCreated(events) : events
    const undated = started.length === 0 && [day, applied_on, response_on, offer_on].every((known) => known === null)
    return { events: marked, standing: standingOf(marked) as Standing, said: status, undated }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    for (const { field, message } of error.fieldErrors ?? []) {
      const target = field as 'applied_on' | 'response_on' | 'offer_on'
      cells.fail(target, 'dates_out_of_order', message)
    }
    return null
  }
}

/** The day it came to its status, where a column of its own does not tell that. */
function sinceOf(said: Said, status: ApplicationStatus | null, clock: Clock): string | null {
  const { status_since, applied_on, response_on, offer_on, savedAt, stages } = said
  if ((status === 'applied' && applied_on) || (status === 'offer' && offer_on)) return null
  if (status_since !== null) return status_since
  const isDated = applied_on ?? response_on ?? offer_on ?? stages[0]
  return isDated || savedAt === null ? null : dayOf(savedAt, clock.timezone)
}

function startOf({ stages, applied_on, offer_on }: Said, clock: Clock): HistoryEvent[] {
  if (stages.length === 0) return []
  const today = dayOf(clock.now, clock.timezone)
  const all = [...stages]
  if (applied_on && !all.some(({ status }) => status === 'applied')) all.push({ status: 'applied', day: applied_on })
  if (offer_on && !all.some(({ status }) => status === 'offer')) all.push({ status: 'offer', day: offer_on })
  const past = all.filter(({ day }) => day <= today)
  const inTime = past
    .map((stage, nth) => ({ ...stage, nth }))
    .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : stageOf(a.status) - stageOf(b.status) || a.nth - b.nth))
  const events: HistoryEvent[] = []
  for (const { status, day } of inTime) {
    if (events.at(-1)?.to_status !== status) events.push(newEvent(events, { to_status: status, occurred_on: day }, clock))
  }
  return events
}

function markCreated(events: HistoryEvent[]): HistoryEvent[] {
  const first = inOrder(events)[0]
  return events.map((event) => (event === first ? { ...event, type: 'created' as const } : event))
}
