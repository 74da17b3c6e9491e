import { useUnread } from './api.ts'
import classes from './unread-badge.module.css'

/** How many are unread, beside the word or on the sign of what leads to them; nothing when none is. */
export function UnreadBadge() {
  const unread = useUnread()
  if (!unread) return null
  return (
    <span className={classes.badge}>
      <span aria-hidden>{unread > 99 ? '99+' : unread}</span>
      <span className={classes.spoken}>, {unread} unread</span>
    </span>
  )
}
