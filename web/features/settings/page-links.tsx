import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import classes from './settings.module.css'

const links = [
  {
    to: '/settings/notifications',
    label: 'Notifications',
    description: 'What you are told, where, and when not.',
    button: 'Choose what you are told',
    alsoCalled: 'reminder interview e-mail email push quiet hours digest inbox alert',
  },
] as const

/** Settings that are a page of their own. */
export function PageLinks({ query }: { query: string }) {
  const wanted = query.trim().toLowerCase()
  const shown = links.filter(({ label, description, alsoCalled }) => `${label} ${description} ${alsoCalled}`.toLowerCase().includes(wanted))
  if (shown.length === 0) return null
  return (
    <div className={classes.section}>
      <div className={classes.card}>
        {shown.map(({ to, label, description, button }) => (
          <div key={to} className={classes.row}>
            <div>
              <div className={classes.label}>{label}</div>
              <div className="dimmed">{description}</div>
            </div>
            <Button component={Link} to={to} variant="default">
              {button}
            </Button>
          </div>
        ))}
      </div>
    </div>
  )
}
