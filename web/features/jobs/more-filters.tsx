import { Button, Popover, Stack, UnstyledButton } from '@mantine/core'
import { IconArrowLeft, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { type Filter, namesOf } from '../../ui/filter-bar.tsx'
import { FilterFields } from '../../ui/filter-fields.tsx'
import type { Change } from './jobs-toolbar.tsx'
import type { JobSearch } from './search.ts'
import classes from './toolbar.module.css'

type MoreFiltersProps = { filters: Filter[]; search: JobSearch; onChange: Change }

/** The filters that are seldom needed; once used, each becomes a chip like the others. */
export function MoreFilters({ filters, search, onChange }: MoreFiltersProps) {
  const [isOpen, setOpen] = useState(false)
  // Kept here while it is being set, although it has become a chip meanwhile.
  const [chosen, setChosen] = useState<Filter | null>(null)
  const toggle = (next: boolean) => {
    setOpen(next)
    setChosen(null)
  }
  return (
    <Popover opened={isOpen} onChange={toggle} position="bottom-end" width={260} trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
          onClick={() => toggle(!isOpen)}
          aria-haspopup="dialog"
          aria-expanded={isOpen}
        >
          More filters
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="More filters">
        {chosen ? (
          <Stack gap={12} align="stretch">
            <Button
              variant="subtle"
              color="gray"
              size="compact-sm"
              leftSection={<IconArrowLeft size={14} />}
              onClick={() => setChosen(null)}
              style={{ alignSelf: 'flex-start' }}
            >
              Other filters
            </Button>
            <FilterFields filter={chosen} search={search} onChange={onChange as (changes: object) => void} key={namesOf(chosen).join()} />
          </Stack>
        ) : (
          <Stack gap={0}>
            {filters.map((filter) => (
              <UnstyledButton key={filter.name} className={classes.choice} onClick={() => setChosen(filter)}>
                {filter.label}
              </UnstyledButton>
            ))}
          </Stack>
        )}
      </Popover.Dropdown>
    </Popover>
  )
}
