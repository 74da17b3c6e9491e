import { useMemo } from 'react'
import type { Job } from '../../../contract/jobs.ts'
import { useStored } from '../../ui/stored.ts'
import { usualColumns } from './job-columns.tsx'

type JobsView = {
  /** Null: the usual ones. */
  columns: string[] | null
  /** Set by hand, in px. */
  sizes: Record<string, number>
  compact: boolean
}

const initial: JobsView = { columns: null, sizes: {}, compact: false }

/** How this device shows the table. */
export function useJobsView(jobs: Job[]) {
  const [view, setView] = useStored<JobsView>('jobs-view', initial)
  const hasMatch = jobs.some((job) => job.match_score !== null)
  const columnIds = useMemo(() => (view.columns ?? usualColumns).filter((id) => id !== 'match_score' || hasMatch), [view.columns, hasMatch])
  return { view, setView, columnIds, hasChosenColumns: view.columns !== null, rowHeight: view.compact ? 32 : 40, hasMatch }
}
