import { Anchor, Button, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { SignInOptions } from '../../../../contract/account.ts'
import { FormProblem, useProblemForm } from '../../../ui/problem-form.tsx'
import { askAuth } from '../auth.ts'
import { EmailField } from '../email-field.tsx'
import { Door } from './door.tsx'

export function ForgotPassword({ options }: { options: SignInOptions }) {
  const [isSent, setSent] = useState(false)
  const { form, onSubmit, problem, isSending } = useProblemForm({
    initialValues: { email: '' },
    submit: async ({ email }) => {
      await askAuth('/request-password-reset', { email: email.trim() })
      setSent(true)
    },
  })
  const back = <Anchor href="/sign-in">Back to sign-in</Anchor>
  if (!options.mail || isSent) {
    return (
      <Door title={isSent ? 'Look into your mail' : 'Forgot your password?'}>
        <Text role="status">
          {isSent
            ? 'If there is an account with this e-mail, a link to choose a new password is on its way.'
            : 'This Landed sends no mail. Ask whoever runs it for a link to choose a new password.'}
        </Text>
        {back}
      </Door>
    )
  }
  return (
    <Door title="Forgot your password?">
      <form onSubmit={onSubmit}>
        <Stack gap={16}>
          <EmailField autoFocus key={form.key('email')} {...form.getInputProps('email')} />
          <FormProblem problem={problem} />
          <Button type="submit" loading={isSending}>
            Send a link
          </Button>
        </Stack>
      </form>
      {back}
    </Door>
  )
}
