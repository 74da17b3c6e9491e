import { Button, Group, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { client } from '../../api/client.ts'
import { notifyProblem } from '../../ui/notify.tsx'
import classes from './account-section.module.css'
import { signOut } from './auth.ts'

const meQuery = { queryKey: ['me'], queryFn: () => client.account.me(), staleTime: 5 * 60_000 }

/** Who is signed in; nothing where nobody signs in. */
export function AccountSection() {
  const { data: me } = useQuery(meQuery)
  if (me?.auth !== 'on') return null
  return (
    <section aria-label="Account">
      <Title order={2} size="h4">
        Account
      </Title>
      <Group justify="space-between" className={classes.card}>
        <div>
          <Text fw={500}>{me.email}</Text>
          <Text size="sm" c="var(--dimmed)">
            {me.is_admin ? 'Admin' : 'Signed in'}
          </Text>
        </div>
        <Button variant="default" onClick={() => void signOut().catch((error: unknown) => notifyProblem('You are still signed in', error))}>
          Sign out
        </Button>
      </Group>
    </section>
  )
}
