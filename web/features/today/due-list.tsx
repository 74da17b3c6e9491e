import { ActionIcon, Button, Group, Tooltip } from '@mantine/core'
import { IconBellOff, IconClockPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { DayText, InstantText } from '../../ui/day-text.tsx'
import { todayIn } from '../../ui/days.ts'
import { Keys } from '../../ui/keys-shown.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { useUserLocale } from '../../ui/user-locale.tsx'
import type { Due, DueAction, DueGroup } from './due.ts'
import classes from './today.module.css'

type DueListProps = { group: DueGroup; note?: string | null; onAct: (due: Due, action: DueAction) => void }

/** One kind of thing that is due. */
export function DueList({ group, note, onAct }: DueListProps) {
  const more = group.total - group.items.length
  return (
    <section className={classes.group} aria-labelledby={`due-${group.list}`}>
      <h2 id={`due-${group.list}`} className={classes.groupTitle}>
        {group.title} <span className="dimmed">{group.total}</span>
        {note && <span className={classes.note}>{note}</span>}
      </h2>
      <ul className={classes.list}>
        {group.items.map((due) => (
          <DueRow key={due.key} due={due} onAct={onAct} />
        ))}
      </ul>
      {more > 0 && <p className={classes.more}>and {more} more</p>}
    </section>
  )
}

function DueRow({ due, onAct }: { due: Due; onAct: DueListProps['onAct'] }) {
  const { timezone } = useUserLocale()
  const overdue = 'day' in due.at && due.at.day < todayIn(timezone)
  return (
    <li className={classes.row} data-due={due.key}>
      <Link to={due.link.to} params={{ id: due.link.id }} className={classes.link} data-due-link>
        <span className={classes.company}>{due.company}</span>
        <span className={classes.title}>{due.title}</span>
      </Link>
      <span className={classes.when} data-overdue={overdue || undefined}>
        <When at={due.at} />
      </span>
      {due.application && due.list !== 'interviews' ? (
        <span className={classes.status}>
          <StatusBadge status={due.application.status} />
        </span>
      ) : (
        <span className={classes.status} />
      )}
      <Group gap={4} wrap="nowrap" className={classes.actions}>
        {due.actions.map((action) => (
          <ActButton key={action.key} action={action} company={due.company} onClick={() => onAct(due, action)} />
        ))}
      </Group>
    </li>
  )
}

const icons = { z: IconClockPlus, x: IconBellOff } as const

/** The first thing to do in words; putting off and stopping as icons, so that the row stays one line. */
function ActButton({ action, company, onClick }: { action: DueAction; company: string; onClick: () => void }) {
  const label = (
    <>
      {action.label} <Keys keys={action.key} />
    </>
  )
  if (action.key === 'l') {
    return (
      <Tooltip label={label}>
        <Button size="compact-md" variant="default" onClick={onClick}>
          {action.label}
        </Button>
      </Tooltip>
    )
  }
  const Icon = icons[action.key]
  return (
    <Tooltip label={label}>
      <ActionIcon size={30} variant="subtle" color="gray" onClick={onClick} aria-label={`${company}: ${action.label.toLowerCase()}`}>
        <Icon size={18} stroke={1.5} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}

function When({ at }: { at: Due['at'] }) {
  if ('day' in at) return <DayText day={at.day} />
  if ('instant' in at) return <InstantText at={at.instant} />
  return <>{at.words}</>
}
