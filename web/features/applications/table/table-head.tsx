import { UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import type { ApplicationSort } from '../../../../contract/applications.ts'
import { SelectLoaded } from '../../bulk/select-box.tsx'
import type { SelectionStore } from '../../bulk/use-selection.ts'
import classes from './application-table.module.css'
import { type Column, columns, nextSort } from './columns.ts'

type TableHeadProps = { ids: readonly string[]; selection: SelectionStore; sort: ApplicationSort; onSort: (sort: ApplicationSort) => void }

export function TableHead({ ids, selection, sort, onSort }: TableHeadProps) {
  const direction = sort.startsWith('-') ? 'descending' : 'ascending'
  const Arrow = direction === 'descending' ? IconArrowDown : IconArrowUp
  return (
    <thead className={classes.head}>
      <tr>
        <th scope="col" data-column="select">
          <SelectLoaded selection={selection} ids={ids} />
        </th>
        {columns.map((column: Column) => {
          const by = column.sort
          const isSorted = by !== undefined && sort.replace('-', '') === by
          return (
            <th key={column.name} scope="col" data-column={column.name} aria-sort={isSorted ? direction : undefined}>
              {by ? (
                <UnstyledButton className={classes.sort} onClick={() => onSort(nextSort({ ...column, sort: by }, sort))}>
                  {column.label}
                  {isSorted && <Arrow size={14} aria-hidden />}
                </UnstyledButton>
              ) : (
                column.label
              )}
            </th>
          )
        })}
      </tr>
    </thead>
  )
}
