import { Menu } from '@mantine/core'
import { IconBell, IconCalendarEvent, IconProgressCheck, IconTrash } from '@tabler/icons-react'
import { type ApplicationStatus, closedStatuses, openStatuses } from '../../../contract/applications.ts'
import { todayIn } from '../../ui/days.ts'
import { applicationStatusIcons } from '../../ui/status-badge.tsx'
import { useUserLocale } from '../../ui/user-locale.tsx'
import { applicationStatusWords } from '../../ui/words.ts'
import { BarAction, BarMenu, BarPopover } from '../bulk/bar-parts.tsx'
import type { Change } from '../bulk/change.ts'
import { DayChoices } from './day-choices.tsx'
import { snoozed } from './use-follow-up.ts'

/** What can be done with many applications at once. */
export function ApplicationBulkActions({ choose }: { choose: (change: Change) => void }) {
  const { timezone } = useUserLocale()
  const update = (changes: Extract<Change, { kind: 'applications'; action: 'update' }>['changes']) =>
    choose({ kind: 'applications', action: 'update', changes })
  const today = todayIn(timezone)
  const status = (one: ApplicationStatus) => {
    const Icon = applicationStatusIcons[one]
    return (
      <Menu.Item
        key={one}
        leftSection={<Icon size={16} stroke={1.75} color={`var(--status-${one}-fg)`} />}
        onClick={() => update({ status: one })}
      >
        {applicationStatusWords[one]}
      </Menu.Item>
    )
  }
  return (
    <>
      <BarMenu icon={IconProgressCheck} label="Status" keys="s" keyLabel="Move them to a status">
        {openStatuses.map(status)}
        <Menu.Divider />
        {closedStatuses.map(status)}
      </BarMenu>
      <BarPopover icon={IconCalendarEvent} label="Follow-up" keys="f" keyLabel="Set their follow-up">
        {(close) => (
          <DayChoices
            value={null}
            days={[1, 3, 7].map((count) => ({ label: count === 1 ? 'Tomorrow' : `In ${count} days`, day: snoozed(null, count, today) }))}
            canClear
            onPick={(follow_up_on) => {
              close()
              update({ follow_up_on })
            }}
          />
        )}
      </BarPopover>
      <BarMenu icon={IconBell} label="Reminders" keys="m" keyLabel="Mute their reminders, or not">
        <Menu.Item onClick={() => update({ reminders_muted: true })}>Mute</Menu.Item>
        <Menu.Item onClick={() => update({ reminders_muted: false })}>Remind again</Menu.Item>
      </BarMenu>
      <BarAction
        icon={IconTrash}
        label="Delete"
        keys="Delete"
        keyLabel="Delete them"
        isDanger
        onClick={() => choose({ kind: 'applications', action: 'delete' })}
      />
    </>
  )
}
