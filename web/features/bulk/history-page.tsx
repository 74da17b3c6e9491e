import { Button } from '@mantine/core'
import { IconListCheck } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import { historyQuery } from './api.ts'
import classes from './history.module.css'
import { HistoryRow } from './history-row.tsx'

/** What was changed in bulk, and the way back. */
export function HistoryPage() {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(historyQuery)
  const items = data?.pages.flatMap((page) => page.items)
  const total = data?.pages[0]?.total
  return (
    <Page shape="reading">
      <PageHeader
        title="Bulk changes"
        count={total && total.value > 0 ? `${total.value.toLocaleString('en')}${total.relation === 'exact' ? '' : ' or more'}` : undefined}
      />
      {items === undefined ? (
        error ? (
          <ErrorState error={error} retry={() => void refetch()} />
        ) : (
          <SkeletonRows rows={6} height={64} label="Loading the bulk changes" />
        )
      ) : items.length === 0 ? (
        <EmptyState
          icon={<IconListCheck size={32} stroke={1.25} />}
          title="No bulk changes yet"
          actions={
            <Button component={Link} to="/jobs" variant="default">
              Go to Jobs
            </Button>
          }
        >
          Select several jobs or applications by their boxes, or with x, and change them together. Each change is listed here and can be
          undone for 30 days.
        </EmptyState>
      ) : (
        <>
          <ul className={classes.list} aria-label="Bulk changes">
            {items.map((change) => (
              <HistoryRow key={change.id} change={change} others={items} />
            ))}
          </ul>
          {hasNextPage && (
            <Button
              mt="sm"
              size="compact-md"
              variant="subtle"
              color="gray"
              loading={isFetchingNextPage}
              onClick={() => void fetchNextPage()}
            >
              Earlier ones
            </Button>
          )}
        </>
      )}
    </Page>
  )
}
