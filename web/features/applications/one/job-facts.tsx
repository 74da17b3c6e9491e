import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Application } from '../../../../contract/applications.ts'
import { DayText } from '../../../ui/day-text.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { PayText } from '../../../ui/pay-text.tsx'
import { JobStatusBadge } from '../../../ui/status-badge.tsx'
import { jobTypeWords, remoteWords } from '../../../ui/words.ts'
import { jobQuery } from '../api.ts'
import classes from './application-details.module.css'
import { Section } from './section.tsx'

/** The job in a few lines; all of it is on its own page. */
export function JobFacts({ application }: { application: Application }) {
  const { data: job, error, refetch } = useQuery(jobQuery(application.job_id))
  const facts: [string, ReactNode][] = job
    ? [
        ['Place', [job.location, job.remote_option && remoteWords[job.remote_option]].filter(Boolean).join(', ')],
        ['Kind', job.job_type && jobTypeWords[job.job_type]],
        [
          'Pay',
          (job.salary_min ?? job.salary_max) !== null && (
            <PayText key="pay" min={job.salary_min} max={job.salary_max} currency={job.salary_currency} period={job.salary_period} />
          ),
        ],
        ['Found at', job.source],
        ['Closes', job.deadline_on && <DayText key="deadline" day={job.deadline_on} />],
        ['Posting', <JobStatusBadge key="status" status={job.status} />],
      ]
    : []
  return (
    <Section
      title="Job"
      action={
        <Link to="/jobs/$id" params={{ id: application.job_id }} className={classes.action}>
          Open the job
        </Link>
      }
    >
      {error && !job && <ErrorState error={error} retry={() => void refetch()} />}
      <dl className={classes.facts}>
        {facts
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {job?.url && (
        <a href={job.url} target="_blank" rel="noreferrer noopener" className={classes.place}>
          {job.url.replace(/^https?:\/\/(www\.)?/i, '')}
        </a>
      )}
    </Section>
  )
}
