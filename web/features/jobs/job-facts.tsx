import type { Job, JobChanges } from '../../../contract/jobs.ts'
import { currencyOptions } from '../../ui/currency-options.ts'
import { EditableDate } from '../../ui/editable-date.tsx'
import { EditableNumber } from '../../ui/editable-number.tsx'
import { EditableSelect } from '../../ui/editable-select.tsx'
import { EditableTags } from '../../ui/editable-tags.tsx'
import { EditableText } from '../../ui/editable-text.tsx'
import { EditableUrl } from '../../ui/editable-url.tsx'
import { jobStatusWords, jobTypeWords, optionsOf, remoteWords, salaryPeriodWords } from '../../ui/words.ts'
import { fieldWords } from './field-words.ts'
import classes from './job-facts.module.css'

export type JobFactsProps = { job: Job; save: (changes: JobChanges) => Promise<unknown> }

const priorities = ['None', '1', '2', '3', '4', '5, first'].map((label, value) => ({ value: String(value), label }))

const fieldsOf =
  ({ job, save }: JobFactsProps) =>
  <Name extends keyof Job & keyof JobChanges & keyof typeof fieldWords>(name: Name) => ({
    quiet: true,
    name,
    label: fieldWords[name],
    value: job[name],
    save: (value: Job[Name]) => save({ [name]: value }),
  })

/** What one wants to know first. Each is saved by itself. */
export function MainFacts({ job, save }: JobFactsProps) {
  const field = fieldsOf({ job, save })
  return (
    <div className={classes.facts}>
      <div className={classes.wide}>
        <EditableText {...field('title')} save={(title) => save({ title: title ?? '' })} required />
      </div>
      <EditableText {...field('company')} save={(company) => save({ company: company ?? '' })} required />
      <EditableText {...field('location')} />
      <EditableSelect {...field('remote_option')} options={optionsOf(remoteWords)} clearable />
      <EditableSelect {...field('job_type')} options={optionsOf(jobTypeWords)} clearable />
      <EditableNumber {...field('salary_min')} decimals={2} thousands />
      <EditableNumber {...field('salary_max')} decimals={2} thousands />
      <EditableSelect {...field('salary_currency')} options={currencyOptions()} clearable searchable />
      <EditableSelect {...field('salary_period')} options={optionsOf(salaryPeriodWords)} clearable />
      <div className={classes.wide}>
        <EditableTags {...field('tech_stack')} />
      </div>
    </div>
  )
}

/** What matters less often. */
export function MoreFacts({ job, save }: JobFactsProps) {
  const field = fieldsOf({ job, save })
  return (
    <div className={classes.facts}>
      <EditableDate {...field('posted_on')} />
      <EditableDate {...field('deadline_on')} />
      <EditableSelect {...field('status')} options={optionsOf(jobStatusWords)} />
      <EditableSelect
        {...field('priority')}
        options={priorities}
        value={String(job.priority)}
        save={(priority) => save({ priority: Number(priority) })}
      />
      <EditableText {...field('source')} />
      <div className={classes.wide}>
        <EditableUrl {...field('url')} />
      </div>
      <div className={classes.wide}>
        <EditableTags {...field('tags')} />
      </div>
    </div>
  )
}
