import { Button, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Me } from '../../../contract/account.ts'
import { notifyProblem } from '../../ui/notify.tsx'
import classes from './account.module.css'
import { meQuery } from './api.ts'
import { signOut } from './auth.ts'

type Entry = {
  to: '/settings/account' | '/settings/tokens' | '/settings/people'
  label: string
  description: string
  button: string
  alsoCalled: string
}

const entriesFor = (me: Me): Entry[] => [
  {
    to: '/settings/account',
    label: 'Account',
    description: me.email ?? 'Nobody signs in here: Landed serves the one person at this machine.',
    button: me.auth === 'on' ? 'Open your account' : 'What that means',
    alsoCalled: 'name e-mail email password sessions devices signed in delete leave security log out',
  },
  {
    to: '/settings/tokens',
    label: 'API tokens',
    description: 'What programs show instead of a password.',
    button: 'See tokens',
    alsoCalled: 'key access program script bearer',
  },
  ...(me.is_admin && me.auth === 'on'
    ? [
        {
          to: '/settings/people' as const,
          label: 'People',
          description: 'Who has an account here, and who is invited.',
          button: 'See people',
          alsoCalled: 'admin users accounts invite invitation disable sign-up',
        },
      ]
    : []),
]

/** Who is here, and the pages about it that match what is looked for. */
export function AccountSection({ query }: { query: string }) {
  const { data: me } = useQuery(meQuery)
  if (!me) return null
  const wanted = query.trim().toLowerCase()
  const shown = entriesFor(me).filter(({ label, description, alsoCalled }) =>
    `${label} ${description} ${alsoCalled}`.toLowerCase().includes(wanted),
  )
  if (shown.length === 0) return null
  return (
    <section aria-label="Account" className={classes.section}>
      <Title order={2}>Account</Title>
      <ul className={classes.card}>
        {shown.map(({ to, label, description, button }) => (
          <li key={to} className={classes.row}>
            <div>
              <div className={classes.label}>{label}</div>
              <div className="dimmed">{description}</div>
            </div>
            <Button component={Link} to={to} variant="default">
              {button}
            </Button>
          </li>
        ))}
        {me.auth === 'on' && wanted === '' && (
          <li className={classes.row}>
            <div className="dimmed">{me.is_admin ? 'You are an admin here.' : 'Signed in on this device.'}</div>
            <SignOutButton />
          </li>
        )}
      </ul>
    </section>
  )
}

export const SignOutButton = () => (
  <Button variant="default" onClick={() => void signOut().catch((error: unknown) => notifyProblem('You are still signed in', error))}>
    Sign out
  </Button>
)
