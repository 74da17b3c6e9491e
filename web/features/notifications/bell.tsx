import { ActionIcon, Tooltip } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { Keys } from '../../ui/keys-shown.tsx'
import { showCountInTitle } from '../../ui/page-title.ts'
import { useUnread } from './api.ts'
import classes from './bell.module.css'
import { UnreadBadge } from './unread-badge.tsx'

/** Leads to the inbox; no list of its own would show more in less room. */
export function Bell() {
  const unread = useUnread() ?? 0
  useEffect(() => {
    showCountInTitle(unread)
    return () => showCountInTitle(0)
  }, [unread])
  return (
    <Tooltip
      label={
        <>
          {unread === 0 ? 'Nothing unread' : `${unread.toLocaleString('en')} unread`} <Keys keys="g i" />
        </>
      }
    >
      <ActionIcon component={Link} to="/inbox" variant="subtle" color="gray" className={classes.bell} aria-label={labelOf(unread)}>
        <IconBell size={20} stroke={1.5} aria-hidden />
        <span className={classes.count} aria-hidden>
          <UnreadBadge />
        </span>
      </ActionIcon>
    </Tooltip>
  )
}

const labelOf = (unread: number) => (unread === 0 ? 'Inbox, nothing unread' : `Inbox, ${unread} unread`)
