import { Button, Stack } from '@mantine/core'
import { DatePicker } from '@mantine/dates'
import '@mantine/dates/styles.css'
import { shortDay, todayIn } from '../../ui/days.ts'
import { useUserLocale } from '../../ui/user-locale.tsx'
import classes from './follow-up-menu.module.css'

type DayChoicesProps = {
  value: string | null
  /** By one click; the second takes the focus. */
  days: { label: string; day: string }[]
  canClear: boolean
  onPick: (day: string | null) => void
}

const firstDay = { sunday: 0, monday: 1, saturday: 6 } as const

/** One of a few days by a click, or any from the month. */
export function DayChoices({ value, days, canClear, onPick }: DayChoicesProps) {
  const { timezone, locale, weekStartsOn } = useUserLocale()
  const today = todayIn(timezone)
  return (
    <Stack gap={4}>
      {days.map(({ label, day }, at) => (
        <Button
          key={label}
          variant="default"
          fullWidth
          justify="space-between"
          rightSection={<span className={classes.day}>{shortDay(day, today, locale)}</span>}
          onClick={() => onPick(day)}
          data-autofocus={at === 1 || undefined}
        >
          {label}
        </Button>
      ))}
      {canClear && (
        <Button variant="subtle" color="gray" onClick={() => onPick(null)}>
          No follow-up
        </Button>
      )}
      <DatePicker
        mt={8}
        value={value}
        onChange={(day) => day !== null && onPick(day)}
        minDate={today}
        firstDayOfWeek={firstDay[weekStartsOn]}
        ariaLabels={{ nextMonth: 'Next month', previousMonth: 'Month before', monthLevelControl: 'Choose a month' }}
      />
    </Stack>
  )
}
