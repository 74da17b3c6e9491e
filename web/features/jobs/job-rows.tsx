import type { RefObject } from 'react'
import type { Total } from '../../../contract/fields.ts'
import type { FoundJob, JobSort } from '../../../contract/jobs.ts'
import { useIsPhone } from '../../ui/use-is-phone.ts'
import type { SelectionStore } from '../bulk/use-selection.ts'
import { JobsList } from './jobs-list.tsx'
import { JobsTable } from './jobs-table.tsx'
import type { RowsHandle } from './use-virtual-rows.ts'

export type JobRowsProps = {
  jobs: FoundJob[]
  total: Total
  /** The rows are those of the filter before. */
  isStale: boolean
  selection: SelectionStore
  cursor: { current: string | null; setCurrent: (id: string) => void }
  openId: string | undefined
  onOpen: (id: string, how: { byKey: boolean }) => void
  sort: JobSort
  onSort: (sort: JobSort | undefined) => void
  hasMore: boolean
  loadMore: () => void
  handle: RefObject<RowsHandle | null>
}

export const JobRows = (props: JobRowsProps) => (useIsPhone() ? <JobsList {...props} /> : <JobsTable {...props} />)
