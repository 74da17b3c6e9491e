import { Title } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { Application } from '../../../../contract/applications.ts'
import { useKeys } from '../../../ui/keys.ts'
import { useMove } from '../use-move.ts'
import classes from './application-details.module.css'
import { Contacts } from './contacts.tsx'
import { DetailsHead, type Picking } from './details-head.tsx'
import { FoundHere } from './found-here.tsx'
import { type DoingInterview, Interviews } from './interviews.tsx'
import { JobFacts } from './job-facts.tsx'
import { NextStep } from './next-step.tsx'
import { Notes } from './notes.tsx'
import { Timeline } from './timeline.tsx'

type ApplicationDetailsProps = {
  application: Application
  /** As a page it has a heading of its own; the panel has one already. */
  isPage?: boolean
  onDeleted: () => void
}

/** One application, in the panel and as a page: the same parts, in one column or in two as the room allows. */
export function ApplicationDetails({ application, isPage = false, onDeleted }: ApplicationDetailsProps) {
  const move = useMove()
  const [picking, setPicking] = useState<Picking>(null)
  const [interview, setInterview] = useState<DoingInterview>(null)
  const notes = useRef<HTMLDivElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (isPage) heading.current?.focus({ preventScroll: true })
  }, [isPage])

  const apply = { keys: 'a', label: 'I have applied', run: () => void move(application, 'applied') }
  useKeys(
    'This application',
    [
      { keys: 's', label: 'Choose the status', run: () => setPicking('status') },
      { keys: 'f', label: 'Follow up', run: () => setPicking('follow_up') },
      { keys: 'e', label: 'Edit the notes', run: () => notes.current?.querySelector('textarea')?.focus() },
      { keys: 'i', label: 'Add an interview', run: () => setInterview('adding') },
      ...(application.status === 'interested' ? [apply] : []),
    ],
    { layer: isPage ? 'page' : 'panel' },
  )
  return (
    <div className={classes.details}>
      <DetailsHead application={application} picking={picking} onPick={setPicking} onDeleted={onDeleted}>
        {isPage ? (
          <>
            <Title order={1} ref={heading} tabIndex={-1} data-page-heading className={classes.pageTitle}>
              {application.job.title}
            </Title>
            <div className="dimmed">{application.job.company}</div>
          </>
        ) : (
          <div className={classes.panelTitle}>{application.job.title}</div>
        )}
      </DetailsHead>
      <NextStep application={application} onInterview={setInterview} />
      <FoundHere application={application} />
      <div className={classes.columns}>
        <Timeline application={application} atFirst={isPage ? 50 : 4} />
        <div className={classes.side}>
          <Interviews application={application} doing={interview} onDo={setInterview} />
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
