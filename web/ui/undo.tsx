import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { announce } from './announce.tsx'
import { Keys } from './keys-shown.tsx'
import { notifyProblem } from './notify.tsx'

type Undoable = {
  message: string
  undo: () => Promise<unknown> | unknown
  /** The time is over and it was not taken back: for what waits until then. */
  kept?: () => void
  /** Acts of one group share a toast, so that quick work does not pile them up; each is still taken back by itself, the last one first. */
  group?: string
}
type Waiting = Undoable & { toast: string }

const time = 10_000
let waiting: Waiting[] = []
const sharing = (toast: string) => waiting.filter((one) => one.toast === toast)

async function takeBack(one: Waiting) {
  if (!waiting.includes(one)) return
  withdraw(one)
  try {
    await one.undo()
    announce('Undone')
  } catch (error) {
    notifyProblem('This could not be undone', error)
  }
}

function withdraw(one: Waiting) {
  waiting = waiting.filter((other) => other !== one)
  if (sharing(one.toast).length > 0) notifications.update(toastOf(one.toast))
  else notifications.hide(one.toast)
}

function keep(toast: string) {
  const over = sharing(toast)
  waiting = waiting.filter((one) => one.toast !== toast)
  for (const one of over) one.kept?.()
}

function toastOf(toast: string) {
  const all = sharing(toast)
  const last = all.at(-1) as Waiting
  const before = all.length - 1
  return {
    id: toast,
    // Announced apart, in a region that was there before.
    role: 'region',
    'aria-label': last.message,
    // Another number makes its time begin anew.
    autoClose: time + all.length,
    closeButtonProps: { 'aria-label': 'Dismiss' },
    onClose: () => keep(toast),
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <span>
          {last.message} {before > 0 && <span className="dimmed">And {before} before it.</span>}
        </span>
        <Button size="compact-md" variant="default" flex="0 0 auto" onClick={() => void takeBack(last)} rightSection={<Keys keys="u" />}>
          Undo
        </Button>
      </Group>
    ),
  }
}

/**
 * For ten seconds, what was just done can be taken back: by the button or by `u`.
 * Returns a way to withdraw the offer, for what then turns out not to have been done.
 */
export function showUndo(undoable: Undoable): () => void {
  const { message, group } = undoable
  const shared = group && waiting.find((one) => one.group === group)?.toast
  const one: Waiting = { ...undoable, toast: shared ?? crypto.randomUUID() }
  waiting.push(one)
  announce(`${message} Press u to undo.`)
  if (shared) notifications.update(toastOf(shared))
  else notifications.show(toastOf(one.toast))
  return () => {
    if (waiting.includes(one)) withdraw(one)
  }
}

export function undoLast() {
  const last = waiting.at(-1)
  if (last) void takeBack(last)
  else announce('There is nothing to undo')
}
