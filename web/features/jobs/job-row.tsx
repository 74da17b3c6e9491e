import { Skeleton } from '@mantine/core'
import { flexRender } from '@tanstack/react-table'
import { type MouseEvent, memo, useEffect, useRef } from 'react'
import type { Job } from '../../../contract/jobs.ts'
import { Marked } from '../../ui/marked.tsx'
import { keepText, SelectBox } from '../bulk/select-box.tsx'
import type { SelectionStore } from '../bulk/use-selection.ts'
import classes from './jobs-table.module.css'
import type { JobCell } from './jobs-table.tsx'

type JobRowProps = {
  cells: JobCell[]
  /** Of the columns: what is in a cell may depend on its room. */
  tracks: string
  job: Job
  excerpt: string | null
  index: number
  top: number
  isCurrent: boolean
  isOpen: boolean
  isTabStop: boolean
  selection: SelectionStore
  onPoint: (id: string) => void
  onOpen: (id: string, how: { byKey: boolean }) => void
}

/** Drawn once as it scrolls in, and not again while others do. */
export const JobRow = memo(function JobRow(props: JobRowProps) {
  const { cells, job, excerpt, index, top, isCurrent, isOpen, isTabStop, selection, onPoint, onOpen } = props
  const row = useRef<HTMLTableRowElement>(null)
  // One stop of the Tab key for the whole list; j, k and the arrows go from row to row.
  useEffect(() => {
    const link = row.current?.querySelector<HTMLElement>('[data-row-link]')
    if (link) link.tabIndex = isTabStop ? 0 : -1
  }, [isTabStop])

  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.button !== 0) return
    event.preventDefault()
    onPoint(job.id)
    if (event.shiftKey) {
      selection.extend(job.id)
      return
    }
    onOpen(job.id, { byKey: event.detail === 0 })
  }
  return (
    <tr
      ref={row}
      aria-rowindex={index + 2}
      aria-current={isOpen || undefined}
      className={classes.row}
      data-id={job.id}
      data-current={isCurrent || undefined}
      data-excerpt={excerpt !== null || undefined}
      data-closed={job.status !== 'open' || undefined}
      style={{ transform: `translateY(${top}px)` }}
      onClick={open}
      onMouseDown={keepText}
    >
      <td className={classes.selectCell}>
        <SelectBox selection={selection} id={job.id} name={`${job.title}, ${job.company}`} onPoint={onPoint} isTabStop={isTabStop} />
      </td>
      {cells.map((cell) => (
        <td key={cell.id} className={classes.cell} data-column={cell.column.id}>
          {flexRender(cell.column.columnDef.cell, cell.getContext())}
          {excerpt !== null && cell.column.id === 'title' && (
            <span className={classes.excerpt}>
              <Marked markup={excerpt} />
            </span>
          )}
        </td>
      ))}
    </tr>
  )
})

/** Stands where a row will be. */
export function WaitingRow({ top }: { top: number }) {
  return (
    <tr className={classes.row} style={{ transform: `translateY(${top}px)` }} aria-hidden>
      <td className={classes.cell} style={{ gridColumn: 2 }}>
        <Skeleton height={12} width="60%" />
      </td>
      <td className={classes.cell}>
        <Skeleton height={12} width="70%" />
      </td>
    </tr>
  )
}
