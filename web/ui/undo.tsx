import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { announce } from './announce.tsx'
import { Keys } from './keys-shown.tsx'
import { notifyProblem } from './notify.tsx'

type Undoable = { message: string; undo: () => Promise<unknown> | unknown }
type Waiting = Undoable & { id: string }

const time = 10_000
let waiting: Waiting[] = []

async function takeBack(one: Waiting) {
  if (!waiting.includes(one)) return
  waiting = waiting.filter((other) => other !== one)
  notifications.hide(one.id)
  try {
    await one.undo()
    announce('Undone')
  } catch (error) {
    notifyProblem('This could not be undone', error)
  }
}

/**
 * For ten seconds, what was just done can be taken back: by the button or by `u`.
 * Returns a way to withdraw the offer, for what then turns out not to have been done.
 */
export function showUndo({ message, undo }: Undoable): () => void {
  const one: Waiting = { id: crypto.randomUUID(), message, undo }
  waiting.push(one)
  announce(`${message} Press u to undo.`)
  notifications.show({
    id: one.id,
    // Announced above, in a region that was there before.
    role: 'region',
    'aria-label': message,
    autoClose: time,
    closeButtonProps: { 'aria-label': 'Dismiss' },
    onClose: () => {
      waiting = waiting.filter((other) => other !== one)
    },
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <span>{message}</span>
        <Button size="compact-md" variant="default" flex="0 0 auto" onClick={() => void takeBack(one)} rightSection={<Keys keys="u" />}>
          Undo
        </Button>
      </Group>
    ),
  })
  return () => {
    waiting = waiting.filter((other) => other !== one)
    notifications.hide(one.id)
  }
}

export function undoLast() {
  const last = waiting.at(-1)
  if (last) void takeBack(last)
  else announce('There is nothing to undo')
}
