import { Group, SegmentedControl } from '@mantine/core'
import { notificationTypes } from '../../../contract/notifications.ts'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { type InboxSearch, type InboxView, searchOfView, viewOf } from './search.ts'
import { typeGroups, typeWords } from './type-words.ts'

type InboxFiltersProps = { search: InboxSearch; onChange: (changes: Partial<InboxSearch>) => void }

const views: { value: InboxView; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'unread', label: 'Unread' },
  { value: 'snoozed', label: 'Put away' },
]

const order = typeGroups.flatMap(({ types }) => types.map(({ type }) => type))
const options = notificationTypes
  .toSorted((a, b) => order.indexOf(a) - order.indexOf(b))
  .map((value) => ({ value, label: typeWords[value].label }))

export function InboxFilters({ search, onChange }: InboxFiltersProps) {
  return (
    <Group gap={12}>
      <SegmentedControl
        aria-label="Show"
        data={views}
        value={viewOf(search)}
        onChange={(view) => onChange(searchOfView(view as InboxView))}
      />
      <FilterBar
        filters={[{ kind: 'choice', name: 'type', label: 'Kind', options }]}
        search={search}
        onChange={(changes) => onChange(changes as Partial<InboxSearch>)}
      />
    </Group>
  )
}
