import { Button, Group, Tooltip } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { DayText, InstantText } from '../../ui/day-text.tsx'
import { Keys } from '../../ui/keys-shown.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
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
  const overdue = due.list === 'follow_ups'
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
          <Tooltip key={action.key} label={<Keys keys={action.key} />}>
            <Button size="compact-md" variant={action.key === 'l' ? 'default' : 'subtle'} color="gray" onClick={() => onAct(due, action)}>
              {action.label}
            </Button>
          </Tooltip>
        ))}
      </Group>
    </li>
  )
}

function When({ at }: { at: Due['at'] }) {
  if ('day' in at) return <DayText day={at.day} />
  if ('instant' in at) return <InstantText at={at.instant} />
  return <>{at.words}</>
}
