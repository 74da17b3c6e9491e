import { Button, Group } from '@mantine/core'

type FormButtonsProps = {
  submit: string
  cancel?: string
  onCancel: () => void
  isSending: boolean
  isDisabled?: boolean
  /** It takes something away. */
  isDangerous?: boolean
}

/** At the end of a form in a dialog: the way out, and the one thing to do. */
export function FormButtons({ submit, cancel = 'Cancel', onCancel, isSending, isDisabled = false, isDangerous = false }: FormButtonsProps) {
  return (
    <Group justify="flex-end" gap={8}>
      <Button variant="default" onClick={onCancel}>
        {cancel}
      </Button>
      <Button type="submit" loading={isSending} disabled={isDisabled} {...(isDangerous ? { color: 'red' } : {})}>
        {submit}
      </Button>
    </Group>
  )
}
