import { UnstyledButton } from '@mantine/core'
import { useRef } from 'react'
import type { ApplicationStatus } from '../../../../contract/applications.ts'
import { applicationStatusIcons } from '../../../ui/status-badge.tsx'
import { applicationStatusWords } from '../../../ui/words.ts'
import classes from './board.module.css'
import { useBoard } from './board-context.ts'
import { useDropTarget } from './drag.ts'

type FinishedRailProps = {
  statuses: ApplicationStatus[]
  counts: Record<ApplicationStatus, number> | undefined
  onUnfold: (status: ApplicationStatus) => void
}

/** The finished columns, folded: how many there are, a place to drop a card, a click to unfold. */
export function FinishedRail({ statuses, counts, onUnfold }: FinishedRailProps) {
  return (
    <section className={classes.rail} aria-label="Finished">
      <h2 className={classes.railTitle}>Finished</h2>
      {statuses.map((status) => (
        <FoldedColumn key={status} status={status} count={counts?.[status]} onUnfold={() => onUnfold(status)} />
      ))}
    </section>
  )
}

function FoldedColumn({ status, count, onUnfold }: { status: ApplicationStatus; count: number | undefined; onUnfold: () => void }) {
  const { move } = useBoard()
  const element = useRef<HTMLButtonElement>(null)
  const isOver = useDropTarget(element, status, move)
  const Icon = applicationStatusIcons[status]
  return (
    <UnstyledButton ref={element} className={classes.folded} data-over={isOver || undefined} onClick={onUnfold} aria-expanded={false}>
      <Icon size={16} stroke={1.75} color={`var(--status-${status}-fg)`} aria-hidden />
      <span className={classes.foldedWord}>{applicationStatusWords[status]}</span>
      <span className="dimmed">{count ?? ''}</span>
    </UnstyledButton>
  )
}
