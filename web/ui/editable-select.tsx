import { Select } from '@mantine/core'
import { type EditableProps, frameOf, saveMark } from './editable.tsx'
import { useSavedField } from './use-saved-field.ts'

type EditableSelectProps<Value extends string, Nullable extends boolean> = EditableProps<Nullable extends true ? Value | null : Value> & {
  options: { value: Value; label: string }[]
  /** Can be emptied. */
  clearable?: Nullable
  searchable?: boolean
  w?: number
}

/** One of several, saved when chosen. */
export function EditableSelect<Value extends string, Nullable extends boolean = false>({
  value,
  save,
  name,
  options,
  clearable,
  searchable,
  w,
  ...frame
}: EditableSelectProps<Value, Nullable>) {
  const field = useSavedField({ value, save, name, label: frame.label })
  return (
    <Select
      {...frameOf(frame, field)}
      data={options}
      value={field.shown as string | null}
      onChange={(next) => {
        if (next !== null || clearable) void field.commit(next as typeof value)
      }}
      clearable={clearable ?? false}
      clearButtonProps={{ 'aria-label': `Clear ${frame.label}` }}
      searchable={searchable ?? false}
      allowDeselect={false}
      rightSection={saveMark(field.state)}
      nothingFoundMessage="Nothing like this"
      w={w}
    />
  )
}
