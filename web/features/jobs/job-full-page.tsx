import { ActionIcon, Group, Title, Tooltip } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { ErrorState } from '../../ui/error-state.tsx'
import { useKeys } from '../../ui/keys.ts'
import { Keys } from '../../ui/keys-shown.tsx'
import { Page } from '../../ui/page.tsx'
import { usePageTitle } from '../../ui/page-title.ts'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import { jobQuery } from './api.ts'
import classes from './job-detail.module.css'
import { JobDetail } from './job-detail.tsx'
import { JobMenu } from './job-menu.tsx'

const route = getRouteApi('/jobs/$id/full')

export function JobFullPage() {
  const { id } = route.useParams()
  const navigate = useNavigate()
  const { data: job, error, refetch } = useQuery(jobQuery(id))
  const back = () => void navigate({ to: '/jobs/$id', params: { id }, search: true })
  usePageTitle(job?.title ?? 'Job')
  useKeys('This job', [{ keys: 'Escape', label: 'Back to the list', run: back }])
  return (
    <Page>
      <Group gap={8} mb={16} wrap="nowrap">
        <Tooltip
          label={
            <>
              Back to the list <Keys keys="Escape" />
            </>
          }
        >
          <ActionIcon variant="subtle" color="gray" onClick={back} aria-label="Back to the list">
            <IconArrowLeft size={18} />
          </ActionIcon>
        </Tooltip>
        <Title order={1} className={classes.fullTitle} tabIndex={-1} data-page-heading>
          {job?.title ?? 'Job'}
          {job && <span className={classes.at}>{job.company}</span>}
        </Title>
        {job && <JobMenu job={job} onDeleted={() => void navigate({ to: '/jobs', search: true })} layer="page" />}
      </Group>
      {job ? (
        <JobDetail key={id} job={job} layer="page" />
      ) : error ? (
        <ErrorState error={error} retry={() => void refetch()} />
      ) : (
        <SkeletonRows rows={10} height={56} label="Loading the job" />
      )}
    </Page>
  )
}
