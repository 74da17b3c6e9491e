import { useQuery } from '@tanstack/react-query'
import { ErrorState } from '../../ui/error-state.tsx'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import { profileQuery, useChangeProfile } from './api.ts'
import { ProfileSections } from './profile-sections.tsx'

export function ProfilePage() {
  const { data: profile, error, refetch } = useQuery(profileQuery)
  const { mutateAsync } = useChangeProfile()
  return (
    <Page shape="reading">
      <PageHeader title="Profile">
        <p className="dimmed" style={{ margin: 0 }}>
          What you can do and what you look for. Jobs show which of their skills you have. Nobody else sees it.
        </p>
      </PageHeader>
      {profile ? (
        <ProfileSections profile={profile} save={mutateAsync} />
      ) : error ? (
        <ErrorState error={error} retry={() => void refetch()} />
      ) : (
        <SkeletonRows rows={8} height={64} />
      )}
    </Page>
  )
}
