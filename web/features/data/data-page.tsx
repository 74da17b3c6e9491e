import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'

export function DataPage() {
  return (
    <Page>
      <PageHeader title="Data" />
    </Page>
  )
}
