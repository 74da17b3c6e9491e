import { ActionIcon, Button, Menu, UnstyledButton } from '@mantine/core'
import { IconBellOff, IconCalendarPlus, IconChevronDown, IconDots } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Application } from '../../../../contract/applications.ts'
import { DayText } from '../../../ui/day-text.tsx'
import { notifyProblem } from '../../../ui/notify.tsx'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import { applicationStatusWords } from '../../../ui/words.ts'
import { useChangeApplication } from '../api.ts'
import { FollowUpMenu } from '../follow-up-menu.tsx'
import { StatusMenu } from '../status-menu.tsx'
import { useMove } from '../use-move.ts'
import classes from './application-details.module.css'
import { useDelete } from './use-delete.ts'

export type Picking = 'status' | 'follow_up' | null

type DetailsHeadProps = {
  application: Application
  picking: Picking
  onPick: (picking: Picking) => void
  onDeleted: () => void
  /** The title. */
  children: ReactNode
}

/** What it is, where it stands, when to ask again. */
export function DetailsHead({ application, picking, onPick, onDeleted, children }: DetailsHeadProps) {
  const move = useMove()
  const remove = useDelete(application, onDeleted)
  const { mutateAsync: change } = useChangeApplication()
  const { id, status, reminders_muted } = application
  const mute = () =>
    change({ id, changes: { reminders_muted: !reminders_muted } }).catch((error: unknown) =>
      notifyProblem('Reminders were not changed', error),
    )
  return (
    <div className={classes.top}>
      <div className={classes.heading}>{children}</div>
      <div className={classes.controls}>
        <StatusMenu
          status={status}
          onPick={(to) => void move(application, to)}
          opened={picking === 'status'}
          onChange={(opened) => onPick(opened ? 'status' : null)}
        >
          <UnstyledButton className={classes.statusButton} aria-label={`Status: ${applicationStatusWords[status]}. Change`}>
            <StatusBadge status={status} />
            <IconChevronDown size={14} aria-hidden />
          </UnstyledButton>
        </StatusMenu>
        <FollowUpMenu application={application} opened={picking === 'follow_up'} onChange={(opened) => onPick(opened ? 'follow_up' : null)}>
          <Button variant="default" size="xs" fw={400} leftSection={<IconCalendarPlus size={16} stroke={1.5} />}>
            {application.follow_up_on === null ? 'Follow up' : <DayText day={application.follow_up_on} show="date" />}
          </Button>
        </FollowUpMenu>
        {reminders_muted && <IconBellOff size={16} stroke={1.5} aria-label="Reminders are muted" />}
        <Menu position="bottom-end" width={250}>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label="More">
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => void mute()}>
              {reminders_muted ? 'Remind me of this one again' : 'Stop reminding me of this one'}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item color="red" onClick={() => void remove()}>
              Delete the application
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
    </div>
  )
}
