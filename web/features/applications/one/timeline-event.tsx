import { ActionIcon, Menu } from '@mantine/core'
import { IconCalendarEvent, IconDots, IconNote, IconPencil, IconTrash, type TablerIcon } from '@tabler/icons-react'
import { useState } from 'react'
import type { ApplicationEvent } from '../../../../contract/applications.ts'
import { DayText } from '../../../ui/day-text.tsx'
import { todayIn } from '../../../ui/days.ts'
import { applicationStatusIcons } from '../../../ui/status-badge.tsx'
import { useUserLocale } from '../../../ui/user-locale.tsx'
import classes from './application-details.module.css'
import { EventForm } from './event-form.tsx'
import { eventNote, eventTitle } from './event-words.ts'
import type { useHistory } from './use-history.ts'
import { standingOf } from './what-follows.ts'

type TimelineEventProps = { event: ApplicationEvent; others: ApplicationEvent[]; history: ReturnType<typeof useHistory> }

const eventIcons: Record<ApplicationEvent['type'], TablerIcon> = {
  created: IconNote,
  status_changed: IconNote,
  note: IconNote,
  interview_scheduled: IconCalendarEvent,
  interview_moved: IconCalendarEvent,
  interview_cancelled: IconCalendarEvent,
  interview_held: IconCalendarEvent,
}

export function TimelineEvent({ event, others, history }: TimelineEventProps) {
  const userLocale = useUserLocale()
  const [isEditing, setEditing] = useState(false)
  const Icon = event.to_status ? applicationStatusIcons[event.to_status] : eventIcons[event.type]
  const title = eventTitle(event)
  const note = eventNote(event.note, userLocale, todayIn(userLocale.timezone))
  const isOnlyStatus = standingOf(others) === null
  return (
    <li className={classes.event}>
      <span
        className={classes.eventMark}
        style={event.to_status ? { color: `var(--status-${event.to_status}-fg)`, background: `var(--status-${event.to_status}-bg)` } : {}}
        aria-hidden
      >
        <Icon size={14} stroke={1.75} />
      </span>
      <div className={classes.eventBody}>
        <div className={classes.eventHead}>
          <span className={classes.eventWhat}>
            <span className={classes.eventTitle}>{title}</span>
            <span className="dimmed">
              <DayText day={event.occurred_on} />
            </span>
          </span>
          {!isEditing && (
            <Menu position="bottom-end" width={150}>
              <Menu.Target>
                <ActionIcon className={classes.eventMenu} variant="subtle" color="gray" size={28} aria-label={`More on ${title}`}>
                  <IconDots size={16} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item leftSection={<IconPencil size={16} stroke={1.5} />} onClick={() => setEditing(true)}>
                  Correct
                </Menu.Item>
                {!isOnlyStatus && (
                  <Menu.Item leftSection={<IconTrash size={16} stroke={1.5} />} onClick={() => void history.remove(event, note)}>
                    Remove
                  </Menu.Item>
                )}
              </Menu.Dropdown>
            </Menu>
          )}
        </div>
        {isEditing ? (
          <EventForm
            others={others}
            event={event}
            save={({ to_status, ...said }) =>
              history.correct(event, to_status && to_status !== event.to_status ? { to_status, ...said } : said)
            }
            onDone={() => setEditing(false)}
          />
        ) : (
          note && <p className={classes.eventNote}>{note}</p>
        )}
      </div>
    </li>
  )
}
