import { Menu, TextInput } from '@mantine/core'
import { IconCalendarPlus, IconCalendarX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Application } from '../../../contract/applications.ts'
import { addDays, shortDay, todayIn } from '../../ui/days.ts'
import { useUserLocale } from '../../ui/user-locale.tsx'
import { closesOn } from './status-menu.tsx'
import { snoozed, useFollowUp } from './use-follow-up.ts'

type FollowUpMenuProps = { application: Application; opened: boolean; onChange: (opened: boolean) => void; children: ReactNode }

export function FollowUpMenu({ application, opened, onChange, children }: FollowUpMenuProps) {
  return (
    <Menu opened={opened} onChange={onChange} position="bottom-start" width={230} clickOutsideEvents={closesOn}>
      <Menu.Target>{children}</Menu.Target>
      {opened && (
        <Menu.Dropdown aria-label="Follow up">
          <Choices application={application} onDone={() => onChange(false)} />
        </Menu.Dropdown>
      )}
    </Menu>
  )
}

function Choices({ application, onDone }: { application: Application; onDone: () => void }) {
  const { timezone, locale } = useUserLocale()
  const followUp = useFollowUp()
  const today = todayIn(timezone)
  const now = application.follow_up_on
  const days = [
    { label: 'Tomorrow', day: addDays(today, 1) },
    { label: now !== null && now > today ? '3 days later' : 'In 3 days', day: snoozed(now, 3, today) },
    { label: now !== null && now > today ? '7 days later' : 'In 7 days', day: snoozed(now, 7, today) },
  ]
  return (
    <>
      <Menu.Label>Follow up</Menu.Label>
      {days.map(({ label, day }) => (
        <Menu.Item
          key={label}
          leftSection={<IconCalendarPlus size={16} stroke={1.5} />}
          rightSection={<span className="dimmed">{shortDay(day, today, locale)}</span>}
          onClick={() => void followUp.set(application, day)}
        >
          {label}
        </Menu.Item>
      ))}
      {now !== null && (
        <Menu.Item leftSection={<IconCalendarX size={16} stroke={1.5} />} onClick={() => void followUp.set(application, null)}>
          No follow-up
        </Menu.Item>
      )}
      <Menu.Divider />
      <TextInput
        type="date"
        label="On a day"
        p={8}
        min={today}
        defaultValue={now ?? ''}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          void followUp.set(application, event.currentTarget.value || null)
          onDone()
        }}
        onBlur={(event) => {
          if (event.currentTarget.value && event.currentTarget.validity.valid) void followUp.set(application, event.currentTarget.value)
        }}
      />
    </>
  )
}
