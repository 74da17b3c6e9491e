import { UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { flexRender, type Header, type ReactTable } from '@tanstack/react-table'
import type { KeyboardEvent } from 'react'
import type { Job, JobSort } from '../../../contract/jobs.ts'
import { SelectLoaded } from '../bulk/select-box.tsx'
import type { SelectionStore } from '../bulk/use-selection.ts'
import type { features } from './job-columns.tsx'
import classes from './jobs-table.module.css'

type TableHeadProps = {
  ids: readonly string[]
  selection: SelectionStore
  table: ReactTable<typeof features, Job>
  sort: JobSort
  onSort: (sort: JobSort | undefined) => void
  onResetSize: (id: string) => void
}

const reversed = (sort: JobSort) => (sort.startsWith('-') ? sort.slice(1) : `-${sort}`) as JobSort

export function TableHead({ table, ids, selection, sort, onSort, onResetSize }: TableHeadProps) {
  const headers = table.getHeaderGroups().flatMap((group) => group.headers)
  return (
    <thead className={classes.head}>
      <tr aria-rowindex={1} className={classes.headRow}>
        <th scope="col" className={classes.selectHead}>
          <SelectLoaded selection={selection} ids={ids} />
        </th>
        {headers.map((header) => (
          <ColumnHead key={header.id} header={header} sort={sort} onSort={onSort} onResetSize={onResetSize} />
        ))}
      </tr>
    </thead>
  )
}

type ColumnHeadProps = Omit<TableHeadProps, 'table' | 'ids' | 'selection'> & { header: Header<typeof features, Job, unknown> }

function ColumnHead({ header, sort, onSort, onResetSize }: ColumnHeadProps) {
  const { column } = header
  const own = column.columnDef.meta?.sort
  const isSorted = own !== undefined && sort.replace('-', '') === own.replace('-', '')
  const isDown = sort.startsWith('-')
  const label = flexRender(column.columnDef.header, header.getContext())
  const Arrow = isDown ? IconArrowDown : IconArrowUp

  // First its own way, then the other, then as it was.
  const press = () => own && onSort(!isSorted ? own : sort === own ? reversed(own) : undefined)

  return (
    <th scope="col" className={classes.columnHead} aria-sort={isSorted ? (isDown ? 'descending' : 'ascending') : undefined}>
      {own ? (
        <UnstyledButton className={classes.sort} onClick={press} data-sorted={isSorted || undefined}>
          {label}
          {isSorted && <Arrow size={14} aria-hidden />}
        </UnstyledButton>
      ) : (
        <span className={classes.noSort}>{label}</span>
      )}
      <ColumnEdge header={header} onReset={() => onResetSize(column.id)} />
    </th>
  )
}

type ColumnEdgeProps = { header: Header<typeof features, Job, unknown>; onReset: () => void }

/** Dragged, moved with the arrow keys, or double-clicked for the width that suits. */
function ColumnEdge({ header, onReset }: ColumnEdgeProps) {
  const { column } = header
  const drag = header.getResizeHandler()
  const move = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowLeft' ? -16 : event.key === 'ArrowRight' ? 16 : 0
    if (step === 0) return
    event.preventDefault()
    event.stopPropagation()
    header.table.setColumnSizing((old) => ({ ...old, [column.id]: Math.min(720, Math.max(64, column.getSize() + step)) }))
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> cannot be moved
    <div
      className={classes.edge}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- the same
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={`Width of ${String(column.columnDef.header)}`}
      aria-valuenow={Math.round(column.getSize())}
      aria-valuemin={64}
      aria-valuemax={720}
      data-dragging={column.getIsResizing() || undefined}
      onMouseDown={drag}
      onTouchStart={drag}
      onDoubleClick={onReset}
      onKeyDown={move}
    />
  )
}
