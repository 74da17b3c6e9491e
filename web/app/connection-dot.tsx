import { Tooltip } from '@mantine/core'
import { useConnection } from '../api/connection.ts'
import { useLiveState } from '../api/live.ts'
import classes from './connection-dot.module.css'

const words = { live: 'Connected', asking: 'Connected', away: 'Landed does not answer' } as const
const hints = {
  live: 'Connected to your server. Changes show at once.',
  asking: 'Connected to your server. It is asked for changes from time to time.',
  away: 'It is asked again every few seconds. What you see is what it last said.',
} as const

/** Quiet while all is well; says so in words when it is not. */
export function ConnectionDot() {
  const connection = useConnection()
  const live = useLiveState()
  const now = connection === 'away' ? 'away' : live === 'live' ? 'live' : 'asking'
  return (
    <Tooltip label={hints[now]}>
      <span className={classes.dot} data-connection={now} role="status">
        <span className={now === 'away' ? undefined : classes.hidden}>{words[now]}</span>
      </span>
    </Tooltip>
  )
}
