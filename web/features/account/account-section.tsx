import { Button, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Me } from '../../../contract/account.ts'
import { notifyProblem } from '../../ui/notify.tsx'
import { linksFor, type PageLink, PageLinkRow } from '../../ui/page-link.tsx'
import classes from './account.module.css'
import { meQuery } from './api.ts'
import { signOut } from './auth.ts'

const linksOf = (me: Me): PageLink[] => [
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
  const shown = linksFor(query, linksOf(me))
  if (shown.length === 0) return null
  return (
    <section aria-label="Account" className={classes.section}>
      <Title order={2}>Account</Title>
      <ul className={classes.card}>
        {shown.map((link) => (
          <PageLinkRow key={link.to} link={link} classes={classes} />
        ))}
        {me.auth === 'on' && query.trim() === '' && (
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
