import { DateInput } from '@mantine/dates'
import '@mantine/dates/styles.css'
import type { DayString } from './days.ts'
import { calendarLabels, readDay } from './editable-date.tsx'
import { useUserLocale } from './user-locale.tsx'

const firstDay = { sunday: 0, monday: 1, saturday: 6 } as const

type DayInputProps = {
  label: string
  /** '' while there is none. */
  value: DayString
  onChange: (day: DayString) => void
  min?: DayString
  max?: DayString
  error?: string | null
}

/** A calendar day in a form, typed or picked; written out, so that nobody has to guess which number is the month. */
export function DayInput({ label, value, onChange, min, max, error }: DayInputProps) {
  const { weekStartsOn } = useUserLocale()
  return (
    <DateInput
      label={label}
      value={value === '' ? null : value}
      onChange={(day) => onChange(day ?? '')}
      error={error}
      valueFormat="D MMM YYYY"
      dateParser={readDay}
      firstDayOfWeek={firstDay[weekStartsOn]}
      ariaLabels={calendarLabels}
      popoverProps={{ transitionProps: { duration: 120 } }}
      {...(min ? { minDate: min } : {})}
      {...(max ? { maxDate: max } : {})}
    />
  )
}
