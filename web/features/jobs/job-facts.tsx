import type { Job, JobChanges } from '../../../contract/jobs.ts'
import { currencyOptions } from '../../ui/currency-options.ts'
import { EditableDate } from '../../ui/editable-date.tsx'
import { EditableNumber } from '../../ui/editable-number.tsx'
import { EditableSelect } from '../../ui/editable-select.tsx'
import { EditableTags } from '../../ui/editable-tags.tsx'
import { EditableText } from '../../ui/editable-text.tsx'
import { EditableUrl } from '../../ui/editable-url.tsx'
import { jobStatusWords, jobTypeWords, optionsOf, remoteWords, salaryPeriodWords } from '../../ui/words.ts'
import classes from './job-detail.module.css'

type JobFactsProps = { job: Job; save: (changes: JobChanges) => Promise<unknown> }

const priorities = ['None', '1', '2', '3', '4', '5, first'].map((label, value) => ({ value: String(value), label }))

/** Every fact of a job; each is saved by itself. */
export function JobFacts({ job, save }: JobFactsProps) {
  const field = <Name extends keyof Job & keyof JobChanges>(name: Name, label: string) => ({
    quiet: true,
    name,
    label,
    value: job[name],
    save: (value: Job[Name]) => save({ [name]: value }),
  })
  return (
    <>
      <div className={classes.grid}>
        <div className={classes.wide}>
          <EditableText {...field('title', 'Title')} save={(title) => save({ title: title ?? '' })} required />
        </div>
        <EditableText {...field('company', 'Company')} save={(company) => save({ company: company ?? '' })} required />
        <EditableText {...field('location', 'Place')} />
        <EditableSelect {...field('remote_option', 'On site or remote')} options={optionsOf(remoteWords)} clearable />
        <EditableSelect {...field('job_type', 'Kind of job')} options={optionsOf(jobTypeWords)} clearable />
        <EditableNumber {...field('salary_min', 'Pay from')} decimals={2} thousands />
        <EditableNumber {...field('salary_max', 'Pay up to')} decimals={2} thousands />
        <EditableSelect {...field('salary_currency', 'Currency')} options={currencyOptions()} clearable searchable />
        <EditableSelect {...field('salary_period', 'Paid for')} options={optionsOf(salaryPeriodWords)} clearable />
        <EditableDate {...field('posted_on', 'Posted')} />
        <EditableDate {...field('deadline_on', 'Deadline')} />
        <EditableSelect {...field('status', 'Posting')} options={optionsOf(jobStatusWords)} />
        <EditableSelect
          {...field('priority', 'Priority')}
          options={priorities}
          value={String(job.priority)}
          save={(priority) => save({ priority: Number(priority) })}
        />
        <EditableText {...field('source', 'Found through')} />
        <EditableUrl {...field('url', 'Address')} />
      </div>
      <EditableTags {...field('tech_stack', 'Skills')} />
      <EditableTags {...field('tags', 'Tags')} />
    </>
  )
}
