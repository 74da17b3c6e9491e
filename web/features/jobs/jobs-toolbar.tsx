import { Button, Group, NativeSelect } from '@mantine/core'
import type { RefObject } from 'react'
import type { Total } from '../../../contract/fields.ts'
import type { Job } from '../../../contract/jobs.ts'
import { ExportMenu } from '../../ui/export-menu.tsx'
import { FilterBar, namesOf } from '../../ui/filter-bar.tsx'
import { totalText } from '../../ui/total-text.ts'
import { useIsPhone } from '../../ui/use-is-phone.ts'
import { useUserLocale } from '../../ui/user-locale.tsx'
import { QueryBox } from '../search/query-box.tsx'
import { jobSyntax } from '../search/syntaxes.ts'
import { FilterSheet } from './filter-sheet.tsx'
import { alwaysShown, jobFilters, sortOptionsFor } from './job-filters.ts'
import { MoreFilters } from './more-filters.tsx'
import { filterIn, isFiltered, type JobSearch, listQueryOf, sortIn, usualSort } from './search.ts'
import classes from './toolbar.module.css'
import { ViewMenu } from './view-menu.tsx'

export type Change = (changes: Partial<Record<keyof JobSearch, unknown>>) => void

type JobsToolbarProps = {
  jobs: Job[]
  total: Total | undefined
  search: JobSearch
  onChange: Change
  onClear: () => void
  box: RefObject<HTMLInputElement | null>
  didYouMean: string | undefined
  onLeave: () => void
  /** On a phone, where no box shows when a row is pointed at. */
  onPick: () => void
}

export function JobsToolbar({ jobs, total, search, onChange, onClear, box, didYouMean, onLeave, onPick }: JobsToolbarProps) {
  const isPhone = useIsPhone()
  const filters = jobFilters(jobs)
  const isUsed = (names: string[]) => names.some((name) => search[name as keyof JobSearch] !== undefined)
  const shown = filters.filter((filter, index) => index < alwaysShown || isUsed(namesOf(filter)))
  return (
    <>
      <Group gap={8} wrap="nowrap">
        <QueryBox
          syntax={jobSyntax}
          label="Search jobs"
          placeholder={isPhone ? 'Search jobs' : 'Words, or company:acme salary:>80k'}
          box={box}
          q={search.q}
          filter={filterIn(search)}
          onChange={onChange}
          didYouMean={didYouMean}
          onLeave={onLeave}
        />
        {isPhone && <FilterSheet filters={filters} search={search} onChange={onChange} onClear={onClear} />}
        <Group gap={8} ml="auto" wrap="nowrap">
          {!isPhone && <HowMany total={total} />}
          {!isPhone && (
            <NativeSelect
              aria-label="Sort"
              miw={136}
              data={sortOptionsFor(search)}
              value={sortIn(search)}
              onChange={(event) =>
                onChange({ sort: event.currentTarget.value === usualSort(search) ? undefined : event.currentTarget.value })
              }
            />
          )}
          <ExportMenu kind="jobs" query={listQueryOf(search)} isFiltered={isFiltered(search)} isDisabled={!total?.value} />
          {!isPhone && <ViewMenu jobs={jobs} />}
        </Group>
      </Group>
      {isPhone ? (
        <Group gap={8} justify="space-between">
          <HowMany total={total} />
          <Button variant="subtle" size="compact-md" mr={-8} onClick={onPick} disabled={!total || total.value === 0}>
            Select
          </Button>
        </Group>
      ) : (
        <FilterBar filters={shown} search={search} onChange={onChange as (changes: object) => void}>
          <MoreFilters filters={filters.filter((filter) => !shown.includes(filter))} search={search} onChange={onChange} />
        </FilterBar>
      )}
    </>
  )
}

/** `117 jobs`, `1,000+ jobs`. */
function HowMany({ total }: { total: Total | undefined }) {
  const { locale } = useUserLocale()
  return <output className={classes.total}>{total && `${totalText(total, locale)} ${total.value === 1 ? 'job' : 'jobs'}`}</output>
}
