import { IconArrowLeft } from '@tabler/icons-react'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ErrorState } from '../../../ui/error-state.tsx'
import { Page } from '../../../ui/page.tsx'
import { usePageTitle } from '../../../ui/page-title.ts'
import { SkeletonRows } from '../../../ui/skeleton-rows.tsx'
import { useApplication } from '../api.ts'
import classes from './application-details.module.css'
import { ApplicationDetails } from './application-details.tsx'

const route = getRouteApi('/applications/$id')

/** The page of one: `/applications/$id`. */
export function ApplicationPage() {
  const { id } = route.useParams()
  const navigate = route.useNavigate()
  const { data: application, error, refetch } = useApplication(id)
  usePageTitle(application ? `${application.job.company}, ${application.job.title}` : 'Application')
  return (
    <Page>
      <Link to="/applications" className={classes.back}>
        <IconArrowLeft size={16} stroke={1.5} aria-hidden />
        Applications
      </Link>
      {application ? (
        <ApplicationDetails key={id} application={application} isPage onDeleted={() => void navigate({ to: '/applications' })} />
      ) : error ? (
        <ErrorState error={error} retry={() => void refetch()} />
      ) : (
        <SkeletonRows rows={8} height={56} />
      )}
    </Page>
  )
}
