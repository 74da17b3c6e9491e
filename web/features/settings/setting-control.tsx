import { EditableNumber } from '../../ui/editable-number.tsx'
import { EditableSelect } from '../../ui/editable-select.tsx'
import type { SettingEntry } from './settings-entries.ts'

type SettingControlProps = { entry: SettingEntry; value: string | number; save: (value: string | number) => Promise<unknown> }

export function SettingControl({ entry, value, save }: SettingControlProps) {
  const shared = { name: entry.name, label: entry.label, hideLabel: true }
  switch (entry.kind) {
    case 'choice': {
      const options = entry.options()
      const current = String(value)
      const known = options.some((option) => option.value === current)
      return (
        <EditableSelect
          {...shared}
          value={current}
          save={save}
          options={known ? options : [{ value: current, label: current }, ...options]}
          searchable={entry.searchable}
        />
      )
    }
    case 'number':
      return (
        <EditableNumber
          {...shared}
          value={Number(value)}
          save={(number) => save(number ?? Number(value))}
          required
          min={entry.min}
          max={entry.max}
          suffix={entry.suffix}
        />
      )
  }
}
