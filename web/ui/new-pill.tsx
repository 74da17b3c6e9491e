import { UnstyledButton } from '@mantine/core'
import { IconArrowUp } from '@tabler/icons-react'
import classes from './new-pill.module.css'

/** New rows wait here instead of pushing the others. */
export function NewPill({ count, onClick }: { count: number; onClick: () => void }) {
  return (
    <output className={classes.pillPlace}>
      <UnstyledButton className={classes.pill} onClick={onClick}>
        <IconArrowUp size={14} aria-hidden />
        {count >= 20 ? 'More than 20' : count} new
      </UnstyledButton>
    </output>
  )
}
