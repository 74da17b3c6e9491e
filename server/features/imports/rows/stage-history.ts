import type { ApplicationStatus } from '../../../../contract/applications.ts'
import type { Plan } from '../mapping/plan.ts'
import { parseDay } from '../values/dates.ts'
import { parseLiteral } from '../values/lists.ts'
import type { Stage } from './application-history.ts'
import type { CellReader } from './cells.ts'

/** `[{'stage': 'Applied', 'date': '2024-11-05'}, …]`, in JSON or as Python prints it. Words nobody knows are left to the notes. */
export function stageHistoryOf(plan: Plan, cells: CellReader): Stage[] {
  const text = cells.text('stage_history')
  if (text === null) return []
  const parsed = parseLiteral(text)
  if (!Array.isArray(parsed)) {
    cells.keepOrFail('stage_history', 'invalid_value', 'must be a list such as [{"stage": "Applied", "date": "2026-11-22"}]')
    return []
  }
  const stages: Stage[] = []
  for (const entry of parsed as Record<string, unknown>[]) {
    const word = first(entry, ['stage', 'status', 'name', 'to', 'to_status'])
    const date = first(entry, ['date', 'at', 'on', 'day', 'timestamp', 'occurred_on', 'occurred_at'])
    const status = word === null ? null : plan.statusOf(word)
    const day = date === null ? null : parseDay(date, plan.dateFormat, 'UTC')
    if (status !== null && day !== null) stages.push({ status: status as ApplicationStatus, day })
    else
      cells.warn(
        'stage_history',
        status === null ? 'unknown_status' : 'invalid_date',
        `says ${JSON.stringify(word)} on ${JSON.stringify(date)}, which cannot be read, so that stage was left out`,
      )
  }
  return stages
}

const first = (entry: Record<string, unknown> | null, names: string[]): string | null => {
  const name = names.find((name) => typeof entry?.[name] === 'string' || typeof entry?.[name] === 'number')
  return name === undefined ? null : String(entry?.[name])
}
