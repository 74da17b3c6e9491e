import { notifications } from '@mantine/notifications'
import { IconAlertCircle } from '@tabler/icons-react'
import { CopyRequestId } from './copy-request-id.tsx'
import { explain, messageOf } from './problem-text.ts'

/** Something the person should know that they did not just do themselves here. */
export function notifyProblem(what: string, error: unknown) {
  notifications.show({
    title: what,
    message: (
      <>
        {messageOf(error)}
        <div>
          <CopyRequestId id={explain(error).requestId} />
        </div>
      </>
    ),
    color: 'red',
    icon: <IconAlertCircle size={18} />,
    autoClose: 12_000,
    role: 'alert',
    closeButtonProps: { 'aria-label': 'Dismiss' },
  })
}

export function notify(message: string, title?: string) {
  notifications.show({ message, title, autoClose: 8_000, role: 'status', closeButtonProps: { 'aria-label': 'Dismiss' } })
}
