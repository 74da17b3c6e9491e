import { Anchor, Button, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemError } from '../../../../client/client.ts'
import type { SignInOptions } from '../../../../contract/account.ts'
import { client } from '../../../api/client.ts'
import { ErrorState } from '../../../ui/error-state.tsx'
import { FormProblem, useProblemForm } from '../../../ui/problem-form.tsx'
import { askAuth } from '../auth.ts'
import { EmailField } from '../email-field.tsx'
import { PasswordField } from '../password-field.tsx'
import { Door } from './door.tsx'
import { ProviderButton } from './provider-button.tsx'

/** `invitation`: what its link carries; null without one. */
export function SignUp({ options, invitation }: { options: SignInOptions; invitation: string | null }) {
  const {
    data: invited,
    error,
    refetch,
  } = useQuery({
    queryKey: ['invitation', invitation],
    queryFn: () => client.account.invitation({ params: { secret: invitation ?? '' } }),
    enabled: invitation !== null,
  })
  if (error && !(error instanceof ProblemError && error.problem.code === 'not_found')) {
    return (
      <Door title="You are invited">
        <ErrorState error={error} retry={() => void refetch()} />
      </Door>
    )
  }
  if (error) {
    return (
      <Door title="This invitation does not work">
        <Text>It was used, taken back, or has expired. Ask for another.</Text>
        <Anchor href="/sign-in">Sign in</Anchor>
      </Door>
    )
  }
  if (invitation !== null && !invited) return null
  if (invitation === null && options.sign_up !== 'open' && !options.first_account) {
    return (
      <Door title="No new accounts here">
        <Text>{options.sign_up === 'invite' ? 'One needs an invitation.' : 'None are made.'} Ask whoever runs this Landed.</Text>
        <Anchor href="/sign-in">Sign in</Anchor>
      </Door>
    )
  }
  return <SignUpForm options={options} invitation={invitation} email={invited?.email ?? ''} />
}

type SignUpFormProps = { options: SignInOptions; invitation: string | null; email: string }

function SignUpForm({ options, invitation, email: invitedEmail }: SignUpFormProps) {
  const [isSent, setSent] = useState(false)
  const { form, onSubmit, problem, isSending } = useProblemForm({
    initialValues: { email: invitedEmail, password: '' },
    submit: async ({ email, password }) => {
      await askAuth('/sign-up/email', { email: email.trim(), password, ...(invitation === null ? {} : { invite: invitation }) })
      if (options.mail && invitedEmail === '') setSent(true)
      else {
        await askAuth('/sign-in/email', { email: email.trim(), password })
        location.replace('/')
      }
    },
  })
  if (isSent) {
    return (
      <Door title="Look into your mail">
        <Text role="status">A link is on its way to you. Open it, and your account is ready.</Text>
        <Anchor href="/sign-in">Sign in</Anchor>
      </Door>
    )
  }
  return (
    <Door title={invitation === null ? 'Make an account' : 'You are invited'}>
      {options.first_account && <Text>The first account is the admin: it invites others and sees none of their data.</Text>}
      <form onSubmit={onSubmit}>
        <Stack gap={16}>
          <EmailField
            readOnly={invitedEmail !== ''}
            autoFocus={invitedEmail === ''}
            key={form.key('email')}
            {...form.getInputProps('email')}
          />
          <PasswordField label="Password" known={[invitedEmail]} key={form.key('password')} {...form.getInputProps('password')} />
          <FormProblem problem={problem} />
          <Button type="submit" loading={isSending}>
            Make the account
          </Button>
        </Stack>
      </form>
      <ProviderButton provider={options.provider} back="/" />
      <Text>
        You have one?{' '}
        <Anchor href="/sign-in" underline="always">
          Sign in
        </Anchor>
      </Text>
    </Door>
  )
}
