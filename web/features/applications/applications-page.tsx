import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'

export function ApplicationsPage() {
  return (
    <Page>
      <PageHeader title="Applications" />
    </Page>
  )
}
