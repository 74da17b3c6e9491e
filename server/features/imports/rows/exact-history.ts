import type { ApplicationStatus } from '../../../../contract/applications.ts'
import { AppError } from '../../../errors.ts'
import { type Clock, type HistoryEvent, historyAsTold, rewrite, type Standing, standingOf } from '../../applications/history.ts'

type Told = { status: ApplicationStatus } & { [Name in 'status_since' | 'applied_on' | 'response_on' | 'offer_on']: string | null }

/**
 * A history from which exactly this standing follows: an export tells the standing, not how it came about.
 * Null when none could, as after an edit by hand.
 */
export function exactHistory(told: Told, clock: Clock): { events: HistoryEvent[]; standing: Standing } | null {
  const { status_since } = told
  const events = status_since === null ? historyWithoutDay(told, clock) : historyAsTold({ ...told, status_since }, clock)
  const standing = events && standingOf(events)
  if (!standing) return null
  const names = ['status', 'applied_on', 'response_on', 'offer_on'] as const
  const isExact = names.every((name) => standing[name] === told[name]) && (status_since === null || standing.status_since === status_since)
  return isExact ? { events, standing } : null
}

function historyWithoutDay({ status, applied_on, response_on, offer_on }: Told, clock: Clock): HistoryEvent[] | null {
  const dates = { applied_on: applied_on ?? undefined, response_on: response_on ?? undefined, offer_on: offer_on ?? undefined }
  try {
    return rewrite([], { status, ...dates }, clock)
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}
