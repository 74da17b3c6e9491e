import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Notification } from '../../../contract/notifications.ts'
import { announce } from '../../ui/announce.tsx'
import { beginsAt, leadsTo } from './leads-to.ts'
import classes from './news.module.css'

const toast = 'news'
const most = 3
const shownFor = 12_000
/** In ms: what is older was told while nobody was connected, and waits in the inbox. */
const fresh = 5 * 60_000

let waiting: Notification[] = []
let shown: Notification[] = []

/** Of what happens, what cannot wait until somebody looks: told over every page, in one toast however many they are. */
export function showNews(notification: Notification, go: (to: string) => void) {
  if (!isPressing(notification)) return
  waiting.push(notification)
  // In a tab that nobody sees its time would be over before somebody does.
  if (document.visibilityState === 'visible') tell(go)
  else document.addEventListener('visibilitychange', () => tell(go), { once: true })
}

function isPressing(one: Notification): boolean {
  if (one.read_at !== null) return false
  if (one.type === 'interview_reminder') return beginsAt(one) !== null
  if (Date.now() - Date.parse(one.created_at) > fresh || location.pathname === '/inbox') return false
  if (one.type === 'import_finished' || one.type === 'export_ready') return !location.pathname.startsWith('/data')
  return one.type === 'backup_failed' || one.type === 'follow_up_due' || one.type === 'deadline_near'
}

function tell(go: (to: string) => void) {
  if (document.visibilityState !== 'visible' || waiting.length === 0) return
  const isOpen = shown.length > 0
  shown.push(...waiting)
  for (const { title, body } of waiting) announce(`${title}. ${body}`)
  waiting = []
  const lines = shown.slice(-most)
  const more = shown.length - lines.length
  const close = () => notifications.hide(toast)
  const open = (to: string) => {
    close()
    go(to)
  }
  notifications[isOpen ? 'update' : 'show']({
    id: toast,
    // Announced apart, in a region that was there before.
    role: 'region',
    'aria-label': 'News',
    // An interview stays until it is seen. Another number makes the time begin anew.
    autoClose: shown.some((one) => one.type === 'interview_reminder') ? false : shownFor + shown.length,
    closeButtonProps: { 'aria-label': 'Dismiss' },
    onClose: () => {
      shown = []
    },
    message: (
      <ul className={classes.news}>
        {lines.map((one) => (
          <Line key={one.id} notification={one} onOpen={open} />
        ))}
        {more > 0 && (
          <li className={classes.line}>
            <span className="dimmed">and {more} more</span>
            <Button size="compact-md" variant="default" onClick={() => open('/inbox')}>
              Inbox
            </Button>
          </li>
        )}
      </ul>
    ),
  })
}

function Line({ notification, onOpen }: { notification: Notification; onOpen: (to: string) => void }) {
  const { title, body } = notification
  const to = leadsTo(notification)
  return (
    <li className={classes.line}>
      <span>
        <b>{title}</b> <span className="dimmed">{body}</span>
      </span>
      {to !== null && (
        <Button size="compact-md" variant="default" flex="0 0 auto" onClick={() => onOpen(to)}>
          Open
        </Button>
      )}
    </li>
  )
}

/** Read elsewhere: nobody has to be told here any more. */
export function takeBackNews() {
  waiting = []
  if (shown.length > 0) notifications.hide(toast)
}
