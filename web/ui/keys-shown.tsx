import { Kbd } from '@mantine/core'
import { Fragment } from 'react'
import classes from './keys-shown.module.css'

const isMac = typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.platform)
const names: Record<string, string> = { Escape: 'Esc', ArrowDown: '↓', ArrowUp: '↑', ArrowLeft: '←', ArrowRight: '→', Enter: 'Enter' }
const shown = (key: string) =>
  key
    .split('+')
    .map((part) =>
      part === 'mod' ? (isMac ? '⌘' : 'Ctrl') : part === 'shift' ? 'Shift' : (names[part] ?? (key === part ? part : part.toUpperCase())),
    )
    .join(' ')

/** `mod+k` as `Ctrl K`, `g t` as two keys. Reads to people; the button it stands on needs its own name. */
export function Keys({ keys }: { keys: string }) {
  return (
    <span className={classes.keys} aria-hidden>
      {keys.split(' ').map((key) => (
        <Fragment key={key}>
          <Kbd className={classes.key}>{shown(key)}</Kbd>
        </Fragment>
      ))}
    </span>
  )
}
