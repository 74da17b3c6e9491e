import { Alert, Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { SignInOptions } from '../../../contract/account.ts'
import { FormProblem, useProblemForm } from '../../ui/problem-form.tsx'
import { askAuth } from './auth.ts'
import { Door } from './door.tsx'

type SignInProps = {
  options: SignInOptions
  /** Where somebody was who had to sign in. */
  next: string | null
  failed: string | null
}

export function SignIn({ options, next, failed }: SignInProps) {
  const back = placeOf(next)
  const [isLeaving, setLeaving] = useState(false)
  const { form, onSubmit, problem, isSending } = useProblemForm({
    initialValues: { email: '', password: '' },
    submit: async ({ email, password }) => {
      await askAuth('/sign-in/email', { email: email.trim(), password })
      location.replace(back)
    },
  })
  const elsewhere = async () => {
    setLeaving(true)
    const { url } = (await askAuth('/sign-in/social', { provider: 'oidc', callbackURL: back, errorCallbackURL: '/sign-in' })) as {
      url: string
    }
    location.assign(url)
  }
  if (options.auth === 'off') {
    return (
      <Door title="Nobody signs in here">
        <Text>This Landed serves the one person at this machine.</Text>
        <Anchor href="/">Go to Today</Anchor>
      </Door>
    )
  }
  return (
    <Door title="Sign in to Landed">
      {failed !== null && (
        <Alert color="red" variant="outline" role="alert" title="That did not work">
          The other service did not let you in, or there is no account for it here.
        </Alert>
      )}
      <form onSubmit={onSubmit}>
        <Stack gap={16}>
          <TextInput
            label="E-mail"
            type="email"
            name="email"
            autoComplete="username"
            autoFocus
            required
            key={form.key('email')}
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label="Password"
            name="password"
            autoComplete="current-password"
            required
            key={form.key('password')}
            {...form.getInputProps('password')}
          />
          <FormProblem problem={problem} />
          <Button type="submit" loading={isSending}>
            Sign in
          </Button>
        </Stack>
      </form>
      {options.provider !== null && (
        <Button variant="default" loading={isLeaving} onClick={() => void elsewhere()}>
          Sign in with {options.provider}
        </Button>
      )}
      <Text>
        <Anchor href="/forgot-password">Forgot your password?</Anchor>
      </Text>
      {(options.sign_up === 'open' || options.first_account) && (
        <Text>
          No account yet? <Anchor href="/sign-up">Make one</Anchor>
        </Text>
      )}
    </Door>
  )
}

/** A place of this app and nothing else: a link that was sent must not lead elsewhere after the password. */
const placeOf = (next: string | null) => (next !== null && /^\/(?![/\\])/.test(next) ? next : '/')
