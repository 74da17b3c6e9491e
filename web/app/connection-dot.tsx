import { Tooltip } from '@mantine/core'
import { useConnection } from '../api/connection.ts'
import classes from './connection-dot.module.css'

const words = { up: 'Connected', away: 'Landed does not answer' } as const

/** Quiet while all is well; says so in words when it is not. */
export function ConnectionDot() {
  const connection = useConnection()
  return (
    <Tooltip
      label={connection === 'up' ? 'Connected to your server' : 'It is asked again every few seconds. What you see is what it last said.'}
    >
      <span className={classes.dot} data-connection={connection} role="status">
        <span className={connection === 'up' ? classes.hidden : undefined}>{words[connection]}</span>
      </span>
    </Tooltip>
  )
}
