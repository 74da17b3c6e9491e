import { Button, Tooltip } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { openStatuses } from '../../../contract/applications.ts'
import type { Job } from '../../../contract/jobs.ts'
import { Keys } from '../../ui/keys-shown.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { useApplicationsOf } from './api.ts'
import classes from './job-detail.module.css'

type JobApplicationProps = { job: Job; onApply: () => void }

/** The one thing to do with a job, or how far it has come. */
export function JobApplication({ job, onApply }: JobApplicationProps) {
  const applications = useApplicationsOf(job)
  const status = job.application_status
  const isOpen = status !== null && (openStatuses as readonly string[]).includes(status)
  const shown = applications.find((one) => one.status === status) ?? applications[0]
  const address: string = shown ? `/applications/${shown.id}` : '/applications'

  return (
    <>
      {status !== null && (
        <span className={classes.state}>
          <StatusBadge status={status} />
          <Link to={address} className={classes.applicationLink}>
            The application
            <IconArrowRight size={14} aria-hidden />
          </Link>
        </span>
      )}
      {status === 'interested' ? (
        <ApplyButton label="I have applied" onApply={onApply} />
      ) : (
        !isOpen && <ApplyButton label={status === null ? 'Apply' : 'Apply again'} onApply={onApply} />
      )}
    </>
  )
}

function ApplyButton({ label, onApply }: { label: string; onApply: () => void }) {
  return (
    <Tooltip label={<Keys keys="a" />}>
      <Button onClick={onApply} variant={label === 'Apply again' ? 'default' : 'filled'}>
        {label}
      </Button>
    </Tooltip>
  )
}
