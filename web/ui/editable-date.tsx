import { DateInput } from '@mantine/dates'
import '@mantine/dates/styles.css'
import type { DayString } from './days.ts'
import { type EditableProps, frameOf, saveKeys, saveMark } from './editable.tsx'
import { useSavedField } from './use-saved-field.ts'
import { useUserLocale } from './user-locale.tsx'

const firstDay = { sunday: 0, monday: 1, saturday: 6 } as const

type EditableDateProps = EditableProps<DayString | null> & { min?: DayString; max?: DayString; required?: boolean }

/** A calendar day, typed or picked; saved when picked, on Enter or when it is left. */
export function EditableDate({ value, save, name, min, max, required = false, ...frame }: EditableDateProps) {
  const { weekStartsOn } = useUserLocale()
  const field = useSavedField<DayString | null>({ value, save, name, label: frame.label })
  const commit = (next: DayString | null) => {
    if (next === null && required) field.cancel()
    else void field.commit(next)
  }
  return (
    <DateInput
      {...frameOf(frame, field)}
      value={field.shown}
      // Typing changes the value letter by letter: only a picked day, Enter or leaving saves.
      onChange={(day) => (day === null ? commit(null) : field.edit(day))}
      onBlur={() => commit(field.shown)}
      getDayProps={(day) => ({ onClick: () => commit(day) })}
      onKeyDown={saveKeys(() => commit(field.shown), field.cancel, field.isDirty)}
      valueFormat="D MMM YYYY"
      dateParser={readDay}
      firstDayOfWeek={firstDay[weekStartsOn]}
      clearable={!required}
      clearButtonProps={{ 'aria-label': `Clear ${frame.label}` }}
      rightSection={saveMark(field.state)}
      ariaLabels={calendarLabels}
      popoverProps={{ transitionProps: { duration: 120 } }}
      {...(min ? { minDate: min } : {})}
      {...(max ? { maxDate: max } : {})}
    />
  )
}

/** Its buttons are signs only. */
export const calendarLabels = {
  previousMonth: 'The month before',
  nextMonth: 'The month after',
  previousYear: 'The year before',
  nextYear: 'The year after',
  previousDecade: 'The ten years before',
  nextDecade: 'The ten years after',
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** `3 Dec 2026`, `3 Dec`, `2026-12-03`, `3.12.2026`; anything else is not taken. */
export function readDay(text: string): DayString | null {
  const iso = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*$/.exec(text)
  const dotted = /^\s*(\d{1,2})[./](\d{1,2})[./](\d{4})\s*$/.exec(text)
  const named = /^\s*(\d{1,2})\.?\s+([a-z]{3})[a-z]*\.?\s*(\d{4})?\s*$/i.exec(text)
  if (iso) return validDay(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  if (dotted) return validDay(Number(dotted[3]), Number(dotted[2]), Number(dotted[1]))
  if (named)
    return validDay(Number(named[3] ?? new Date().getFullYear()), months.indexOf(String(named[2]).toLowerCase()) + 1, Number(named[1]))
  return null
}

function validDay(year: number, month: number, day: number): DayString | null {
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : null
}
