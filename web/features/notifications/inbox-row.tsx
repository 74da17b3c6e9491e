import { Tooltip, UnstyledButton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type MouseEvent, memo, type ReactNode } from 'react'
import type { Notification } from '../../../contract/notifications.ts'
import { useUserLocale } from '../../ui/user-locale.tsx'
import { SelectBox } from '../bulk/select-box.tsx'
import { type SelectionStore, useIsPicking } from '../bulk/use-selection.ts'
import classes from './inbox.module.css'
import { leadsTo } from './leads-to.ts'
import { OwnActions, RowActions } from './row-actions.tsx'
import { momentText } from './snooze-times.ts'
import { typeWords } from './type-words.ts'
import type { RowActs } from './use-row-acts.ts'

type InboxRowProps = {
  notification: Notification
  acts: RowActs
  selection: SelectionStore
  isCurrent: boolean
  isSnoozing: boolean
  onSnoozing: (id: string | null) => void
  onPoint: (id: string) => void
}

/** One line says the whole thing, and what is to be done about it is done here. */
export const InboxRow = memo(function InboxRow(props: InboxRowProps) {
  const { notification, acts, selection, isCurrent, isSnoozing, onSnoozing, onPoint } = props
  const { id, type, title, read_at } = notification
  const { icon: Icon, label } = typeWords[type]
  return (
    <li className={classes.row} data-id={id} data-current={isCurrent || undefined} data-unread={read_at === null || undefined}>
      <span className={classes.select}>
        <SelectBox selection={selection} id={id} name={title} onPoint={onPoint} isTabStop={isCurrent} />
      </span>
      <Tooltip label={label}>
        <span className={classes.icon}>
          <Icon size={18} stroke={1.5} aria-hidden />
        </span>
      </Tooltip>
      <Words
        notification={notification}
        selection={selection}
        onOpen={() => {
          onPoint(id)
          acts.open(notification)
        }}
      />
      <OwnActions notification={notification} acts={acts} />
      <span className={classes.when}>
        <When notification={notification} />
      </span>
      <RowActions notification={notification} acts={acts} isSnoozing={isSnoozing} onSnoozing={(isOpen) => onSnoozing(isOpen ? id : null)} />
    </li>
  )
})

type WordsProps = { notification: Notification; selection: SelectionStore; onOpen: () => void }

function Words({ notification, selection, onOpen }: WordsProps) {
  const { id, title, body, read_at } = notification
  const to = leadsTo(notification)
  const isPicking = useIsPicking(selection)
  const press = (event: MouseEvent) => {
    if (isPicking && matchMedia('(pointer: coarse)').matches) {
      event.preventDefault()
      selection.toggle(id)
    } else onOpen()
  }
  const words: ReactNode = (
    <>
      {read_at === null && <span className={classes.spoken}>Unread: </span>}
      <span className={classes.title}>{title}</span> <span className={classes.body}>{body.replaceAll(/\n+/g, ' · ')}</span>
    </>
  )
  // Where it leads is told by the server, not by the routes.
  return to === null ? (
    <UnstyledButton className={classes.words} onClick={press} title={`${title}\n${body}`} data-row-link>
      {words}
    </UnstyledButton>
  ) : (
    <Link to={to as never} className={classes.words} onClick={press} title={`${title}\n${body}`} data-row-link>
      {words}
    </Link>
  )
}

function When({ notification: { created_at, snoozed_until } }: { notification: Notification }) {
  const { timezone, locale } = useUserLocale()
  const exact = (at: string) =>
    new Intl.DateTimeFormat(locale, { timeZone: timezone, dateStyle: 'full', timeStyle: 'short' }).format(new Date(at))
  const text =
    snoozed_until === null
      ? new Intl.DateTimeFormat(locale, { timeZone: timezone, hour: '2-digit', minute: '2-digit' }).format(new Date(created_at))
      : `until ${momentText(snoozed_until, { timezone, locale })}`
  return (
    <Tooltip label={snoozed_until === null ? exact(created_at) : `Told ${exact(created_at)}`}>
      <time dateTime={snoozed_until ?? created_at}>{text}</time>
    </Tooltip>
  )
}
