import { UnstyledButton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { FoundApplication } from '../../../../contract/applications.ts'
import { DayText, InstantText } from '../../../ui/day-text.tsx'
import { todayIn } from '../../../ui/days.ts'
import { Found, Marked } from '../../../ui/marked.tsx'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import { useUserLocale } from '../../../ui/user-locale.tsx'
import { applicationStatusWords } from '../../../ui/words.ts'
import { keepText, SelectBox } from '../../bulk/select-box.tsx'
import type { SelectionStore } from '../../bulk/use-selection.ts'
import { FollowUpMenu } from '../follow-up-menu.tsx'
import { StatusMenu } from '../status-menu.tsx'
import { useMove } from '../use-move.ts'
import classes from './application-table.module.css'

export type Picking = { id: string; what: 'status' | 'follow_up' } | null

type ApplicationRowProps = {
  application: FoundApplication
  excerpt: string | null
  /** Of the whole list, from 1; the header is row 1. */
  rowIndex: number
  isCurrent: boolean
  isOpen: boolean
  picking: Picking
  setPicking: (picking: Picking) => void
  selection: SelectionStore
  onPoint: (id: string) => void
  /** On a phone: a tap selects instead of opening. */
  tapSelects: boolean
}

export function ApplicationRow(props: ApplicationRowProps) {
  const { application, excerpt, rowIndex, isCurrent, isOpen, picking, setPicking, selection, onPoint, tapSelects } = props
  const { id, job, status, follow_up_on, highlights } = application
  const { timezone } = useUserLocale()
  const move = useMove()
  const isPicking = (what: 'status' | 'follow_up') => picking?.id === id && picking.what === what
  const onChange = (what: 'status' | 'follow_up') => (opened: boolean) => setPicking(opened ? { id, what } : null)
  return (
    <tr
      aria-rowindex={rowIndex}
      className={classes.row}
      data-id={id}
      data-current={isCurrent || undefined}
      data-open={isOpen || undefined}
      data-excerpt={excerpt !== null || undefined}
      onClickCapture={(event) => {
        if (!(event.shiftKey || tapSelects) || (event.target as Element).matches('[data-select-box]')) return
        event.preventDefault()
        event.stopPropagation()
        if (event.shiftKey) selection.extend(id)
        else selection.toggle(id)
      }}
      onMouseDown={keepText}
    >
      <td data-column="select">
        <SelectBox selection={selection} id={id} name={`${job.company}, ${job.title}`} onPoint={onPoint} />
      </td>
      <td data-column="company">
        <Link
          from="/applications/"
          to="."
          search={(old) => ({ ...old, open: id })}
          resetScroll={false}
          className={classes.link}
          onFocus={() => onPoint(id)}
        >
          <Found text={job.company} markup={highlights?.company} />
        </Link>
        <span className={classes.second}>
          <Found text={job.title} markup={highlights?.title} />
        </span>
        {excerpt !== null && (
          <span className={classes.excerpt}>
            <Marked markup={excerpt} />
          </span>
        )}
      </td>
      <td data-column="title">
        <Found text={job.title} markup={highlights?.title} />
      </td>
      <td data-column="status">
        <StatusMenu status={status} onPick={(to) => void move(application, to)} opened={isPicking('status')} onChange={onChange('status')}>
          <UnstyledButton className={classes.status} aria-label={`Status of ${job.company}: ${applicationStatusWords[status]}. Change`}>
            <StatusBadge status={status} />
          </UnstyledButton>
        </StatusMenu>
      </td>
      <td data-column="since">
        <DayText day={application.status_since} show="relative" />
      </td>
      <td data-column="applied">
        <DayText day={application.applied_on} show="date" />
      </td>
      <td data-column="interview">
        <InstantText at={application.interview_at} />
      </td>
      <td data-column="followUp" data-due={(follow_up_on !== null && follow_up_on <= todayIn(timezone)) || undefined}>
        <FollowUpMenu application={application} opened={isPicking('follow_up')} onChange={onChange('follow_up')}>
          <UnstyledButton className={classes.status} aria-label={`Follow-up of ${job.company}: ${follow_up_on ?? 'none'}. Change`}>
            <DayText day={follow_up_on} show="date" />
          </UnstyledButton>
        </FollowUpMenu>
      </td>
      <td data-column="changed">
        <InstantText at={application.updated_at} show="relative" />
      </td>
    </tr>
  )
}
