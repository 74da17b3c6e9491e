import { Button, Group } from '@mantine/core'
import type { RefObject } from 'react'
import type { Total } from '../../../contract/fields.ts'
import type { Job } from '../../../contract/jobs.ts'
import { ExportMenu } from '../../ui/export-menu.tsx'
import { FilterBar, namesOf } from '../../ui/filter-bar.tsx'
import { useIsPhone } from '../../ui/use-is-phone.ts'
import { useUserLocale } from '../../ui/user-locale.tsx'
import { FilterSheet } from './filter-sheet.tsx'
import { alwaysShown, jobFilters } from './job-filters.ts'
import { MoreFilters } from './more-filters.tsx'
import { isFiltered, type JobSearch, listQueryOf } from './search.ts'
import { SearchBox } from './search-box.tsx'
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
  onLeave: () => void
  /** On a phone, where no box shows when a row is pointed at. */
  onPick: () => void
}

export function JobsToolbar({ jobs, total, search, onChange, onClear, box, onLeave, onPick }: JobsToolbarProps) {
  const isPhone = useIsPhone()
  const filters = jobFilters(jobs)
  const isUsed = (names: string[]) => names.some((name) => search[name as keyof JobSearch] !== undefined)
  const shown = filters.filter((filter, index) => index < alwaysShown || isUsed(namesOf(filter)))
  return (
    <>
      <Group gap={8} wrap="nowrap">
        <SearchBox
          value={search.q ?? ''}
          onChange={(text) => onChange({ q: text === '' ? undefined : text })}
          box={box}
          onLeave={onLeave}
        />
        {isPhone && <FilterSheet filters={filters} search={search} onChange={onChange} onClear={onClear} />}
        <Group gap={8} ml="auto" wrap="nowrap">
          {!isPhone && <HowMany total={total} />}
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

/** `117 jobs`, `more than 10,000 jobs`. */
function HowMany({ total }: { total: Total | undefined }) {
  const { locale } = useUserLocale()
  const number = total?.value.toLocaleString(locale)
  return (
    <output className={classes.total}>
      {total && `${total.relation === 'exact' ? number : `more than ${number}`} ${total.value === 1 ? 'job' : 'jobs'}`}
    </output>
  )
}
