import { Group, NativeSelect, SegmentedControl, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconLayoutKanban, IconList, IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { ApplicationSort } from '../../../contract/applications.ts'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { useKeys } from '../../ui/keys.ts'
import classes from './list-controls.module.css'
import { type ApplicationsSearch, filters } from './search.ts'

type ListControlsProps = { search: ApplicationsSearch; onChange: (changes: Partial<ApplicationsSearch>) => void }

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

export function ListControls({ search, onChange }: ListControlsProps) {
  const isBoard = search.view !== 'table'
  return (
    <>
      <div className={classes.row}>
        <SearchBox value={search.q ?? ''} onChange={(q) => onChange({ q: q || undefined })} />
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

function SearchBox({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [typed, setTyped] = useState(value)
  const box = useRef<HTMLInputElement>(null)
  const save = useDebouncedCallback(onChange, 200)
  useEffect(() => {
    // Another filter cleared it, or the way back did; while it is typed in, the box leads.
    if (document.activeElement !== box.current) setTyped(value)
  }, [value])
  useKeys('Applications', [{ keys: '/', label: 'Find an application', run: () => box.current?.focus() }])
  return (
    <TextInput
      ref={box}
      type="search"
      className={classes.search}
      aria-label="Find an application"
      placeholder="Company, title, notes or contact"
      leftSection={<IconSearch size={16} />}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        save(event.currentTarget.value.trim())
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur()
      }}
    />
  )
}
