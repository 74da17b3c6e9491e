import { ActionIcon } from '@mantine/core'
import { IconDotsVertical, IconHourglass, IconMessages, IconPhoneCall } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { FoundApplication } from '../../../../contract/applications.ts'
import { InstantText } from '../../../ui/day-text.tsx'
import { daysBetween, shortDay, todayIn } from '../../../ui/days.ts'
import { Found, Marked } from '../../../ui/marked.tsx'
import { useUserLocale } from '../../../ui/user-locale.tsx'
import { applicationStatusWords } from '../../../ui/words.ts'
import { SelectBox } from '../../bulk/select-box.tsx'
import { excerptOfApplication } from '../application-excerpt.ts'
import { FollowUpMenu } from '../follow-up-menu.tsx'
import { StatusMenu } from '../status-menu.tsx'
import classes from './board.module.css'
import { useBoard } from './board-context.ts'
import { useDraggable } from './drag.ts'

type BoardCardProps = { application: FoundApplication; silentFor: number | null; isOpen: boolean }

export function BoardCard({ application, silentFor, isOpen }: BoardCardProps) {
  const { id, job, highlights } = application
  const excerpt = excerptOfApplication(application)
  const { picking, setPicking, selection, move, takesFocus } = useBoard()
  const element = useRef<HTMLLIElement>(null)
  const link = useRef<HTMLAnchorElement>(null)
  const isDragging = useDraggable(element, application)
  useEffect(() => {
    if (takesFocus(id)) link.current?.focus()
  }, [id, takesFocus])

  useEffect(() => {
    if (isOpen) element.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [isOpen])

  const isPicking = (what: 'status' | 'follow_up') => picking?.id === id && picking.what === what
  const onChange = (what: 'status' | 'follow_up') => (opened: boolean) => setPicking(opened ? { id, what } : null)
  return (
    <li
      ref={element}
      className={classes.card}
      data-card={id}
      data-dragging={isDragging || undefined}
      data-open={isOpen || undefined}
      onClickCapture={(event) => {
        if (!event.shiftKey || (event.target as Element).matches('[data-select-box]')) return
        event.preventDefault()
        event.stopPropagation()
        selection.extend(id)
      }}
    >
      <Link
        ref={link}
        from="/applications/"
        to="."
        search={(old) => ({ ...old, open: id })}
        resetScroll={false}
        className={classes.link}
        draggable={false}
      >
        <span className={classes.company}>
          <Found text={job.company} markup={highlights?.company} />
        </span>
        <span className={classes.title}>
          <Found text={job.title} markup={highlights?.title} />
        </span>
        {excerpt !== null && (
          <span className={classes.excerpt}>
            <Marked markup={excerpt} />
          </span>
        )}
      </Link>
      <span className={classes.select}>
        <SelectBox selection={selection} id={id} name={`${job.company}, ${job.title}`} />
      </span>
      <Facts application={application} silentFor={silentFor} />
      <StatusMenu
        status={application.status}
        onPick={(to) => move(application, to)}
        opened={isPicking('status')}
        onChange={onChange('status')}
      >
        <ActionIcon className={classes.more} variant="subtle" color="gray" size={28} aria-label={`Move ${job.company}, ${job.title}`}>
          <IconDotsVertical size={16} />
        </ActionIcon>
      </StatusMenu>
      {isPicking('follow_up') && (
        <FollowUpMenu application={application} opened onChange={onChange('follow_up')}>
          <span className={classes.anchor} />
        </FollowUpMenu>
      )}
    </li>
  )
}

function Facts({ application, silentFor }: Pick<BoardCardProps, 'application' | 'silentFor'>) {
  const { timezone, locale } = useUserLocale()
  const today = todayIn(timezone)
  const days = daysBetween(application.status_since, today)
  const followUp = application.follow_up_on
  const isDue = followUp !== null && followUp <= today
  return (
    <span className={classes.facts}>
      <span title={`${applicationStatusWords[application.status]} since ${shortDay(application.status_since, today, locale)}`}>
        {days <= 0 ? 'since today' : days === 1 ? '1 day' : `${days} days`}
      </span>
      {application.interview_at && (
        <span className={classes.fact} data-tone="interview">
          <IconMessages size={14} stroke={1.75} aria-label="Interview" />
          <InstantText at={application.interview_at} />
        </span>
      )}
      {isDue && (
        <span className={classes.fact} data-tone="due">
          <IconPhoneCall size={14} stroke={1.75} aria-hidden />
          {followUp === today ? 'Follow up today' : 'Follow-up due'}
        </span>
      )}
      {!isDue && silentFor !== null && !application.interview_at && (
        <span className={classes.fact} title={`Not a word for ${silentFor} days or more`}>
          <IconHourglass size={14} stroke={1.75} aria-hidden />
          Silent
        </span>
      )}
    </span>
  )
}
