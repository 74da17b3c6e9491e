import { Button, Group } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { ApplicationSort } from '../../../../contract/applications.ts'
import { useInfiniteList } from '../../../api/infinite-list.ts'
import { useDockHeight } from '../../../ui/dock.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { useListCursor } from '../../../ui/list-cursor.ts'
import { SkeletonRows } from '../../../ui/skeleton-rows.tsx'
import { useLatest } from '../../../ui/use-latest.ts'
import { BulkBar } from '../../bulk/bulk-bar.tsx'
import { useLongPress } from '../../bulk/use-long-press.ts'
import { useIsPicking, useSelection } from '../../bulk/use-selection.ts'
import { useSelectionKeys } from '../../bulk/use-selection-keys.ts'
import { applicationList } from '../api.ts'
import { excerptOfApplication } from '../application-excerpt.ts'
import { ApplicationBulkActions } from '../bulk-actions.tsx'
import { filterIn, type ListQuery } from '../search.ts'
import { useMove } from '../use-move.ts'
import { ApplicationRow, type Picking } from './application-row.tsx'
import classes from './application-table.module.css'
import { TableHead } from './table-head.tsx'

type ApplicationTableProps = { query: ListQuery; openId: string | undefined; onSort: (sort: ApplicationSort) => void }

const loadAhead = 20
const headHeight = 40
const excerptHeight = 20

/** Only the rows near the window are in the page; the rest is room above and below them, so the scroll bar tells the truth. */
export function ApplicationTable({ query, openId, onSort }: ApplicationTableProps) {
  const list = useInfiniteList(applicationList(query))
  const navigate = useNavigate({ from: '/applications/' })
  const move = useMove()
  const [picking, setPicking] = useState<Picking>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const dock = useDockHeight()
  const isPhone = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false })
  const rowHeight = isPhone ? 64 : 40

  const excerpts = useMemo(() => list.items.map(excerptOfApplication), [list.items])
  const heightOf = useCallback((index: number) => rowHeight + (excerpts[index] ? excerptHeight : 0), [rowHeight, excerpts])
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoised by its result
  const rows = useVirtualizer({
    count: list.items.length,
    getScrollElement: () => scroller.current,
    estimateSize: heightOf,
    overscan: 10,
    scrollPaddingStart: headHeight,
    scrollPaddingEnd: dock,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the virtualizer must hear of other heights
  useLayoutEffect(() => rows.measure(), [heightOf])
  const shown = rows.getVirtualItems()
  const lastShown = shown.at(-1)?.index ?? 0
  const loadMore = useLatest(list.loadMore)
  useEffect(() => {
    if (lastShown >= list.items.length - loadAhead) loadMore.current()
  }, [lastShown, list.items.length, loadMore])

  const onOpen = (id: string) =>
    void navigate({ search: (old) => ({ ...old, open: id }), resetScroll: false, replace: openId !== undefined })
  const ids = useMemo(() => list.items.map((item) => item.id), [list.items])
  const filter = filterIn(query)
  const selection = useSelection({ ids, filter: JSON.stringify(filter), list: JSON.stringify(query), isStale: list.isStale })
  const cursor = useListCursor({
    scope: 'Applications',
    ids,
    onOpen,
    onMove: (index, id) => {
      rows.scrollToIndex(index)
      if (openId) onOpen(id)
    },
    actions: [
      { keys: 's', label: 'Choose the status', run: (id) => setPicking({ id, what: 'status' }) },
      { keys: 'f', label: 'Follow up', run: (id) => setPicking({ id, what: 'follow_up' }) },
      {
        keys: 'a',
        label: 'Applied',
        run: (id) => {
          const application = list.items.find((item) => item.id === id)
          if (application?.status === 'interested') void move(application, 'applied')
        },
      },
      { keys: 'e', label: 'Open to edit', run: onOpen },
    ],
  })

  useSelectionKeys({ scope: 'Applications', selection, cursor })
  const isPicking = useIsPicking(selection)
  const press = useLongPress(selection.toggle)

  if (list.error && list.items.length === 0) return <ErrorState error={list.error} retry={list.retry} />
  if (list.isPending) return <SkeletonRows rows={12} height={rowHeight} />
  const above = shown[0]?.start ?? 0
  const below = rows.getTotalSize() - (shown.at(-1)?.end ?? 0)
  return (
    <div ref={scroller} className={classes.scroller}>
      {isPhone && (
        <Group justify="flex-end">
          <Button variant="subtle" size="compact-md" mr={-8} onClick={selection.pick}>
            Select
          </Button>
        </Group>
      )}
      <table
        {...(isPhone ? press : {})}
        data-picking={isPicking || undefined}
        className={classes.table}
        aria-label="Applications"
        aria-rowcount={list.hasMore ? -1 : list.items.length + 1}
      >
        <TableHead ids={ids} selection={selection} sort={query.sort ?? '-updated_at'} onSort={onSort} />
        <tbody>
          {above > 0 && <Room height={above} />}
          {shown.map(({ index }) => {
            const application = list.items[index]
            return (
              application && (
                <ApplicationRow
                  key={application.id}
                  application={application}
                  excerpt={excerpts[index] ?? null}
                  rowIndex={index + 2}
                  isCurrent={application.id === cursor.current}
                  isOpen={application.id === openId}
                  picking={picking}
                  setPicking={setPicking}
                  selection={selection}
                  onPoint={cursor.setCurrent}
                  tapSelects={isPhone && isPicking}
                />
              )
            )
          })}
          {below > 0 && <Room height={below} />}
        </tbody>
      </table>
      {list.isLoadingMore && <SkeletonRows rows={3} height={rowHeight} />}
      {list.total && (
        <BulkBar kind="applications" selection={selection} ids={ids} total={list.total} filter={filter}>
          {(choose) => <ApplicationBulkActions choose={choose} />}
        </BulkBar>
      )}
    </div>
  )
}

const Room = ({ height }: { height: number }) => <tr aria-hidden style={{ height }} />
