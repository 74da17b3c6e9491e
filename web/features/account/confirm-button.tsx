import { Button, Group, Popover, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'

type ConfirmButtonProps = { label: string; title: string; question: string; confirm: string; onConfirm: () => void }

/** For what cannot be undone and is too small for a typed word: says what follows before it does it. */
export function ConfirmButton({ label, title, question, confirm, onConfirm }: ConfirmButtonProps) {
  const [isOpen, popover] = useDisclosure(false)
  return (
    <Popover
      opened={isOpen}
      onChange={(next) => !next && popover.close()}
      width={320}
      position="bottom-end"
      trapFocus
      returnFocus
      withRoles
    >
      <Popover.Target>
        <Button variant="default" onClick={popover.toggle} aria-label={title}>
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={title}>
        <Text>{question}</Text>
        <Group gap={8} mt={12} justify="flex-end">
          <Button variant="default" onClick={popover.close}>
            Keep it
          </Button>
          <Button
            color="red"
            onClick={() => {
              popover.close()
              onConfirm()
            }}
          >
            {confirm}
          </Button>
        </Group>
      </Popover.Dropdown>
    </Popover>
  )
}
