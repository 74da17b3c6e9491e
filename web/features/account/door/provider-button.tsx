import { Button } from '@mantine/core'
import { useState } from 'react'
import { FormProblem } from '../../../ui/problem-form.tsx'
import { signInElsewhere } from '../auth.ts'

/** The way in by an OpenID provider, where one is set. */
export function ProviderButton({ provider, back }: { provider: string | null; back: string }) {
  const [isLeaving, setLeaving] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  if (provider === null) return null
  const leave = () => {
    setLeaving(true)
    signInElsewhere(back).catch((error: unknown) => {
      setProblem(error)
      setLeaving(false)
    })
  }
  return (
    <>
      <Button variant="default" loading={isLeaving} onClick={leave}>
        Sign in with {provider}
      </Button>
      <FormProblem problem={problem} />
    </>
  )
}
