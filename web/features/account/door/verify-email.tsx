import { Anchor, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { FormProblem } from '../../../ui/problem-form.tsx'
import { askAuth } from '../auth.ts'
import { Door } from './door.tsx'

/** Confirmed by this page and not by the link itself, which mail programs open to look at. */
export function VerifyEmail({ token }: { token: string }) {
  const { data, error } = useQuery({
    queryKey: ['verify-email', token],
    queryFn: () => askAuth(`/verify-email?${new URLSearchParams({ token })}`),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (!data && !error) return null
  return (
    <Door title={data ? 'Your e-mail is confirmed' : 'This link does not work'}>
      {data ? <Text role="status">Your account is ready.</Text> : <FormProblem problem={error} />}
      <Anchor href={data ? '/' : '/sign-in'}>{data ? 'Go to Landed' : 'Sign in'}</Anchor>
    </Door>
  )
}
