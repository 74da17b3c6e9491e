import { useNavigate } from '@tanstack/react-router'
import { DetailPanel } from '../../../ui/detail-panel.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { SkeletonRows } from '../../../ui/skeleton-rows.tsx'
import { useApplication } from '../api.ts'
import { ApplicationDetails } from './application-details.tsx'

type ApplicationPanelProps = { id: string; onClose: () => void }

export function ApplicationPanel({ id, onClose }: ApplicationPanelProps) {
  const { data: application, error, refetch } = useApplication(id)
  const navigate = useNavigate()
  return (
    <DetailPanel
      title={application ? application.job.company : 'Application'}
      onClose={onClose}
      onOpenFull={() => void navigate({ to: '/applications/$id', params: { id } })}
    >
      {application ? (
        <ApplicationDetails key={id} application={application} onDeleted={onClose} />
      ) : error ? (
        <ErrorState error={error} retry={() => void refetch()} />
      ) : (
        <SkeletonRows rows={8} height={56} />
      )}
    </DetailPanel>
  )
}
