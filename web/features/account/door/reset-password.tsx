import { Anchor, Button, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { FormProblem, useProblemForm } from '../../../ui/problem-form.tsx'
import { askAuth } from '../auth.ts'
import { PasswordField } from '../password-field.tsx'
import { Door } from './door.tsx'

export function ResetPassword({ token }: { token: string }) {
  const [isDone, setDone] = useState(false)
  const { form, onSubmit, problem, isSending } = useProblemForm({
    initialValues: { newPassword: '' },
    submit: async ({ newPassword }) => {
      await askAuth('/reset-password', { token, newPassword })
      setDone(true)
    },
  })
  if (isDone) {
    return (
      <Door title="Your password is changed">
        <Text role="status">You are signed out everywhere. Sign in with the new one.</Text>
        <Anchor href="/sign-in">Sign in</Anchor>
      </Door>
    )
  }
  return (
    <Door title="Choose a new password">
      <form onSubmit={onSubmit}>
        <Stack gap={16}>
          <PasswordField label="New password" autoFocus key={form.key('newPassword')} {...form.getInputProps('newPassword')} />
          <FormProblem problem={problem} />
          <Button type="submit" loading={isSending}>
            Change the password
          </Button>
        </Stack>
      </form>
      <Anchor href="/forgot-password">Ask for another link</Anchor>
    </Door>
  )
}
