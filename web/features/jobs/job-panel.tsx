import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { DetailPanel } from '../../ui/detail-panel.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import { jobQuery } from './api.ts'
import { JobDetail } from './job-detail.tsx'
import { JobMenu } from './job-menu.tsx'

const route = getRouteApi('/jobs/list/$id')

export function JobPanel() {
  const { id } = route.useParams()
  const navigate = useNavigate()
  const { data: job, error, refetch } = useQuery(jobQuery(id))
  const close = () => void navigate({ to: '/jobs', search: true, resetScroll: false })
  return (
    <DetailPanel
      title={job ? job.title : error ? 'Not found' : 'Job'}
      actions={job && <JobMenu job={job} onDeleted={close} layer="panel" />}
      onClose={close}
      onOpenFull={() => void navigate({ to: '/jobs/$id/full', params: { id }, search: true })}
    >
      {job ? (
        <JobDetail key={id} job={job} layer="panel" />
      ) : error ? (
        <ErrorState error={error} retry={() => void refetch()} />
      ) : (
        <SkeletonRows rows={10} height={56} label="Loading the job" />
      )}
    </DetailPanel>
  )
}
