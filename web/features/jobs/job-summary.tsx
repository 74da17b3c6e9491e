import type { Job } from '../../../contract/jobs.ts'
import { payText } from '../../ui/pay-text.tsx'
import { useUserLocale } from '../../ui/user-locale.tsx'
import { Place } from './job-cells.tsx'
import classes from './job-detail.module.css'

/** Who, where and for how much, in a line. */
export function JobSummary({ job }: { job: Job }) {
  const { locale } = useUserLocale()
  const { salary_min: min, salary_max: max, salary_currency: currency, salary_period: period } = job
  const pay = payText({ min, max, currency, period }, { locale, compact: false })
  return (
    <p className={classes.summary}>
      {job.company}
      {(job.location || job.remote_option) && (
        <>
          {' · '}
          <Place job={job} />
        </>
      )}
      {pay && <span className="dimmed"> · {pay}</span>}
    </p>
  )
}
