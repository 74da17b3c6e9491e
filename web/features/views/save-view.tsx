import { Modal, Stack, Switch, TextInput } from '@mantine/core'
import type { View } from '../../../contract/views.ts'
import { FormButtons } from '../../ui/form-buttons.tsx'
import { FormProblem, useProblemForm } from '../../ui/problem-form.tsx'
import { AlertHow } from './alert-how.tsx'
import { saveView } from './api.ts'
import type { Present } from './use-saved-view.ts'

type SaveViewProps = { present: Present; onClose: () => void; onSaved: (view: View) => void }

export function SaveView({ present, onClose, onSaved }: SaveViewProps) {
  const { kind, query, sort, columns } = present
  const { form, onSubmit, problem, isSending } = useProblemForm({
    initialValues: { name: '', pinned: true, alert: false },
    submit: async ({ name, pinned, alert }) => {
      onSaved(await saveView({ name, pinned, alert, kind, query, sort: sort ?? null, columns }))
    },
    onDone: onClose,
  })
  return (
    <Modal opened onClose={onClose} title="Save this as a view">
      <form onSubmit={onSubmit}>
        <Stack gap={16}>
          <TextInput
            label="Name"
            placeholder={kind === 'jobs' ? 'Remote in Portugal' : 'Waiting for an answer'}
            data-autofocus
            autoComplete="off"
            maxLength={100}
            key={form.key('name')}
            {...form.getInputProps('name')}
          />
          <Switch label="Pin to the navigation" key={form.key('pinned')} {...form.getInputProps('pinned', { type: 'checkbox' })} />
          {kind === 'jobs' && (
            <>
              <Switch
                label="Tell me when a new job comes in"
                key={form.key('alert')}
                {...form.getInputProps('alert', { type: 'checkbox' })}
              />
              <AlertHow />
            </>
          )}
          <p className="dimmed" style={{ margin: 0 }}>
            {kind === 'jobs' ? 'Kept: filters, order and columns as they are now.' : 'Kept: filters and order as they are now.'}
          </p>
          <FormProblem problem={problem} />
          <FormButtons submit="Save" onCancel={onClose} isSending={isSending} />
        </Stack>
      </form>
    </Modal>
  )
}
