import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'

export function TrashPage() {
  return (
    <Page>
      <PageHeader title="Trash" />
    </Page>
  )
}
