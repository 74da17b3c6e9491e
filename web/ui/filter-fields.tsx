import { Checkbox, NumberInput, Radio, ScrollArea, Stack, TagsInput, TextInput } from '@mantine/core'
import { type Filter, namesOf, type Search } from './filter-bar.tsx'

type FilterFieldsProps = { filter: Filter; search: Search; onChange: (changes: Search) => void }

const listed = (value: unknown): string[] => (value === undefined ? [] : Array.isArray(value) ? value.map(String) : [String(value)])
const orNothing = <T,>(values: T[]) => (values.length > 0 ? values : undefined)

/** What opens under a filter's chip. Every change counts at once; there is nothing to apply. */
export function FilterFields({ filter, search, onChange }: FilterFieldsProps) {
  const [first = '', second = ''] = namesOf(filter)
  switch (filter.kind) {
    case 'choice':
      return (
        <Checkbox.Group label={filter.label} value={listed(search[first])} onChange={(values) => onChange({ [first]: orNothing(values) })}>
          <ScrollArea.Autosize mah={320} mt={8}>
            <Stack gap={8}>
              {filter.options.map((option) => (
                <Checkbox key={option.value} value={option.value} label={option.label} />
              ))}
            </Stack>
          </ScrollArea.Autosize>
        </Checkbox.Group>
      )
    case 'words':
      return (
        <TagsInput
          label={filter.label}
          placeholder={filter.placeholder}
          data={filter.suggestions ?? []}
          value={listed(search[first])}
          onChange={(values) => onChange({ [first]: orNothing(values) })}
          comboboxProps={{ withinPortal: false }}
          acceptValueOnBlur
          data-autofocus
        />
      )
    case 'flag':
      return (
        <Radio.Group
          label={filter.label}
          value={search[first] === undefined ? 'any' : String(search[first])}
          onChange={(value) => onChange({ [first]: value === 'any' ? undefined : value === 'true' })}
        >
          <Stack gap={8} mt={8}>
            <Radio value="any" label="Either" />
            <Radio value="true" label={filter.yes} />
            <Radio value="false" label={filter.no} />
          </Stack>
        </Radio.Group>
      )
    case 'days':
      return (
        <Stack gap={8}>
          <TextInput
            type="date"
            label={`${filter.label} from`}
            value={String(search[first] ?? '')}
            onChange={(event) => onChange({ [first]: event.currentTarget.value || undefined })}
            data-autofocus
          />
          <TextInput
            type="date"
            label={`${filter.label} to`}
            value={String(search[second] ?? '')}
            onChange={(event) => onChange({ [second]: event.currentTarget.value || undefined })}
          />
        </Stack>
      )
    case 'numbers':
      return (
        <Stack gap={8}>
          {namesOf(filter).map((name) => (
            <NumberInput
              key={name}
              label={`${filter.label}, ${name.endsWith('_min') ? 'at least' : 'at most'}`}
              value={typeof search[name] === 'number' ? search[name] : ''}
              onChange={(value) => onChange({ [name]: typeof value === 'number' ? value : undefined })}
              thousandSeparator=","
              min={0}
              hideControls
            />
          ))}
        </Stack>
      )
  }
}
