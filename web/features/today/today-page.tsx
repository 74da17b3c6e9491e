import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'

export function TodayPage() {
  return (
    <Page>
      <PageHeader title="Today" />
    </Page>
  )
}
