import { Button, Group } from '@mantine/core'
import type { ReactNode } from 'react'
import { FilterChip } from './filter-chip.tsx'

/** One filter of a list. `name` is the search parameter; `days` and `numbers` have two, `name_from`/`name_to` and `name_min`/`name_max`. */
export type Filter =
  | { kind: 'choice'; name: string; label: string; options: { value: string; label: string }[] }
  | { kind: 'words'; name: string; label: string; suggestions?: string[]; placeholder?: string }
  | { kind: 'flag'; name: string; label: string; yes: string; no: string }
  | { kind: 'days'; name: string; label: string }
  | { kind: 'numbers'; name: string; label: string; only?: 'min' | 'max' }

export type Search = Record<string, unknown>

type FilterBarProps = {
  filters: Filter[]
  /** The route's search. */
  search: Search
  /** Only what changes; undefined takes a parameter out of the address. */
  onChange: (changes: Search) => void
  /** At the right end: sort, columns, views. */
  children?: ReactNode
}

export const namesOf = (filter: Filter): string[] => {
  if (filter.kind === 'days') return [`${filter.name}_from`, `${filter.name}_to`]
  if (filter.kind === 'numbers') return filter.only ? [`${filter.name}_${filter.only}`] : [`${filter.name}_min`, `${filter.name}_max`]
  return [filter.name]
}

/** Filters as chips, with their state in the address: `onChange={(changes) => navigate({ search: (old) => ({ ...old, ...changes }), replace: true })}`. */
export function FilterBar({ filters, search, onChange, children }: FilterBarProps) {
  const active = filters.flatMap(namesOf).filter((name) => search[name] !== undefined)
  return (
    <Group gap={8} role="group" aria-label="Filters" justify="space-between" wrap="nowrap" align="flex-start">
      <Group gap={8}>
        {filters.map((filter) => (
          <FilterChip key={filter.name} filter={filter} search={search} onChange={onChange} />
        ))}
        {active.length > 0 && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            onClick={() => onChange(Object.fromEntries(active.map((name) => [name, undefined])))}
          >
            Clear filters
          </Button>
        )}
      </Group>
      {children && (
        <Group gap={8} wrap="nowrap">
          {children}
        </Group>
      )}
    </Group>
  )
}
