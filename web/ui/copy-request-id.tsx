import { Button, CopyButton } from '@mantine/core'

/** The id under which the server's log knows what went wrong. Selected with the mouse where copying is not allowed. */
export function CopyRequestId({ id }: { id: string | null }) {
  if (id === null) return null
  return (
    <CopyButton value={id}>
      {({ copied, copy }) => (
        <Button variant="subtle" color="gray" size="compact-sm" onClick={copy} title={id}>
          {copied ? 'Copied' : 'Copy request id'}
        </Button>
      )}
    </CopyButton>
  )
}
