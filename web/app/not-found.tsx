import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { EmptyState } from '../ui/empty-state.tsx'
import { Page } from '../ui/page.tsx'
import { usePageTitle } from '../ui/page-title.ts'

export function NotFound() {
  usePageTitle('Nothing here')
  return (
    <Page>
      <EmptyState
        title="There is nothing at this address"
        actions={
          <Button component={Link} to="/" variant="default">
            Go to Today
          </Button>
        }
      >
        The link may be old, or the record deleted. Deleted records are in the trash until you remove them for good.
      </EmptyState>
    </Page>
  )
}
