import { Button, Tooltip, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconArrowBackUp, IconPencil, IconPlus, IconRestore, IconTrash, type TablerIcon } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type BulkChange, bulkUndoDays } from '../../../contract/bulk.ts'
import { announce } from '../../ui/announce.tsx'
import { InstantText } from '../../ui/day-text.tsx'
import { dayOf } from '../../ui/days.ts'
import { notifyProblem } from '../../ui/notify.tsx'
import { useUserLocale } from '../../ui/user-locale.tsx'
import { isUnderWay, taskQuery } from './api.ts'
import { filterText } from './filter-text.ts'
import classes from './history.module.css'
import { LeftOut } from './left-out.tsx'
import { undoAll } from './undo.ts'
import { useLocal } from './use-local.ts'
import { command, report } from './words.ts'

const icons: Record<BulkChange['action'], TablerIcon> = {
  create: IconPlus,
  update: IconPencil,
  delete: IconTrash,
  restore: IconRestore,
  undo: IconArrowBackUp,
}

type HistoryRowProps = {
  change: BulkChange
  /** The others that are listed: an undo says what it took back. */
  others: readonly BulkChange[]
}

export function HistoryRow({ change, others }: HistoryRowProps) {
  const local = useLocal()
  const Icon = icons[change.action]
  const runs = isUnderWay(change)
  const undone = others.find(({ id }) => id === change.undoes)
  const sentence = runs
    ? `${command(change, change.total, local)}: ${change.succeeded.toLocaleString(local.locale)} so far`
    : undone
      ? `${change.succeeded < undone.succeeded ? `Undone for ${change.succeeded.toLocaleString(local.locale)}` : 'Undone'}: ${report(undone, undone, local)}`
      : report(change, change, local)
  return (
    <li className={classes.item}>
      <Icon size={18} stroke={1.5} className={classes.icon} aria-hidden />
      <span className={classes.words}>
        <span className={classes.what}>{sentence}</span>
        <span className={classes.rest}>
          <InstantText at={change.created_at} />
          {change.via === 'api' && ', through the API'}
          {change.filter && `, ${filterText(change.kind, change.filter)}`}
          {change.status === 'cancelled' && ', stopped'}
          {change.status === 'failed' && ', ended early'}
        </span>
        {change.failed > 0 && !runs && <Left change={change} />}
      </span>
      <Way change={change} sentence={sentence} />
    </li>
  )
}

/** Back, as long as there is one. */
function Way({ change, sentence }: { change: BulkChange; sentence: string }) {
  const { kind, undo_token, undone_at, undoable_until, created_at, permanent } = change
  const local = useLocal()
  const { timezone } = useUserLocale()
  const [isUndoing, setUndoing] = useState(false)
  if (undone_at !== null)
    return (
      <span className={classes.state}>
        Undone <InstantText at={undone_at} show="relative" />
      </span>
    )
  if (undo_token === null)
    return <span className={classes.state}>{permanent || isUnderWay(change) ? '' : `Older than ${bulkUndoDays} days`}</span>
  const undo = async () => {
    setUndoing(true)
    try {
      await undoAll(kind, [undo_token], local)
      announce('Undone')
    } catch (error) {
      notifyProblem('This could not be undone', error)
    } finally {
      setUndoing(false)
    }
  }
  return (
    <Tooltip label={`Possible until ${local.day(dayOf(undoable_until ?? created_at, timezone))}`}>
      <Button variant="default" size="compact-md" loading={isUndoing} onClick={() => void undo()}>
        Undo<VisuallyHidden>: {sentence}</VisuallyHidden>
      </Button>
    </Tooltip>
  )
}

/** How many were left; of a change in the background, also which and why. */
function Left({ change: { kind, failed, total, task_id } }: { change: BulkChange }) {
  const [isOpen, setOpen] = useState(false)
  const { locale } = useUserLocale()
  const { data: task } = useQuery({ ...taskQuery(task_id ?? ''), enabled: isOpen && task_id !== null })
  const text = `${failed.toLocaleString(locale)} of ${total.toLocaleString(locale)} ${failed === 1 ? 'was' : 'were'} left as ${failed === 1 ? 'it was' : 'they were'}`
  if (task_id === null) return <span className={classes.left}>{text}</span>
  return (
    <>
      <UnstyledButton className={classes.left} onClick={() => setOpen(!isOpen)} aria-expanded={isOpen}>
        {text}
      </UnstyledButton>
      {isOpen && task?.result && <LeftOut kind={kind} errors={task.result.errors} />}
    </>
  )
}
