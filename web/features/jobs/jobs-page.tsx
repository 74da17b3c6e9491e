import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'

export function JobsPage() {
  return (
    <Page>
      <PageHeader title="Jobs" />
    </Page>
  )
}
