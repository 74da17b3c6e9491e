import { Button } from '@mantine/core'
import type { CSSProperties, ReactNode } from 'react'
import type { useInfiniteList } from '../../api/infinite-list.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import classes from './account.module.css'

type ListedProps<Item> = {
  list: Pick<ReturnType<typeof useInfiniteList>, 'error' | 'isPending' | 'hasMore' | 'loadMore' | 'isLoadingMore' | 'retry'> & {
    items: Item[]
  }
  label: string
  /** How many rows to hold room for. */
  rows: number
  /** When there is none. */
  empty?: ReactNode
  style?: CSSProperties
  children: (item: Item) => ReactNode
}

/** A short list as a card, whatever state it is in. */
export function Listed<Item>({ list, label, rows, empty, style, children }: ListedProps<Item>) {
  return (
    <>
      {list.error && list.items.length === 0 ? (
        <ErrorState error={list.error} retry={list.retry} />
      ) : list.isPending ? (
        <SkeletonRows rows={rows} height={56} />
      ) : list.items.length === 0 ? (
        empty
      ) : (
        <ul className={classes.card} aria-label={label} style={style}>
          {list.items.map(children)}
        </ul>
      )}
      {list.hasMore && (
        <Button variant="default" mt={12} onClick={list.loadMore} loading={list.isLoadingMore}>
          Show more
        </Button>
      )}
    </>
  )
}
