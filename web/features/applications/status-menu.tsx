import { Menu } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { type ApplicationStatus, closedStatuses, openStatuses } from '../../../contract/applications.ts'
import { closesOn } from '../../ui/opened-by-key.ts'
import { applicationStatusIcons } from '../../ui/status-badge.tsx'
import { applicationStatusWords } from '../../ui/words.ts'

type StatusMenuProps = {
  status: ApplicationStatus
  onPick: (status: ApplicationStatus) => void
  opened: boolean
  onChange: (opened: boolean) => void
  /** What it opens at. */
  children: ReactNode
}

/** Where an application can be moved. */
export function StatusMenu({ status, onPick, opened, onChange, children }: StatusMenuProps) {
  const item = (one: ApplicationStatus) => {
    const Icon = applicationStatusIcons[one]
    return (
      <Menu.Item
        key={one}
        leftSection={<Icon size={16} stroke={1.75} color={`var(--status-${one}-fg)`} />}
        rightSection={one === status ? <IconCheck size={16} aria-label="Now" /> : undefined}
        onClick={() => onPick(one)}
      >
        {applicationStatusWords[one]}
      </Menu.Item>
    )
  }
  return (
    <Menu opened={opened} onChange={onChange} position="bottom-start" width={190} clickOutsideEvents={closesOn}>
      <Menu.Target>{children}</Menu.Target>
      {opened && (
        <Menu.Dropdown aria-label="Status">
          {openStatuses.map(item)}
          <Menu.Divider />
          {closedStatuses.map(item)}
        </Menu.Dropdown>
      )}
    </Menu>
  )
}
