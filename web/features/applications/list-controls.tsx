import { Group, NativeSelect, SegmentedControl } from '@mantine/core'
import { IconLayoutKanban, IconList } from '@tabler/icons-react'
import { useRef } from 'react'
import type { ApplicationSort } from '../../../contract/applications.ts'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { useKeys } from '../../ui/keys.ts'
import { useIsPhone } from '../../ui/use-is-phone.ts'
import { boxKeys } from '../search/box-keys.ts'
import { QueryBox } from '../search/query-box.tsx'
import { applicationSyntax } from '../search/syntaxes.ts'
import classes from './list-controls.module.css'
import { type ApplicationsSearch, filterIn, filters, queryOf } from './search.ts'

type ListControlsProps = {
  search: ApplicationsSearch
  onChange: (changes: Partial<ApplicationsSearch>, replace?: boolean) => void
  didYouMean: string | undefined
}

/** Of what is typed letter by letter, only the first is a step to come back to. */
const isRefinement = (q: string | undefined, changes: object) => q !== undefined && Object.keys(changes).join() === 'q'

/** Of the board or the table, whichever is shown. */
const focusFirst = () => document.querySelector<HTMLElement>('[data-card] a, tr[data-id] a')?.focus()

const sorts: { value: ApplicationSort; label: string }[] = [
  { value: '-updated_at', label: 'Changed last' },
  { value: 'interview_at', label: 'Next interview' },
  { value: 'follow_up_on', label: 'Next follow-up' },
  { value: 'applied_on', label: 'Waiting longest' },
  { value: '-applied_on', label: 'Applied last' },
  { value: '-created_at', label: 'Added last' },
  { value: 'company', label: 'Company' },
]

const views = [
  { value: 'board', label: 'Board', icon: IconLayoutKanban },
  { value: 'table', label: 'Table', icon: IconList },
]

export function ListControls({ search, onChange, didYouMean }: ListControlsProps) {
  const isPhone = useIsPhone()
  const box = useRef<HTMLInputElement>(null)
  useKeys('Applications', boxKeys('Search applications', box))
  const isBoard = search.view !== 'table'
  return (
    <>
      <div className={classes.row}>
        <QueryBox
          syntax={applicationSyntax}
          label="Search applications"
          placeholder={isPhone ? 'Search applications' : 'Words, or status:applied silent:>=14'}
          box={box}
          q={search.q}
          filter={filterIn(queryOf(search))}
          onChange={(changes) => onChange(changes, isRefinement(search.q, changes))}
          didYouMean={didYouMean}
          onLeave={focusFirst}
        />
        <SegmentedControl
          aria-label="View"
          value={search.view ?? 'board'}
          onChange={(view) => onChange({ view: view === 'table' ? 'table' : undefined })}
          data={views.map(({ value, label, icon: Icon }) => ({
            value,
            label: (
              <Group gap={6} wrap="nowrap">
                <Icon size={16} stroke={1.5} aria-hidden />
                <span className={classes.viewWord}>{label}</span>
              </Group>
            ),
          }))}
        />
      </div>
      <div className={classes.filters}>
        <FilterBar filters={filters} search={search} onChange={onChange}>
          {isBoard && (
            <NativeSelect
              aria-label="Order of the cards"
              size="xs"
              data={sorts}
              value={search.sort ?? '-updated_at'}
              onChange={(event) => {
                const sort = event.currentTarget.value as ApplicationSort
                onChange({ sort: sort === '-updated_at' ? undefined : sort })
              }}
            />
          )}
        </FilterBar>
      </div>
    </>
  )
}
