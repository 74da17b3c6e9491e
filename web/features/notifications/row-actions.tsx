import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconAlarmSnooze, IconBellOff, IconCircleCheck, IconInbox, IconMail, IconTrash, type TablerIcon } from '@tabler/icons-react'
import { type ReactNode, type Ref, useState } from 'react'
import type { Notification } from '../../../contract/notifications.ts'
import { Keys } from '../../ui/keys-shown.tsx'
import { notifyProblem } from '../../ui/notify.tsx'
import { useUndoImport } from '../imports/api.ts'
import classes from './inbox.module.css'
import { beginsAt, importOf, remindsOf } from './leads-to.ts'
import { SnoozeMenu } from './snooze-menu.tsx'
import type { RowActs } from './use-row-acts.ts'

type RowActionsProps = { notification: Notification; acts: RowActs; isSnoozing: boolean; onSnoozing: (isOpen: boolean) => void }

/** What its kind offers, in words. */
export function OwnActions({ notification, acts }: Pick<RowActionsProps, 'notification' | 'acts'>) {
  const isUnread = notification.read_at === null
  const imported = importOf(notification)
  if (isUnread && remindsOf(notification) !== null) {
    return (
      <span className={classes.own}>
        <Sign icon={IconBellOff} label="Stop reminding" of={notification.title} keys="m" onClick={() => acts.stop(notification)} />
        <Tooltip label={hint('Note it in the history', 'l')}>
          <Button size="compact-md" variant="default" onClick={() => acts.log(notification)}>
            Followed up
          </Button>
        </Tooltip>
      </span>
    )
  }
  if (imported === null) return null
  return (
    <span className={classes.own}>
      <UndoImport id={imported} isOffered={isUnread} onDone={() => acts.open(notification)} />
    </span>
  )
}

/** What any row offers, as signs. */
export function RowActions({ notification, acts, isSnoozing, onSnoozing }: RowActionsProps) {
  const { title, read_at, snoozed_until } = notification
  const isUnread = read_at === null
  return (
    <span className={classes.signs}>
      {snoozed_until !== null ? (
        <Sign icon={IconInbox} label="Bring back now" of={title} keys="e" onClick={() => acts.wake(notification)} />
      ) : (
        <>
          <SnoozeMenu
            opened={isSnoozing}
            onChange={onSnoozing}
            begins={beginsAt(notification)}
            onPick={(at) => acts.snooze(notification, at)}
          >
            <Sign icon={IconAlarmSnooze} label="Put away until later" of={title} keys="s" onClick={() => onSnoozing(!isSnoozing)} />
          </SnoozeMenu>
          <Sign
            icon={isUnread ? IconCircleCheck : IconMail}
            label={isUnread ? 'Mark as read' : 'Mark as unread'}
            of={title}
            keys="e"
            onClick={() => acts.read(notification)}
          />
        </>
      )}
      <span className={classes.wideOnly}>
        <Sign icon={IconTrash} label="Delete" of={title} keys="#" onClick={() => acts.remove(notification)} />
      </span>
    </span>
  )
}

function hint(label: string, keys: string): ReactNode {
  return (
    <>
      {label} <Keys keys={keys} />
    </>
  )
}

type SignProps = { icon: TablerIcon; label: string; of: string; keys: string; onClick: () => void; ref?: Ref<HTMLButtonElement> }

function Sign({ icon: Icon, label, of, keys, ...button }: SignProps) {
  return (
    <Tooltip label={hint(label, keys)}>
      <ActionIcon {...button} className={classes.sign} size={32} variant="subtle" color="gray" aria-label={`${label}: ${of}`}>
        <Icon size={18} stroke={1.5} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}

/** It says itself what it did: there is no way back from it but importing again. */
function UndoImport({ id, isOffered, onDone }: { id: string; isOffered: boolean; onDone: () => void }) {
  const undo = useUndoImport()
  const [isDone, setDone] = useState(false)
  if (isDone) return <span className="dimmed">Taken back</span>
  if (!isOffered) return null
  return (
    <Button
      size="compact-md"
      variant="default"
      loading={undo.isPending}
      onClick={() =>
        undo.mutate(id, {
          onSuccess: () => {
            setDone(true)
            onDone()
          },
          onError: (error) => notifyProblem('The import was not taken back', error),
        })
      }
    >
      Undo the import
    </Button>
  )
}
