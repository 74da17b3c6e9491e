import { Skeleton } from '@mantine/core'
import { type MouseEvent, useCallback, useMemo } from 'react'
import type { FoundJob } from '../../../contract/jobs.ts'
import { Found, Marked } from '../../ui/marked.tsx'
import { PayText } from '../../ui/pay-text.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { SelectBox } from '../bulk/select-box.tsx'
import { useLongPress } from '../bulk/use-long-press.ts'
import { type SelectionStore, useIsPicking } from '../bulk/use-selection.ts'
import { Place, TitleLink } from './job-cells.tsx'
import { excerptOfJob } from './job-excerpt.ts'
import type { JobRowsProps } from './job-rows.tsx'
import classes from './jobs-list.module.css'
import { useVirtualRows } from './use-virtual-rows.ts'

const rowHeight = 64
const excerptHeight = 20

/** The table on a phone: two lines a job. */
export function JobsList({ jobs, total, isStale, selection, cursor, openId, onOpen, hasMore, loadMore, handle }: JobRowsProps) {
  const ids = useMemo(() => jobs.map((job) => job.id), [jobs])
  const excerpts = useMemo(() => jobs.map((job) => excerptOfJob(job, false)), [jobs])
  const heightOf = useCallback((index: number) => rowHeight + (excerpts[index] ? excerptHeight : 0), [excerpts])
  const { scroller, rows, height } = useVirtualRows({ ids, heightOf, headHeight: 0, hasMore, loadMore, openId, handle })
  const isPicking = useIsPicking(selection)
  const press = useLongPress(selection.toggle)
  return (
    <div className={classes.scroller} ref={scroller} data-stale={isStale || undefined}>
      <ul aria-label="Jobs" className={classes.list} style={{ height }} data-picking={isPicking || undefined} {...press}>
        {rows.map((item) => {
          const job = jobs[item.index]
          return (
            <li
              key={item.key}
              className={classes.item}
              style={{ height: item.size, transform: `translateY(${item.start}px)` }}
              aria-setsize={total.relation === 'exact' ? total.value : -1}
              aria-posinset={item.index + 1}
              data-id={job?.id}
              data-current={(job && job.id === cursor.current) || undefined}
            >
              {job ? (
                <TwoLines job={job} excerpt={excerpts[item.index] ?? null} selection={selection} isPicking={isPicking} onOpen={onOpen} />
              ) : (
                <Skeleton height={12} width="60%" />
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

type TwoLinesProps = {
  job: FoundJob
  excerpt: string | null
  selection: SelectionStore
  isPicking: boolean
  onOpen: JobRowsProps['onOpen']
}

function TwoLines({ job, excerpt, selection, isPicking, onOpen }: TwoLinesProps) {
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    if (isPicking) selection.toggle(job.id)
    else onOpen(job.id, { byKey: false })
  }
  const hasPay = job.salary_min !== null || job.salary_max !== null
  return (
    <>
      {isPicking && (
        <span className={classes.select}>
          <SelectBox selection={selection} id={job.id} name={`${job.title}, ${job.company}`} />
        </span>
      )}
      <div className={classes.lines}>
        <span className={classes.line}>
          <span className={classes.title}>
            <TitleLink job={job} onClick={open} />
          </span>
          {job.application_status && <StatusBadge status={job.application_status} />}
        </span>
        <span className={classes.line}>
          <span className={classes.rest}>
            <Found text={job.company} markup={job.highlights?.company} />
            {(job.location || job.remote_option) && (
              <>
                {' · '}
                <Place job={job} />
              </>
            )}
          </span>
          {hasPay && (
            <span className={classes.pay}>
              <PayText min={job.salary_min} max={job.salary_max} currency={job.salary_currency} period={null} compact />
            </span>
          )}
        </span>
        {excerpt !== null && (
          <span className={classes.excerpt}>
            <Marked markup={excerpt} />
          </span>
        )}
      </div>
    </>
  )
}
