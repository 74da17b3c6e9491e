import { EditableNumber } from '../../ui/editable-number.tsx'
import { EditableSelect } from '../../ui/editable-select.tsx'
import { useUserLocale } from '../../ui/user-locale.tsx'
import type { SettingEntry } from './settings-entries.ts'

type SettingControlProps = { entry: SettingEntry; value: string | number; save: (value: string | number) => Promise<unknown> }

const hourOptions = (locale: string) =>
  Array.from({ length: 24 }, (_, hour) => ({
    value: String(hour),
    label: new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' }).format(Date.UTC(2026, 0, 1, hour)),
  }))

export function SettingControl({ entry, value, save }: SettingControlProps) {
  const { locale } = useUserLocale()
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
    case 'hour':
      return <EditableSelect {...shared} value={String(value)} save={(hour) => save(Number(hour))} options={hourOptions(locale)} />
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
