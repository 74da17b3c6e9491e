import { IconPlus } from '@tabler/icons-react'
import { Outlet, useNavigate, useParams } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import { useInfiniteList } from '../../api/infinite-list.ts'
import { useShown } from '../../api/shown.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { useKeys } from '../../ui/keys.ts'
import { useListCursor } from '../../ui/list-cursor.ts'
import { NewPill } from '../../ui/new-pill.tsx'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import { useIsPhone } from '../../ui/use-is-phone.ts'
import { BulkBar } from '../bulk/bulk-bar.tsx'
import { useSelection } from '../bulk/use-selection.ts'
import { useSelectionKeys } from '../bulk/use-selection-keys.ts'
import { boxKeys } from '../search/box-keys.ts'
import { NoHits } from '../search/no-hits.tsx'
import { ViewState } from '../views/view-state.tsx'
import { ViewsMenu } from '../views/views-menu.tsx'
import { openAddJob } from './adding.ts'
import { countJobs, jobList, useDeleteJob } from './api.ts'
import { askJob } from './asked.ts'
import { JobBulkActions } from './bulk-actions.tsx'
import { jobFilters } from './job-filters.ts'
import { JobRows } from './job-rows.tsx'
import { NoJobsYet } from './jobs-empty.tsx'
import { JobsToolbar } from './jobs-toolbar.tsx'
import { filterIn, isFiltered, sortIn } from './search.ts'
import { useJobsSearch } from './use-jobs-search.ts'
import { useJobsView } from './use-jobs-view.ts'
import { useNewJobs } from './use-new-jobs.ts'
import type { RowsHandle } from './use-virtual-rows.ts'

export function JobsPage() {
  const { search, change, clear } = useJobsSearch()
  const { id: openId } = useParams({ strict: false })
  const navigate = useNavigate()
  const isPhone = useIsPhone()
  const list = useInfiniteList(jobList(search))
  const fresh = useNewJobs(search)
  const deleteJob = useDeleteJob()
  const rows = useRef<RowsHandle>(null)
  const box = useRef<HTMLInputElement>(null)

  const { isNew } = fresh
  const jobs = useMemo(() => list.items.filter((job) => !isNew(job)), [list.items, isNew])
  const ids = useMemo(() => jobs.map((job) => job.id), [jobs])
  const open = useCallback(
    (id: string, { byKey } = { byKey: true }) => {
      if (id !== openId) void navigate({ to: '/jobs/$id', params: { id }, search: true, resetScroll: false, replace: openId !== undefined })
      else if (byKey) void navigate({ to: '/jobs/$id/full', params: { id }, search: true })
    },
    [openId, navigate],
  )
  const cursor = useListCursor({
    scope: 'Jobs',
    ids,
    onOpen: open,
    onMove: (index, id) => {
      rows.current?.reveal(index, id)
      // An open panel goes along, so that postings can be read one after the other.
      if (openId !== undefined && !isPhone) open(id)
    },
    // An open panel has these keys itself.
    actions: openId
      ? []
      : [
          { keys: 'e', label: 'Edit', run: (id) => askJob(id, 'edit', () => open(id)) },
          { keys: 'a', label: 'Apply', run: (id) => askJob(id, 'apply', () => open(id)) },
          { keys: 'Delete', label: 'Delete, with ten seconds to undo', run: (id) => remove(id) },
          { keys: 'Backspace', label: 'Delete', hidden: true, run: (id) => remove(id) },
        ],
  })
  const filter = filterIn(search)
  const columns = useJobsView(jobs)
  const present = { kind: 'jobs', saved: search.saved, query: filter, sort: search.sort, columns: columns.view.columns } as const
  const selection = useSelection({ ids, filter: JSON.stringify(filter), list: JSON.stringify(search), isStale: list.isStale })
  useSelectionKeys({ scope: 'Jobs', selection, cursor })
  useKeys('Jobs', boxKeys('Search jobs', box))

  const remove = (id: string) => {
    const index = ids.indexOf(id)
    const job = jobs[index]
    if (!job) return
    deleteJob(job)
    const next = ids[index + 1] ?? ids[index - 1]
    if (next) {
      cursor.setCurrent(next)
      rows.current?.reveal(Math.min(index, ids.length - 2), next)
    }
    if (openId === id) void navigate({ to: '/jobs', search: true })
  }
  const showNew = () => {
    fresh.accept()
    list.retry()
    if (sortIn(search) === '-created_at') rows.current?.toTop()
  }

  // Another search begins at its top; the rows of the one before stay until then.
  const shown = useShown(search, list.isStale)
  const shownList = JSON.stringify(shown)
  const isFirst = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the list is another
  useEffect(() => {
    if (!isFirst.current) rows.current?.toTop()
    isFirst.current = false
  }, [shownList])

  const isEmpty = list.total?.value === 0
  const hasJobs = !isEmpty || isFiltered(search) || isFiltered(shown)
  const didYouMean = isEmpty && !list.isStale ? list.first?.did_you_mean : undefined
  return (
    <Page shape="fill">
      <PageHeader
        title="Jobs"
        count={!isPhone && <ViewState present={present} onReset={columns.reset} />}
        secondary={hasJobs && <ViewsMenu present={present} onReset={columns.reset} />}
        primary={{ label: isPhone ? 'Add' : 'Add a job', icon: <IconPlus size={16} />, keys: 'n j', onClick: () => openAddJob() }}
      >
        {isPhone && <ViewState present={present} onReset={columns.reset} />}
        {hasJobs && (
          <JobsToolbar
            jobs={jobs}
            total={list.total}
            search={search}
            onChange={change}
            onClear={clear}
            box={box}
            didYouMean={didYouMean}
            onLeave={() => cursor.move(1)}
            onPick={selection.pick}
          />
        )}
      </PageHeader>
      {fresh.count > 0 && <NewPill count={fresh.count} onClick={showNew} />}
      {list.total === undefined ? (
        list.error ? (
          <ErrorState error={list.error} retry={list.retry} />
        ) : (
          <SkeletonRows rows={14} height={40} label="Loading jobs" />
        )
      ) : isEmpty ? (
        isFiltered(shown) ? (
          <NoHits
            kind="jobs"
            filters={jobFilters(jobs)}
            filter={filterIn(shown)}
            didYouMean={didYouMean}
            count={countJobs}
            onChange={change}
            onClear={clear}
          />
        ) : (
          <NoJobsYet />
        )
      ) : (
        <JobRows
          jobs={jobs}
          total={list.total}
          isStale={list.isStale}
          selection={selection}
          cursor={cursor}
          openId={openId}
          onOpen={open}
          sort={sortIn(search)}
          onSort={(sort) => change({ sort })}
          hasMore={list.hasMore}
          loadMore={list.loadMore}
          handle={rows}
        />
      )}
      {list.total && (
        <BulkBar kind="jobs" selection={selection} ids={ids} total={list.total} filter={filter} onHidden={() => rows.current?.takeFocus()}>
          {(choose) => <JobBulkActions choose={choose} jobs={jobs} />}
        </BulkBar>
      )}
      <Outlet />
    </Page>
  )
}
