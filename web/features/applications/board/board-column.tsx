import { Button, Skeleton } from '@mantine/core'
import { useIntersection } from '@mantine/hooks'
import { IconLayoutSidebarRightCollapse } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import type { ApplicationStatus } from '../../../../contract/applications.ts'
import { useInfiniteList } from '../../../api/infinite-list.ts'
import { ErrorState } from '../../../ui/error-state.tsx'
import { applicationStatusIcons } from '../../../ui/status-badge.tsx'
import { useLatest } from '../../../ui/use-latest.ts'
import { applicationStatusWords } from '../../../ui/words.ts'
import { applicationList } from '../api.ts'
import type { ListQuery } from '../search.ts'
import classes from './board.module.css'
import { BoardCard } from './board-card.tsx'
import { useBoard } from './board-context.ts'
import { useDropTarget } from './drag.ts'
import { useSilent } from './use-silent.ts'

type BoardColumnProps = {
  status: ApplicationStatus
  query: ListQuery
  count: number | undefined
  openId: string | undefined
  /** Only a finished column folds. */
  onFold?: () => void
}

export function BoardColumn({ status, query, count, openId, onFold }: BoardColumnProps) {
  const { move } = useBoard()
  const list = useInfiniteList(applicationList({ ...query, status: [status] }))
  const { silent, days } = useSilent(list.items)
  const element = useRef<HTMLElement>(null)
  const isOver = useDropTarget(element, status, move)
  const word = applicationStatusWords[status]
  const Icon = applicationStatusIcons[status]
  return (
    <section ref={element} className={classes.column} data-column={status} data-over={isOver || undefined} aria-label={word}>
      <div className={classes.columnHead}>
        <Icon size={16} stroke={1.75} color={`var(--status-${status}-fg)`} aria-hidden />
        <h2 className={classes.columnTitle}>{word}</h2>
        <span className="dimmed">{count ?? ''}</span>
        {onFold && (
          <Button variant="subtle" color="gray" size="compact-xs" ml="auto" onClick={onFold} aria-label={`Fold ${word}`}>
            <IconLayoutSidebarRightCollapse size={16} stroke={1.5} />
          </Button>
        )}
      </div>
      {list.error && list.items.length === 0 ? (
        <ErrorState error={list.error} retry={list.retry} />
      ) : list.isPending ? (
        <CardSkeletons count={count ?? 3} />
      ) : (
        <ul className={classes.cards} aria-label={`${word}, ${list.items.length} of ${count ?? list.items.length}`}>
          {list.items.map((application) => (
            <BoardCard
              key={application.id}
              application={application}
              silentFor={silent.has(application.id) ? days : null}
              isOpen={application.id === openId}
            />
          ))}
          {list.hasMore && <MoreCards left={(count ?? 0) - list.items.length} isLoading={list.isLoadingMore} onMore={list.loadMore} />}
        </ul>
      )}
    </section>
  )
}

/** Loads by itself when it is scrolled to; the button is for the keyboard, and says how many there are. */
function MoreCards({ left, isLoading, onMore }: { left: number; isLoading: boolean; onMore: () => void }) {
  const { ref, entry } = useIntersection({ rootMargin: '300px' })
  const isNear = entry?.isIntersecting ?? false
  const load = useLatest(onMore)
  useEffect(() => {
    if (isNear && !isLoading) load.current()
  }, [isNear, isLoading, load])
  return (
    <li ref={ref} className={classes.moreCards}>
      <Button variant="subtle" color="gray" size="compact-sm" onClick={onMore} loading={isLoading}>
        {left > 0 ? `Show more, ${left} left` : 'Show more'}
      </Button>
    </li>
  )
}

const CardSkeletons = ({ count }: { count: number }) => (
  <output aria-label="Loading" className={classes.cards}>
    {Array.from({ length: Math.min(6, count) }, (_, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: they are alike and never move
      <Skeleton key={index} height={86} radius={8} />
    ))}
  </output>
)
