import { useElementSize, useMergedRef } from '@mantine/hooks'
import { type Updater, useTable } from '@tanstack/react-table'
import { type CSSProperties, useCallback, useMemo } from 'react'
import type { FoundJob } from '../../../contract/jobs.ts'
import { fitColumns } from './column-widths.ts'
import { columnNames, features, jobColumns } from './job-columns.tsx'
import { excerptOfJob } from './job-excerpt.ts'
import { JobRow, WaitingRow } from './job-row.tsx'
import type { JobRowsProps } from './job-rows.tsx'
import classes from './jobs-table.module.css'
import { TableHead } from './table-head.tsx'
import { useJobsView } from './use-jobs-view.ts'
import { useVirtualRows } from './use-virtual-rows.ts'

const headHeight = 36
const excerptHeight = 22
/** Of the boxes that select. */
const gutterWidth = 40

type Sizes = Record<string, number>

/** Every column is measured here and not by the browser: rows that are not drawn cannot take part in its layout. */
export function JobsTable(props: JobRowsProps) {
  const { jobs, total, isStale, selection, cursor, openId, onOpen, sort, onSort, hasMore, loadMore, handle } = props
  const { view, setView, columnIds, hasChosenColumns, rowHeight } = useJobsView(jobs)
  const { ref: measured, width } = useElementSize<HTMLDivElement>()
  const { widths, leftOut } = useMemo(
    () =>
      fitColumns(
        columnNames.filter(({ id }) => columnIds.includes(id)).map(({ id, meta }) => ({ ...meta, id })),
        view.sizes,
        width - gutterWidth,
        !hasChosenColumns,
      ),
    [columnIds, view.sizes, width, hasChosenColumns],
  )
  const columnVisibility = useMemo(
    () => Object.fromEntries(columnNames.map(({ id }) => [id, columnIds.includes(id) && !leftOut.includes(id)])),
    [columnIds, leftOut],
  )
  const table = useTable({
    features,
    columns: jobColumns,
    data: jobs,
    getRowId: (job) => job.id,
    state: { columnVisibility, columnSizing: widths },
    columnResizeMode: 'onChange',
    defaultColumn: { minSize: 64, maxSize: 720 },
    onColumnSizingChange: (updater: Updater<Sizes>) => {
      const next = typeof updater === 'function' ? updater(widths) : updater
      const changed = Object.entries(next).filter(([id, size]) => widths[id] !== size)
      if (changed.length > 0) setView((old) => ({ ...old, sizes: { ...old.sizes, ...Object.fromEntries(changed) } }))
    },
  })
  const resetSize = (id: string) => setView(({ sizes: { [id]: _, ...sizes }, ...old }) => ({ ...old, sizes }))

  const ids = useMemo(() => jobs.map((job) => job.id), [jobs])
  const excerpts = useMemo(() => jobs.map((job) => excerptOfJob(job, true)), [jobs])
  const heightOf = useCallback((index: number) => rowHeight + (excerpts[index] ? excerptHeight : 0), [rowHeight, excerpts])
  const { scroller, rows, height } = useVirtualRows({ ids, heightOf, headHeight, hasMore, loadMore, openId, handle })
  const shown = table.getVisibleLeafColumns()
  const tracks = `${gutterWidth}px ${shown.map((column) => `${column.getSize()}px`).join(' ')} minmax(0, 1fr)`
  const style = { '--tracks': tracks, '--row': `${rowHeight}px`, minWidth: gutterWidth + table.getTotalSize() } as CSSProperties
  // Without a cursor, Tab comes to the first row.
  const tabStop = cursor.current ?? ids[0]

  return (
    <div className={classes.scroller} ref={useMergedRef(scroller, measured)} data-stale={isStale || undefined}>
      <table
        className={classes.table}
        aria-label="Jobs"
        aria-rowcount={total.relation === 'exact' ? total.value + 1 : -1}
        aria-colcount={shown.length + 1}
        style={style}
      >
        <TableHead table={table} ids={ids} selection={selection} sort={sort} onSort={onSort} onResetSize={resetSize} />
        <tbody className={classes.body} style={{ height }}>
          {rows.map((item) => {
            const row = table.getRowModel().rows[item.index]
            const top = item.start - headHeight
            return row ? (
              <JobRow
                key={row.id}
                cells={row.getVisibleCells()}
                tracks={tracks}
                job={row.original}
                excerpt={excerpts[item.index] ?? null}
                index={item.index}
                top={top}
                isCurrent={row.id === cursor.current}
                isOpen={row.id === openId}
                isTabStop={row.id === tabStop}
                selection={selection}
                onPoint={cursor.setCurrent}
                onOpen={onOpen}
              />
            ) : (
              <WaitingRow key={item.key} top={top} />
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

export type JobCell = ReturnType<
  ReturnType<ReturnType<typeof useTable<typeof features, FoundJob>>['getRowModel']>['rows'][number]['getVisibleCells']
>[number]
