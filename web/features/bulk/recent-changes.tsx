import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ErrorState } from '../../ui/error-state.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import { historyQuery } from './api.ts'
import classes from './history.module.css'
import { HistoryRow } from './history-row.tsx'

const most = 3

/** The last bulk changes, and the way to all of them. */
export function RecentChanges() {
  const { data, error, refetch } = useInfiniteQuery(historyQuery)
  if (!data) return error ? <ErrorState error={error} retry={() => void refetch()} /> : <SkeletonRows rows={2} height={64} />
  const items = data.pages[0]?.items ?? []
  if (items.length === 0)
    return <p className="dimmed">What you change for many jobs or applications at once is listed here, and can be undone from here.</p>
  return (
    <>
      <ul className={classes.list} aria-label="The last bulk changes">
        {items.slice(0, most).map((change) => (
          <HistoryRow key={change.id} change={change} others={items} />
        ))}
      </ul>
      <Button component={Link} to="/data/bulk" mt="sm" size="compact-md" variant="subtle" color="gray">
        All bulk changes
      </Button>
    </>
  )
}
