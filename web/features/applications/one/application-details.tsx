import { ActionIcon, Menu, Title, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconDots } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { Application } from '../../../../contract/applications.ts'
import { useKeys } from '../../../ui/keys.ts'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import { applicationStatusWords } from '../../../ui/words.ts'
import { StatusMenu } from '../status-menu.tsx'
import { useMove } from '../use-move.ts'
import classes from './application-details.module.css'
import { Contacts } from './contacts.tsx'
import { FollowUp } from './follow-up.tsx'
import { type DoingInterview, Interviews } from './interviews.tsx'
import { JobFacts } from './job-facts.tsx'
import { NextStep } from './next-step.tsx'
import { Notes } from './notes.tsx'
import { Timeline } from './timeline.tsx'
import { useDelete } from './use-delete.ts'

type ApplicationDetailsProps = {
  application: Application
  /** As a page it has a heading of its own; the panel has one already. */
  isPage?: boolean
  onDeleted: () => void
}

/** One application, in the panel and as a page: the same parts, in one column or in two as the room allows. */
export function ApplicationDetails({ application, isPage = false, onDeleted }: ApplicationDetailsProps) {
  const move = useMove()
  const remove = useDelete(application, onDeleted)
  const [picking, setPicking] = useState<'status' | 'follow_up' | null>(null)
  const [interview, setInterview] = useState<DoingInterview>(null)
  const notes = useRef<HTMLDivElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (isPage) heading.current?.focus({ preventScroll: true })
  }, [isPage])

  useKeys(
    'This application',
    [
      { keys: 's', label: 'Choose the status', run: () => setPicking('status') },
      { keys: 'f', label: 'Follow up', run: () => setPicking('follow_up') },
      { keys: 'e', label: 'Edit the notes', run: () => notes.current?.querySelector('textarea')?.focus() },
      ...(application.status === 'interested'
        ? [{ keys: 'a', label: 'I have applied', run: () => void move(application, 'applied') }]
        : []),
      { keys: 'i', label: 'Add an interview', run: () => setInterview('adding') },
    ],
    { layer: isPage ? 'page' : 'panel' },
  )
  return (
    <div className={classes.details}>
      <div className={classes.top}>
        <div className={classes.heading}>
          {isPage ? (
            <Title order={1} ref={heading} tabIndex={-1} data-page-heading className={classes.pageTitle}>
              {application.job.title}
            </Title>
          ) : (
            <div className={classes.panelTitle}>{application.job.title}</div>
          )}
          {isPage && <div className="dimmed">{application.job.company}</div>}
        </div>
        <StatusMenu
          status={application.status}
          onPick={(to) => void move(application, to)}
          opened={picking === 'status'}
          onChange={(opened) => setPicking(opened ? 'status' : null)}
        >
          <UnstyledButton className={classes.statusButton} aria-label={`Status: ${applicationStatusWords[application.status]}. Change`}>
            <StatusBadge status={application.status} />
            <IconChevronDown size={14} aria-hidden />
          </UnstyledButton>
        </StatusMenu>
        <Menu position="bottom-end" width={180}>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label="More">
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item color="red" onClick={() => void remove()}>
              Delete the application
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      <NextStep application={application} onInterview={setInterview} />
      <div className={classes.columns}>
        <Timeline application={application} atFirst={isPage ? 50 : 4} />
        <div className={classes.side}>
          <Interviews application={application} doing={interview} onDo={setInterview} />
          <FollowUp
            application={application}
            isOpen={picking === 'follow_up'}
            onOpen={(opened) => setPicking(opened ? 'follow_up' : null)}
          />
          <div ref={notes}>
            <Notes application={application} />
          </div>
          <Contacts application={application} />
          <JobFacts application={application} />
        </div>
      </div>
    </div>
  )
}
