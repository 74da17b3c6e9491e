import { Button, Group, Title } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { CopyRequestId } from './copy-request-id.tsx'
import classes from './page.module.css'
import { explain } from './problem-text.ts'

type ErrorStateProps = { error: unknown; retry?: () => void }

/** What happened, what to do about it, and the id under which the server's log knows it. */
export function ErrorState({ error, retry }: ErrorStateProps) {
  const { title, detail, advice, requestId } = explain(error)
  return (
    <div className={classes.error} role="alert">
      <Title order={2} className={classes.errorTitle}>
        <IconAlertCircle size={18} aria-hidden />
        {title}
      </Title>
      <p>{detail}</p>
      {advice && <p className="dimmed">{advice}</p>}
      <Group gap={8} mt={12}>
        {retry && (
          <Button variant="default" size="xs" onClick={retry}>
            Try again
          </Button>
        )}
        <CopyRequestId id={requestId} />
      </Group>
    </div>
  )
}
