import { Button, Stack, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Me } from '../../../../contract/account.ts'
import { announce } from '../../../ui/announce.tsx'
import { FormProblem, useProblemForm } from '../../../ui/problem-form.tsx'
import { sessionsQuery, signInOptionsQuery } from '../api.ts'
import { askAuth } from '../auth.ts'
import { PasswordField, PresentPasswordField } from '../password-field.tsx'
import { Unfolding } from './unfolding.tsx'

export function ChangePassword({ me }: { me: Me }) {
  const [state, setState] = useState<'closed' | 'open' | 'done'>('closed')
  const { data: options } = useQuery(signInOptionsQuery)
  const provider = options?.provider ?? 'another service'
  return (
    <Unfolding
      label="Password"
      now={me.has_password ? 'A new one ends every other session.' : `None: you sign in with ${provider}.`}
      button={me.has_password ? 'Change' : 'Why none'}
      isOpen={state !== 'closed'}
      onToggle={() => setState(state === 'closed' ? 'open' : 'closed')}
    >
      {!me.has_password ? (
        <Text>Your password is kept by {provider}. Change it there.</Text>
      ) : state === 'done' ? (
        <Text role="status">Your password is changed. You are signed out everywhere but here.</Text>
      ) : (
        <PasswordForm me={me} onDone={() => setState('done')} />
      )}
    </Unfolding>
  )
}

function PasswordForm({ me, onDone }: { me: Me; onDone: () => void }) {
  const caches = useQueryClient()
  const { form, onSubmit, problem, isSending } = useProblemForm({
    initialValues: { currentPassword: '', newPassword: '' },
    submit: async ({ currentPassword, newPassword }) => {
      await askAuth('/change-password', { currentPassword, newPassword }, { signedIn: true })
      announce('Your password is changed')
      void caches.invalidateQueries(sessionsQuery)
      onDone()
    },
  })
  return (
    <form onSubmit={onSubmit}>
      <Stack gap={12} maw={400}>
        {/* Password managers look for whose password it is. */}
        <input type="text" hidden name="username" autoComplete="username" value={me.email ?? ''} readOnly />
        <PresentPasswordField
          label="Present password"
          name="current-password"
          autoFocus
          key={form.key('currentPassword')}
          {...form.getInputProps('currentPassword')}
        />
        <PasswordField
          label="New password"
          known={[me.email ?? '', me.name]}
          key={form.key('newPassword')}
          {...form.getInputProps('newPassword')}
        />
        <FormProblem problem={problem} />
        <Button type="submit" loading={isSending} style={{ alignSelf: 'flex-start' }}>
          Change the password
        </Button>
      </Stack>
    </form>
  )
}
