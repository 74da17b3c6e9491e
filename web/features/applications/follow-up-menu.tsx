import { Button, Popover, Stack } from '@mantine/core'
import { DatePicker } from '@mantine/dates'
import '@mantine/dates/styles.css'
import type { ReactNode } from 'react'
import type { Application } from '../../../contract/applications.ts'
import { addDays, shortDay, todayIn } from '../../ui/days.ts'
import { useUserLocale } from '../../ui/user-locale.tsx'
import classes from './follow-up-menu.module.css'
import { closesOn } from './status-menu.tsx'
import { snoozed, useFollowUp } from './use-follow-up.ts'

type FollowUpMenuProps = { application: Application; opened: boolean; onChange: (opened: boolean) => void; children: ReactNode }

const firstDay = { sunday: 0, monday: 1, saturday: 6 } as const

/** When to ask again: one of three days by a click, or any from the month. */
export function FollowUpMenu({ application, opened, onChange, children }: FollowUpMenuProps) {
  return (
    <Popover opened={opened} onChange={onChange} position="bottom-start" trapFocus returnFocus clickOutsideEvents={closesOn}>
      <Popover.Target>{children}</Popover.Target>
      {opened && (
        <Popover.Dropdown aria-modal aria-labelledby={undefined} aria-label="Follow up" p={12}>
          <Choices application={application} onDone={() => onChange(false)} />
        </Popover.Dropdown>
      )}
    </Popover>
  )
}

function Choices({ application, onDone }: { application: Application; onDone: () => void }) {
  const { timezone, locale, weekStartsOn } = useUserLocale()
  const followUp = useFollowUp()
  const today = todayIn(timezone)
  const now = application.follow_up_on
  const isLater = now !== null && now > today
  const set = (day: string | null) => {
    void followUp.set(application, day)
    onDone()
  }
  const days = [
    { label: 'Tomorrow', day: addDays(today, 1) },
    { label: isLater ? '3 days later' : 'In 3 days', day: snoozed(now, 3, today) },
    { label: isLater ? '7 days later' : 'In 7 days', day: snoozed(now, 7, today) },
  ]
  return (
    <Stack gap={4}>
      {days.map(({ label, day }, at) => (
        <Button
          key={label}
          variant="default"
          fullWidth
          justify="space-between"
          rightSection={<span className={classes.day}>{shortDay(day, today, locale)}</span>}
          onClick={() => set(day)}
          data-autofocus={at === 1 || undefined}
        >
          {label}
        </Button>
      ))}
      {now !== null && (
        <Button variant="subtle" color="gray" onClick={() => set(null)}>
          No follow-up
        </Button>
      )}
      <DatePicker
        mt={8}
        value={now}
        onChange={(day) => day !== null && set(day)}
        minDate={today}
        firstDayOfWeek={firstDay[weekStartsOn]}
        ariaLabels={{ nextMonth: 'Next month', previousMonth: 'Month before', monthLevelControl: 'Choose a month' }}
      />
    </Stack>
  )
}
