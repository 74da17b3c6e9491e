import { useQuery } from '@tanstack/react-query'
import { ErrorState } from '../../../ui/error-state.tsx'
import { signInOptionsQuery } from '../api.ts'
import { Door } from './door.tsx'
import { ForgotPassword } from './forgot-password.tsx'
import { ResetPassword } from './reset-password.tsx'
import { SignIn } from './sign-in.tsx'
import { SignUp } from './sign-up.tsx'
import { VerifyEmail } from './verify-email.tsx'

/** The pages for who is not in yet. They stand outside the frame of the app and ask nothing that takes an account. */
export function DoorPages() {
  const search = new URLSearchParams(location.search)
  const { data: options, error, refetch } = useQuery(signInOptionsQuery)
  if (error) {
    return (
      <Door title="Landed">
        <ErrorState error={error} retry={() => void refetch()} />
      </Door>
    )
  }
  if (!options) return null
  switch (location.pathname) {
    case '/sign-up':
      return <SignUp options={options} invitation={null} />
    case '/invitation':
      return <SignUp options={options} invitation={search.get('secret') ?? ''} />
    case '/forgot-password':
      return <ForgotPassword options={options} />
    case '/reset-password':
      return <ResetPassword token={search.get('token') ?? ''} />
    case '/verify-email':
      return <VerifyEmail token={search.get('token') ?? ''} />
    default:
      return <SignIn options={options} next={search.get('next')} failed={search.get('error')} isGone={search.has('gone')} />
  }
}
