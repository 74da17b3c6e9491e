import { ActionIcon, Button, Drawer, Group, Indicator, Select, Stack } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { type Filter, namesOf } from '../../ui/filter-bar.tsx'
import { FilterFields } from '../../ui/filter-fields.tsx'
import { sortOptionsFor } from './job-filters.ts'
import type { Change } from './jobs-toolbar.tsx'
import { type JobSearch, sortIn } from './search.ts'

type FilterSheetProps = { filters: Filter[]; search: JobSearch; onChange: Change; onClear: () => void }

/** All filters and the sort, for a phone. */
export function FilterSheet({ filters, search, onChange, onClear }: FilterSheetProps) {
  const [isOpen, sheet] = useDisclosure(false)
  const used = filters.filter((filter) => namesOf(filter).some((name) => search[name as keyof JobSearch] !== undefined)).length
  const label = used === 0 ? 'Filters and sort' : `Filters and sort, ${used} in use`
  return (
    <>
      <Indicator label={used} size={16} disabled={used === 0} color="accent">
        <ActionIcon variant="default" size={36} aria-label={label} onClick={sheet.open} aria-haspopup="dialog">
          <IconAdjustmentsHorizontal size={18} stroke={1.5} />
        </ActionIcon>
      </Indicator>
      <Drawer
        opened={isOpen}
        onClose={sheet.close}
        position="bottom"
        size="85%"
        // The first of the fields would open its suggestions at once.
        title={
          <span tabIndex={-1} data-autofocus style={{ outline: 'none' }}>
            Filters and sort
          </span>
        }
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <Stack gap={20} pb={72}>
          <Select
            label="Sort"
            data={sortOptionsFor(search)}
            value={sortIn(search)}
            onChange={(sort) => onChange({ sort: sort ?? undefined })}
            allowDeselect={false}
          />
          {filters.map((filter) => (
            <FilterFields key={filter.name} filter={filter} search={search} onChange={onChange as (changes: object) => void} />
          ))}
        </Stack>
        <Group pos="sticky" bottom={-16} py={12} bg="var(--mantine-color-body)" grow>
          <Button variant="default" onClick={onClear} disabled={used === 0}>
            Clear filters
          </Button>
          <Button onClick={sheet.close}>Show the jobs</Button>
        </Group>
      </Drawer>
    </>
  )
}
