import { Alert, Anchor, Button, Stack, Text } from '@mantine/core'
import type { SignInOptions } from '../../../../contract/account.ts'
import { FormProblem, useProblemForm } from '../../../ui/problem-form.tsx'
import { askAuth } from '../auth.ts'
import { EmailField } from '../email-field.tsx'
import { PresentPasswordField } from '../password-field.tsx'
import { Door } from './door.tsx'
import { ProviderButton } from './provider-button.tsx'

type SignInProps = {
  options: SignInOptions
  /** Where somebody was who had to sign in. */
  next: string | null
  failed: string | null
  /** Somebody has just deleted their account. */
  isGone: boolean
}

export function SignIn({ options, next, failed, isGone }: SignInProps) {
  const back = placeOf(next)
  const { form, onSubmit, problem, isSending } = useProblemForm({
    initialValues: { email: '', password: '' },
    submit: async ({ email, password }) => {
      await askAuth('/sign-in/email', { email: email.trim(), password })
      location.replace(back)
    },
  })
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
          {whyNot(failed, options.provider ?? 'The other service')}
        </Alert>
      )}
      {isGone && <Text role="status">Your account is deleted, and everything in it.</Text>}
      <form onSubmit={onSubmit}>
        <Stack gap={16}>
          <EmailField autoFocus key={form.key('email')} {...form.getInputProps('email')} />
          <PresentPasswordField key={form.key('password')} {...form.getInputProps('password')} />
          <FormProblem problem={problem} />
          <Button type="submit" loading={isSending}>
            Sign in
          </Button>
        </Stack>
      </form>
      <ProviderButton provider={options.provider} back={back} />
      <Text>
        <Anchor href="/forgot-password">Forgot your password?</Anchor>
      </Text>
      {(options.sign_up === 'open' || options.first_account) && (
        <Text>
          No account yet?{' '}
          <Anchor href="/sign-up" underline="always">
            Make one
          </Anchor>
        </Text>
      )}
    </Door>
  )
}

/** Why somebody came back from the provider without being in. */
function whyNot(code: string, provider: string): string {
  switch (code) {
    case 'sign_up_closed':
      return `There is no account here for your e-mail at ${provider}. Ask whoever runs this Landed for an invitation to it.`
    case 'account_disabled':
      return 'This account is disabled. Ask whoever runs this Landed.'
    case 'account_not_linked':
      return 'There is an account with this e-mail, and it is not confirmed on both sides that it is yours. Sign in with its password.'
    case 'email_not_found':
      return `${provider} did not say what your e-mail is, and Landed knows people by it.`
    case 'access_denied':
      return `You did not let ${provider} tell Landed who you are. Nothing was made.`
    case 'state_mismatch':
      return 'The answer does not belong to this browser, or came too late. Try once more.'
    default:
      return `${provider} could not be understood. Try once more; if it stays, tell whoever runs this Landed: ${code}.`
  }
}

/** A place of this app and nothing else: a link that was sent must not lead elsewhere after the password. */
const placeOf = (next: string | null) => (next !== null && /^\/(?![/\\])/.test(next) ? next : '/')
