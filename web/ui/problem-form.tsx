import { Alert } from '@mantine/core'
import { type UseFormInput, type UseFormReturnType, useForm } from '@mantine/form'
import { useState } from 'react'
import { ProblemError } from '../../client/client.ts'
import { CopyRequestId } from './copy-request-id.tsx'
import { explain } from './problem-text.ts'

type ProblemForm<Values extends Record<string, unknown>> = UseFormInput<Values> & {
  /** Sends it; a ProblemError lands at its fields. */
  submit: (values: Values) => Promise<unknown>
  onDone?: () => void
}

/** `interviews[0].starts_at` is `interviews.0.starts_at` in a Mantine form. */
const formPath = (field: string) => field.replace(/\[(\d+)\]/g, '.$1')

/** A Mantine form whose errors come from the server as well: `const { form, onSubmit, problem, isSending } = useProblemForm({…})`. */
export function useProblemForm<Values extends Record<string, unknown>>({ submit, onDone, ...options }: ProblemForm<Values>) {
  const form = useForm<Values>({ mode: 'uncontrolled', ...options })
  const [problem, setProblem] = useState<unknown>(null)
  const [isSending, setSending] = useState(false)

  const onSubmit = form.onSubmit(async (values) => {
    setProblem(null)
    setSending(true)
    try {
      await submit(values)
      onDone?.()
    } catch (error) {
      setProblem(placeErrors(form, error) ? null : error)
    } finally {
      setSending(false)
    }
  })
  return { form, onSubmit, problem, isSending }
}

/** Puts `field_errors` at their inputs; false when there is more to say than the fields can show. */
export function placeErrors<Values extends Record<string, unknown>>(form: UseFormReturnType<Values>, error: unknown): boolean {
  if (!(error instanceof ProblemError) || !error.problem.field_errors?.length) return false
  const errors = Object.fromEntries(error.problem.field_errors.map((one) => [formPath(one.field), one.message]))
  form.setErrors(errors as Parameters<typeof form.setErrors>[0])
  const known = Object.keys(errors).filter((path) => form.getInputNode(path as never) !== null)
  if (known[0]) form.getInputNode(known[0] as never)?.focus()
  return known.length === Object.keys(errors).length
}

/** Above the buttons of a form: what no single field can show. */
export function FormProblem({ problem }: { problem: unknown }) {
  if (problem === null) return null
  const { title, detail, advice, requestId } = explain(problem)
  return (
    <Alert color="red" variant="outline" title={title} role="alert">
      {detail} {advice}
      {requestId && (
        <div>
          <CopyRequestId id={requestId} />
        </div>
      )}
    </Alert>
  )
}
