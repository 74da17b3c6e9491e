import { Popover } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Application } from '../../../contract/applications.ts'
import { addDays, todayIn } from '../../ui/days.ts'
import { closesOn } from '../../ui/opened-by-key.ts'
import { useUserLocale } from '../../ui/user-locale.tsx'
import { DayChoices } from './day-choices.tsx'
import { snoozed, useFollowUp } from './use-follow-up.ts'

type FollowUpMenuProps = { application: Application; opened: boolean; onChange: (opened: boolean) => void; children: ReactNode }

/** When to ask again. */
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
  const { timezone } = useUserLocale()
  const followUp = useFollowUp()
  const today = todayIn(timezone)
  const now = application.follow_up_on
  const isLater = now !== null && now > today
  const days = [
    { label: 'Tomorrow', day: addDays(today, 1) },
    { label: isLater ? '3 days later' : 'In 3 days', day: snoozed(now, 3, today) },
    { label: isLater ? '7 days later' : 'In 7 days', day: snoozed(now, 7, today) },
  ]
  return (
    <DayChoices
      value={now}
      days={days}
      canClear={now !== null}
      onPick={(day) => {
        void followUp.set(application, day)
        onDone()
      }}
    />
  )
}
