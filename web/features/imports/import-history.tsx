import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Import } from '../../../contract/imports.ts'
import { InstantText } from '../../ui/day-text.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import { importsQuery, isUnderWay } from './api.ts'
import { UndoButton } from './import-page.tsx'
import { outcomeWords } from './import-words.ts'
import classes from './imports.module.css'

/** The last imports with their figures, each with its way back. */
export function ImportHistory() {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(importsQuery)
  if (!data) return error ? <ErrorState error={error} retry={() => void refetch()} /> : <SkeletonRows rows={2} height={44} />
  const items = data.pages.flatMap((page) => page.items)
  if (items.length === 0) return <p className="dimmed">What you import is listed here, and can be undone from here.</p>
  return (
    <>
      <ul className={classes.rows}>
        {items.map((one) => (
          <li key={one.id} className={classes.past}>
            <Link to="/data/imports/$id" params={{ id: one.id }} className={classes.name}>
              {one.filename}
            </Link>
            <span className="dimmed">{cameOf(one)}</span>
            <span className="dimmed">
              <InstantText at={one.created_at} show="relative" />
            </span>
            <span className={classes.way}>
              <UndoButton one={one} compact />
            </span>
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Button mt="sm" size="compact-md" variant="subtle" color="gray" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Earlier imports
        </Button>
      )}
    </>
  )
}

function cameOf(one: Import): string {
  if (isUnderWay(one)) return `${one.processed.toLocaleString('en')} of ${one.total.toLocaleString('en')} rows so far`
  if (one.status === 'failed') return 'not imported'
  return one.status === 'undone' ? 'taken back' : outcomeWords(one)
}
