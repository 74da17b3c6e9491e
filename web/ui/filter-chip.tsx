import { Popover, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { type Filter, namesOf, type Search } from './filter-bar.tsx'
import classes from './filter-chip.module.css'
import { FilterFields } from './filter-fields.tsx'

type FilterChipProps = { filter: Filter; search: Search; onChange: (changes: Search) => void }

const listed = (value: unknown): string[] => (value === undefined ? [] : Array.isArray(value) ? value.map(String) : [String(value)])

/** `Remote, Hybrid`, `from 60000`; null when the filter is not used. */
export function chosenText(filter: Filter, search: Search): string | null {
  const [first = '', second = ''] = namesOf(filter)
  if (filter.kind === 'choice') {
    const words = listed(search[first]).map((value) => filter.options.find((option) => option.value === value)?.label ?? value)
    return words.length === 0 ? null : words.length > 2 ? `${words[0]} and ${words.length - 1} more` : words.join(', ')
  }
  if (filter.kind === 'words') return listed(search[first]).join(', ') || null
  if (filter.kind === 'flag') return search[first] === undefined ? null : search[first] === true ? filter.yes : filter.no
  const from = search[first]
  const to = search[second]
  if (filter.kind === 'numbers' && filter.only === 'max') return from === undefined ? null : `up to ${from}`
  if (from === undefined) return to === undefined ? null : `up to ${to}`
  return to === undefined ? `from ${from}` : `${from} to ${to}`
}

export function FilterChip({ filter, search, onChange }: FilterChipProps) {
  const [isOpen, setOpen] = useState(false)
  const chosen = chosenText(filter, search)
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" width={260} trapFocus returnFocus>
      <span className={classes.chip} data-active={chosen !== null || undefined}>
        <Popover.Target>
          <UnstyledButton className={classes.open} onClick={() => setOpen(!isOpen)} aria-haspopup="dialog" aria-expanded={isOpen}>
            <span>
              {filter.label}
              {chosen !== null && <b>: {chosen}</b>}
            </span>
            {chosen === null && <IconChevronDown size={14} aria-hidden />}
          </UnstyledButton>
        </Popover.Target>
        {chosen !== null && (
          <UnstyledButton
            className={classes.remove}
            aria-label={`Remove filter ${filter.label}`}
            onClick={() => onChange(Object.fromEntries(namesOf(filter).map((name) => [name, undefined])))}
          >
            <IconX size={14} />
          </UnstyledButton>
        )}
      </span>
      <Popover.Dropdown aria-label={`Filter ${filter.label}`}>
        <FilterFields filter={filter} search={search} onChange={onChange} />
      </Popover.Dropdown>
    </Popover>
  )
}
