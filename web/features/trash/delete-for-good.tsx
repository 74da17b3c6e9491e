import { Modal, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { FormButtons } from '../../ui/form-buttons.tsx'
import { FormProblem } from '../../ui/problem-form.tsx'

type DeleteForGoodProps = {
  onDelete: () => Promise<void>
  onClose: () => void
  /** What goes, with what else. */
  children: ReactNode
}

/** Typed, because nothing brings it back. */
export function DeleteForGood({ onDelete, onClose, children }: DeleteForGoodProps) {
  const [typed, setTyped] = useState('')
  const [isSending, setSending] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const isSure = typed.trim().toLowerCase() === 'delete'

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!isSure) return
    setSending(true)
    setProblem(null)
    try {
      await onDelete()
    } catch (error) {
      setProblem(error)
      setSending(false)
    }
  }
  return (
    <Modal opened onClose={onClose} title="Delete for good" size={440}>
      <form onSubmit={submit}>
        <Stack gap={16}>
          <Text>{children}</Text>
          <TextInput
            label="Type “delete” to go on"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
            data-autofocus
          />
          <FormProblem problem={problem} />
          <FormButtons submit="Delete for good" onCancel={onClose} isSending={isSending} isDisabled={!isSure} isDangerous />
        </Stack>
      </form>
    </Modal>
  )
}
