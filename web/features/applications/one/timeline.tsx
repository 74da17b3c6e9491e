import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Application } from '../../../../contract/applications.ts'
import { ErrorState } from '../../../ui/error-state.tsx'
import { SkeletonRows } from '../../../ui/skeleton-rows.tsx'
import { eventsQuery } from '../api.ts'
import classes from './application-details.module.css'
import { EventForm } from './event-form.tsx'
import { Section } from './section.tsx'
import { TimelineEvent } from './timeline-event.tsx'
import { useHistory } from './use-history.ts'

type TimelineProps = {
  application: Application
  /** How many of the newest stand there at first: in the panel it must not push the rest out of sight. */
  atFirst: number
}

/** What happened, the newest on top. */
export function Timeline({ application, atFirst }: TimelineProps) {
  const { id } = application
  const { data: events, error, refetch } = useQuery(eventsQuery(id))
  const history = useHistory(id)
  const [isAdding, setAdding] = useState(false)
  const [isWhole, setWhole] = useState(false)
  const hidden = events && !isWhole ? Math.max(0, events.length - atFirst) : 0
  return (
    <Section
      title="History"
      action={
        !isAdding && (
          <Button variant="subtle" color="gray" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={() => setAdding(true)}>
            Add an event or note
          </Button>
        )
      }
    >
      {isAdding && events && (
        <EventForm
          others={events}
          save={({ to_status, ...said }, key) => history.add(to_status ? { to_status, ...said } : said, key)}
          onDone={() => setAdding(false)}
        />
      )}
      {events ? (
        <ol className={classes.timeline} aria-label="History">
          {events
            .toReversed()
            .slice(0, events.length - hidden)
            .map((event) => (
              <TimelineEvent key={event.id} event={event} others={events.filter((other) => other !== event)} history={history} />
            ))}
        </ol>
      ) : error ? (
        <ErrorState error={error} retry={() => void refetch()} />
      ) : (
        <SkeletonRows rows={3} height={56} />
      )}
      {hidden > 0 && (
        <Button className={classes.more} variant="subtle" color="gray" size="compact-sm" onClick={() => setWhole(true)}>
          Show {hidden} earlier
        </Button>
      )}
    </Section>
  )
}
