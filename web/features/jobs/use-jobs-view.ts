import { useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Job } from '../../../contract/jobs.ts'
import { useStored } from '../../ui/stored.ts'
import { useViewsOf } from '../views/api.ts'
import { usualColumns } from './job-columns.tsx'

type JobsView = {
  /** Null: the usual ones. */
  columns: string[] | null
  /** Set by hand, in px. */
  sizes: Record<string, number>
  compact: boolean
}

const initial: JobsView = { columns: null, sizes: {}, compact: false }

/** How this device shows the table: the columns of a saved view are its own. */
export function useJobsView(jobs: Job[]) {
  const { saved } = useSearch({ strict: false }) as { saved?: string }
  const own = useViewsOf('jobs').find(({ id }) => id === saved)
  const [stored, setStored] = useStored<JobsView | null>(own ? `jobs-view ${own.id}` : 'jobs-view', null)
  const asSaved = useMemo(() => ({ ...initial, columns: own?.columns ?? null }), [own?.columns])
  const view = stored ?? asSaved
  const setView = (change: JobsView | ((old: JobsView) => JobsView)) =>
    setStored((old) => (typeof change === 'function' ? change(old ?? asSaved) : change))
  const hasMatch = jobs.some((job) => job.match_score !== null)
  const columnIds = useMemo(() => (view.columns ?? usualColumns).filter((id) => id !== 'match_score' || hasMatch), [view.columns, hasMatch])
  return {
    view,
    setView,
    reset: () => setStored(null),
    columnIds,
    hasChosenColumns: view.columns !== null,
    rowHeight: view.compact ? 32 : 40,
    hasMatch,
  }
}
