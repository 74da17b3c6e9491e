import { ActionIcon, Tooltip, UnstyledButton } from '@mantine/core'
import { IconKeyboard, IconSearch } from '@tabler/icons-react'
import { Bell } from '../features/notifications/bell.tsx'
import { Keys } from '../ui/keys-shown.tsx'
import { ConnectionDot } from './connection-dot.tsx'
import classes from './top-bar.module.css'

type TopBarProps = { onSearch: () => void; onKeys: () => void }

export function TopBar({ onSearch, onKeys }: TopBarProps) {
  return (
    <section className={classes.bar} aria-label="Search and state">
      <UnstyledButton className={classes.search} onClick={onSearch} aria-haspopup="dialog">
        <IconSearch size={16} aria-hidden />
        <span className={classes.text}>Search or do anything</span>
        <span className={classes.keys}>
          <Keys keys="mod+k" />
        </span>
      </UnstyledButton>
      <div className={classes.end}>
        <ConnectionDot />
        <Bell />
        <Tooltip
          label={
            <>
              Keys <Keys keys="?" />
            </>
          }
        >
          <ActionIcon variant="subtle" color="gray" onClick={onKeys} aria-label="Show all keys" className={classes.keyboard}>
            <IconKeyboard size={20} stroke={1.5} />
          </ActionIcon>
        </Tooltip>
      </div>
    </section>
  )
}
