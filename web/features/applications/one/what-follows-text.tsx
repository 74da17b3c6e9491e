import { IconArrowRight } from '@tabler/icons-react'
import type { ApplicationEvent, ApplicationStatus } from '../../../../contract/applications.ts'
import { DayText } from '../../../ui/day-text.tsx'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import { useUserLocale } from '../../../ui/user-locale.tsx'
import classes from './application-details.module.css'
import { useMinute } from './use-minute.ts'
import { type Known, type Moment, placed, type Standing, standingOf } from './what-follows.ts'

type WhatFollowsProps = { others: ApplicationEvent[]; event: ApplicationEvent | undefined; to: ApplicationStatus | null; moment: Moment }

const dates = [
  ['status_since', 'In it since'],
  ['applied_on', 'Applied'],
  ['response_on', 'First answer'],
  ['offer_on', 'Offer'],
] as const satisfies [keyof Standing, string][]

/** "What would follow": status and dates as they would be, what changes standing out. */
export function WhatFollows({ others, event, to, moment }: WhatFollowsProps) {
  const { timezone } = useUserLocale()
  const now = useMinute()
  const isMoved = !event || moment.occurred_at !== undefined || moment.occurred_on !== undefined
  const where = isMoved ? placed(others, moment, { now, timezone }, event) : event
  const draft: Known = { id: event?.id ?? 'ffffffff', recorded_at: event?.recorded_at ?? now, to_status: to, ...placeOf(where) }
  const before = standingOf(event ? [...others, event] : others)
  const after = standingOf([...others, draft])
  if (!before || !after) return null
  const changed = dates.filter(([name]) => before[name] !== after[name])
  const staysSame = before.status === after.status && changed.length === 0
  return (
    <output className={classes.follows} aria-label="What would follow">
      <span className={classes.followsTitle}>What would follow</span>
      {staysSame ? (
        <span>Status and dates stay as they are.</span>
      ) : (
        <>
          <span className={classes.followsRow}>
            {before.status !== after.status && (
              <>
                <StatusBadge status={before.status} />
                <IconArrowRight size={14} aria-label="becomes" />
              </>
            )}
            <StatusBadge status={after.status} />
            {before.status === after.status && <span className="dimmed">stays</span>}
          </span>
          {changed.map(([name, label]) => (
            <span key={name} className={classes.followsRow}>
              <span className="dimmed">{label}</span>
              <DayText day={before[name]} show="date" placeholder="not yet" />
              <IconArrowRight size={14} aria-label="becomes" />
              <b>
                <DayText day={after[name]} show="date" placeholder="not yet" />
              </b>
            </span>
          ))}
        </>
      )}
    </output>
  )
}

const placeOf = ({ occurred_at, occurred_on }: { occurred_at: string; occurred_on: string }) => ({ occurred_at, occurred_on })
