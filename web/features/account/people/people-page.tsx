import { Anchor, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { Page } from '../../../ui/page.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { SkeletonRows } from '../../../ui/skeleton-rows.tsx'
import classes from '../account.module.css'
import { meQuery, signInOptionsQuery } from '../api.ts'
import { Accounts } from './accounts.tsx'
import { Invites } from './invites.tsx'

/** Who is here, and who may come. Nothing of what they keep. */
export function PeoplePage() {
  const { data: me, error, refetch } = useQuery(meQuery)
  return (
    <Page shape="reading">
      <PageHeader title="People">
        <Anchor component={Link} to="/settings">
          All settings
        </Anchor>
      </PageHeader>
      {!me ? (
        error ? (
          <ErrorState error={error} retry={() => void refetch()} />
        ) : (
          <SkeletonRows height={56} />
        )
      ) : me.auth === 'on' && me.is_admin ? (
        <>
          <Text className={classes.section}>
            You see who has an account, and can let people in and keep them out. What they keep here, you cannot see.
          </Text>
          <SignUpMode />
          <Invites />
          <Accounts me={me} />
        </>
      ) : (
        <EmptyState title="This page is for admins">
          {me.auth === 'off'
            ? 'Accounts are off here, so there is nobody to invite.'
            : 'They invite people and disable accounts. You are not one of them; whoever runs this Landed can make you one.'}
        </EmptyState>
      )}
    </Page>
  )
}

const modes = {
  open: 'Anybody who reaches this Landed can make an account.',
  invite: 'Only who is invited can make an account.',
  closed: 'Nobody can make an account without an invitation, and nobody is told that there are any.',
}

function SignUpMode() {
  const { data: options } = useQuery(signInOptionsQuery)
  if (!options) return null
  return (
    <section className={classes.section} aria-labelledby="mode">
      <h2 id="mode">Who may come in</h2>
      <p className={classes.note}>
        {modes[options.sign_up]}{' '}
        <Anchor href="/docs/configuration#sign_up" underline="always">
          SIGN_UP
        </Anchor>{' '}
        on the server decides it.{' '}
        {options.mail
          ? 'E-mails are confirmed by a link.'
          : 'No mail is set up, so e-mails are not confirmed and links are handed over by you.'}
      </p>
    </section>
  )
}
