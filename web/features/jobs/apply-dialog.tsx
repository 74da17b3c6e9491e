import { Modal, SegmentedControl, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Job } from '../../../contract/jobs.ts'
import { todayIn } from '../../ui/days.ts'
import { FormButtons } from '../../ui/form-buttons.tsx'
import { FormProblem, useProblemForm } from '../../ui/problem-form.tsx'
import { useUserLocale } from '../../ui/user-locale.tsx'
import { useApplicationsOf } from './api.ts'
import { type Start, startApplication } from './apply.ts'

type ApplyDialogProps = { job: Job; onClose: () => void }

export function ApplyDialog({ job, onClose }: ApplyDialogProps) {
  return (
    <Modal opened onClose={onClose} title={`Apply at ${job.company}`} size={420}>
      <ApplyForm job={job} onDone={onClose} />
    </Modal>
  )
}

function ApplyForm({ job, onDone }: { job: Job; onDone: () => void }) {
  const { timezone } = useUserLocale()
  // The same key however often the button is pressed: one application.
  const [idempotencyKey] = useState(() => crypto.randomUUID())
  const present = useApplicationsOf(job).find((one) => one.status === 'interested')
  const [status, setStatus] = useState<Start['status']>('applied')
  const { form, onSubmit, problem, isSending } = useProblemForm({
    initialValues: { applied_on: todayIn(timezone) },
    submit: ({ applied_on }) =>
      startApplication(job, { status, applied_on: status === 'applied' ? applied_on || null : null }, { idempotencyKey, present }),
    onDone,
  })
  return (
    <form onSubmit={onSubmit}>
      <Stack gap={16}>
        {job.application_status !== 'interested' && (
          <SegmentedControl
            aria-label="How far it is"
            fullWidth
            value={status}
            onChange={(next) => setStatus(next as Start['status'])}
            data={[
              { value: 'applied', label: 'I have applied' },
              { value: 'interested', label: 'I am interested' },
            ]}
          />
        )}
        {status === 'applied' && (
          <TextInput
            type="date"
            label="Applied on"
            max={todayIn(timezone)}
            data-autofocus
            key={form.key('applied_on')}
            {...form.getInputProps('applied_on')}
          />
        )}
        <FormProblem problem={problem} />
        <FormButtons submit="Save" onCancel={onDone} isSending={isSending} />
      </Stack>
    </form>
  )
}
