import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Me } from '../../../../contract/account.ts'
import { EditableText } from '../../../ui/editable-text.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { Page } from '../../../ui/page.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { SkeletonRows } from '../../../ui/skeleton-rows.tsx'
import classes from '../account.module.css'
import { SignOutButton } from '../account-section.tsx'
import { meQuery, useChangeMe } from '../api.ts'
import { ChangeEmail } from './change-email.tsx'
import { ChangePassword } from './change-password.tsx'
import { DeleteAccount } from './delete-account.tsx'
import { NoAccounts } from './no-accounts.tsx'
import { Sessions } from './sessions.tsx'

export function AccountPage() {
  const { data: me, error, refetch } = useQuery(meQuery)
  return (
    <Page shape="reading">
      <PageHeader title="Account" secondary={me?.auth === 'on' && <SignOutButton />}>
        <Anchor component={Link} to="/settings">
          All settings
        </Anchor>
      </PageHeader>
      {me ? <Sections me={me} /> : error ? <ErrorState error={error} retry={() => void refetch()} /> : <SkeletonRows height={56} />}
    </Page>
  )
}

function Sections({ me }: { me: Me }) {
  if (me.auth === 'off') {
    return (
      <>
        <NoAccounts />
        <DeleteAccount me={me} />
      </>
    )
  }
  return (
    <>
      <section className={classes.section} aria-labelledby="you">
        <h2 id="you">You</h2>
        <div className={classes.card}>
          <Name me={me} />
          <ChangeEmail me={me} />
          <ChangePassword me={me} />
        </div>
      </section>
      <Sessions />
      <DeleteAccount me={me} />
    </>
  )
}

function Name({ me }: { me: Me }) {
  const { mutateAsync } = useChangeMe()
  return (
    <div className={classes.field}>
      <div>
        <div className={classes.label}>Name</div>
        <div className="dimmed">Seen by you and the admins.</div>
      </div>
      <EditableText
        label="Name"
        hideLabel
        name="name"
        autoComplete="name"
        value={me.name}
        save={(name) => mutateAsync({ name: name ?? '' })}
      />
    </div>
  )
}
