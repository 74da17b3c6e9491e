import {
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  createColumnHelper,
  metaHelper,
  tableFeatures,
} from '@tanstack/react-table'
import type { FoundJob, JobSort } from '../../../contract/jobs.ts'
import { DayText, InstantText } from '../../ui/day-text.tsx'
import { Found } from '../../ui/marked.tsx'
import { PayText } from '../../ui/pay-text.tsx'
import { JobStatusBadge, StatusBadge } from '../../ui/status-badge.tsx'
import { jobTypeWords } from '../../ui/words.ts'
import type { ColumnRoom } from './column-widths.ts'
import { Match, None, Place, Skills, TitleLink } from './job-cells.tsx'

type ColumnMeta = Omit<ColumnRoom, 'id'> & {
  /** What a press on the header sorts by, first this way and then the other. */
  sort?: JobSort
  end?: boolean
}

export const features = tableFeatures({
  columnVisibilityFeature,
  columnSizingFeature,
  columnResizingFeature,
  columnMeta: metaHelper<ColumnMeta>(),
})

const helper = createColumnHelper<typeof features, FoundJob>()

export const jobColumns = helper.columns([
  helper.accessor('company', {
    header: 'Company',
    cell: ({ row: { original: job } }) => <Found text={job.company} markup={job.highlights?.company} />,
    meta: { min: 130, ideal: 168, grow: 1, spare: 0, sort: 'company' },
  }),
  helper.accessor('title', {
    header: 'Title',
    cell: ({ row }) => <TitleLink job={row.original} />,
    meta: { min: 200, ideal: 256, grow: 3, spare: 0, sort: 'title' },
  }),
  helper.accessor('location', {
    header: 'Place',
    cell: ({ row }) => <Place job={row.original} />,
    meta: { min: 120, ideal: 180, grow: 1, spare: 3 },
  }),
  helper.display({
    id: 'pay',
    header: 'Pay',
    cell: ({ row: { original: job } }) => (
      <PayText
        min={job.salary_min}
        max={job.salary_max}
        currency={job.salary_currency}
        // By the year is what one expects; anything else is said.
        period={job.salary_period === 'year' ? null : job.salary_period}
        compact
      />
    ),
    meta: { min: 136, ideal: 148, grow: 0, spare: 1, sort: '-salary' },
  }),
  helper.accessor('tech_stack', {
    header: 'Skills',
    cell: ({ row, column }) => (
      <Skills skills={row.original.tech_stack} room={column.getSize()} found={row.original.highlights?.tech_stack} />
    ),
    meta: { min: 130, ideal: 220, grow: 2, spare: 4 },
  }),
  helper.accessor('match_score', {
    header: 'Match',
    cell: ({ row }) => <Match score={row.original.match_score} />,
    meta: { min: 102, ideal: 104, grow: 0, spare: 5, sort: '-match_score' },
  }),
  helper.accessor('application_status', {
    header: 'Application',
    cell: ({ row: { original: job } }) => (job.application_status ? <StatusBadge status={job.application_status} /> : <None />),
    meta: { min: 120, ideal: 124, grow: 0, spare: 0 },
  }),
  helper.accessor('created_at', {
    header: 'Added',
    cell: ({ row }) => <InstantText at={row.original.created_at} show="relative" />,
    meta: { min: 132, ideal: 136, grow: 0, spare: 2, sort: '-created_at' },
  }),
  helper.accessor('job_type', {
    header: 'Kind',
    cell: ({ row: { original: job } }) => (job.job_type ? jobTypeWords[job.job_type] : <None />),
    meta: { min: 90, ideal: 100, grow: 0, spare: 0 },
  }),
  helper.accessor('status', {
    header: 'Posting',
    cell: ({ row }) => <JobStatusBadge status={row.original.status} />,
    meta: { min: 100, ideal: 108, grow: 0, spare: 0 },
  }),
  helper.accessor('priority', {
    header: 'Priority',
    cell: ({ row: { original: job } }) => (job.priority > 0 ? job.priority : <None />),
    meta: { min: 80, ideal: 88, grow: 0, spare: 0, sort: '-priority' },
  }),
  helper.accessor('source', {
    header: 'Found via',
    cell: ({ row }) => row.original.source ?? <None />,
    meta: { min: 110, ideal: 130, grow: 0, spare: 0 },
  }),
  helper.accessor('tags', {
    header: 'Tags',
    cell: ({ row }) => row.original.tags.join(', ') || <None />,
    meta: { min: 100, ideal: 140, grow: 1, spare: 0 },
  }),
  helper.accessor('posted_on', {
    header: 'Posted',
    cell: ({ row }) => <DayText day={row.original.posted_on} show="date" />,
    meta: { min: 100, ideal: 112, grow: 0, spare: 0, sort: '-posted_on' },
  }),
  helper.accessor('deadline_on', {
    header: 'Deadline',
    cell: ({ row }) => <DayText day={row.original.deadline_on} show="date" />,
    meta: { min: 104, ideal: 112, grow: 0, spare: 0, sort: 'deadline_on' },
  }),
  helper.accessor('updated_at', {
    header: 'Changed',
    cell: ({ row }) => <InstantText at={row.original.updated_at} show="relative" />,
    meta: { min: 132, ideal: 136, grow: 0, spare: 0, sort: '-updated_at' },
  }),
])

export const columnNames = jobColumns.map((column) => ({
  id: 'accessorKey' in column ? String(column.accessorKey) : String(column.id),
  label: String(column.header),
  meta: column.meta as ColumnMeta,
}))

/** Shown until somebody chooses otherwise. */
export const usualColumns = ['company', 'title', 'location', 'pay', 'tech_stack', 'match_score', 'application_status', 'created_at']
