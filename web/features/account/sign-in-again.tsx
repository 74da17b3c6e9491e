import { Anchor, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Me } from '../../../contract/account.ts'
import { goOnSignedIn, useIsSignedOut } from '../../api/session.ts'
import { FormProblem, useProblemForm } from '../../ui/problem-form.tsx'
import { meQuery, signInOptionsQuery } from './api.ts'
import { askAuth } from './auth.ts'
import { EmailField } from './email-field.tsx'
import { PresentPasswordField } from './password-field.tsx'

/** Stands over the page when the session has ended: signed in again, what waited goes out, and what was typed is still there. */
export function SignInAgain() {
  const isOut = useIsSignedOut()
  // Read while one is in: afterwards nobody would say who it was.
  const { data: me } = useQuery({ ...meQuery, staleTime: Number.POSITIVE_INFINITY })
  if (!isOut) return null
  return (
    <Modal
      opened
      onClose={() => {}}
      title="Sign in again"
      size={440}
      zIndex={1000}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
    >
      <AgainForm me={me} />
    </Modal>
  )
}

// A dialog below would close on the Escape that is meant for this one, and what was typed there with it.
const keepEscape = { 'data-mantine-stop-propagation': true }

function AgainForm({ me }: { me: Me | undefined }) {
  const caches = useQueryClient()
  const { data: options } = useQuery(signInOptionsQuery)
  const goOn = async () => {
    const answer = await fetch('/api/v1/me')
    if (!answer.ok) return
    const now = (await answer.json()) as Me
    // Somebody else's page must not go on as theirs.
    if (me && now.id !== me.id) return location.assign('/')
    goOnSignedIn()
    void caches.invalidateQueries()
  }
  useWhenSeenAgain(goOn)
  const { form, onSubmit, problem, isSending } = useProblemForm({
    initialValues: { email: me?.email ?? '', password: '' },
    submit: async ({ email, password }) => {
      await askAuth('/sign-in/email', { email: email.trim(), password })
      await goOn()
    },
  })
  return (
    <form onSubmit={onSubmit}>
      <Stack gap={16}>
        <Text>Your session has ended. What you typed is still here, and goes on as soon as you are in.</Text>
        <EmailField
          readOnly={me !== undefined}
          withAsterisk={false}
          key={form.key('email')}
          {...form.getInputProps('email')}
          {...keepEscape}
        />
        {me?.has_password !== false && (
          <PresentPasswordField
            withAsterisk={false}
            data-autofocus
            key={form.key('password')}
            {...form.getInputProps('password')}
            {...keepEscape}
          />
        )}
        <FormProblem problem={problem} />
        <Group justify="space-between" gap={8}>
          <Anchor href="/sign-in">Leave, as somebody else</Anchor>
          {me?.has_password !== false && (
            <Button type="submit" loading={isSending} {...keepEscape}>
              Sign in
            </Button>
          )}
        </Group>
        {options?.provider && (
          <Anchor href="/sign-in?next=/settings/account" target="_blank" rel="noopener">
            Sign in with {options.provider} in another tab, then come back here
          </Anchor>
        )}
      </Stack>
    </form>
  )
}

/** Somebody who signed in in another tab is in here, too. */
function useWhenSeenAgain(goOn: () => Promise<void>) {
  useEffect(() => {
    const look = () => void goOn().catch(() => {})
    window.addEventListener('focus', look)
    return () => window.removeEventListener('focus', look)
  })
}
