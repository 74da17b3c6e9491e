import { ActionIcon, Badge, Group, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import type { AccountChanges, AccountRecord } from '../../../../contract/admin.ts'
import { InstantText } from '../../../ui/day-text.tsx'
import { showUndo } from '../../../ui/undo.tsx'
import classes from '../account.module.css'
import { useChangeAccount } from '../api.ts'

export function AccountRow({ account, isMe }: { account: AccountRecord; isMe: boolean }) {
  const { mutateAsync } = useChangeAccount()
  const name = account.name || account.email || 'This account'
  const change = (changes: AccountChanges, back: AccountChanges, message: string) =>
    void mutateAsync({ id: account.id, changes }).then(
      () => showUndo({ message, undo: () => mutateAsync({ id: account.id, changes: back }) }),
      // Said by the mutation.
      () => {},
    )
  const isDisabled = account.disabled_at !== null
  return (
    <li className={classes.row}>
      <div>
        <Group gap={8}>
          <span className={classes.label}>{name}</span>
          {isMe && (
            <Badge variant="light" tt="none">
              You
            </Badge>
          )}
          {account.is_admin && (
            <Badge variant="light" tt="none">
              Admin
            </Badge>
          )}
          {isDisabled && (
            <Badge color="gray" variant="outline" tt="none">
              Disabled
            </Badge>
          )}
        </Group>
        <div className="dimmed">
          {account.name && `${account.email}. `}
          {account.email_verified ? 'Confirmed' : 'Not confirmed'}. Here since <InstantText at={account.created_at} />
          {isDisabled && (
            <>
              , disabled <InstantText at={account.disabled_at} show="relative" />
            </>
          )}
          .
        </div>
      </div>
      {!isMe && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" size={36} aria-label={`What to do with ${name}`}>
              <IconDots size={18} stroke={1.5} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {account.is_admin ? (
              <Menu.Item onClick={() => change({ is_admin: false }, { is_admin: true }, `${name} is no admin any more.`)}>
                Take the admin away
              </Menu.Item>
            ) : (
              <Menu.Item disabled={isDisabled} onClick={() => change({ is_admin: true }, { is_admin: false }, `${name} is an admin now.`)}>
                Make an admin
              </Menu.Item>
            )}
            {isDisabled ? (
              <Menu.Item onClick={() => change({ disabled: false }, { disabled: true }, `${name} can sign in again.`)}>Enable</Menu.Item>
            ) : (
              <Menu.Item
                color="red"
                onClick={() =>
                  change({ disabled: true }, { disabled: false }, `${name} is signed out everywhere. Nothing of theirs is deleted.`)
                }
              >
                Disable
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
    </li>
  )
}
