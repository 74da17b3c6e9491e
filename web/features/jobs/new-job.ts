import type { Job, JobInput } from '../../../contract/jobs.ts'
import { notifyProblem } from '../../ui/notify.tsx'
import { addJob } from './api.ts'
import { type Start, startApplication } from './apply.ts'

type Line = string
type Amount = number | string

/** As the form holds it: nothing is null while one types. */
export type NewJob = {
  company: Line
  title: Line
  url: Line
  location: Line
  salary_min: Amount
  salary_max: Amount
  salary_currency: Line | null
  salary_period: Line | null
  application: 'none' | Start['status']
  applied_on: Line
  remote_option: Line | null
  job_type: Line | null
  source: Line
  tech_stack: string[]
  tags: string[]
  posted_on: Line
  deadline_on: Line
  description: Line
  notes: Line
}

export const emptyJob = (today: string): NewJob => ({
  company: '',
  title: '',
  url: '',
  location: '',
  salary_min: '',
  salary_max: '',
  salary_currency: null,
  salary_period: 'year',
  application: 'none',
  applied_on: today,
  remote_option: null,
  job_type: null,
  source: '',
  tech_stack: [],
  tags: [],
  posted_on: '',
  deadline_on: '',
  description: '',
  notes: '',
})

const orNull = (text: string) => (text.trim() === '' ? null : text.trim())
const amount = (value: Amount) => (value === '' ? null : Number(value))
const address = (text: string) => {
  const url = orNull(text)
  return url === null || /^[a-z][a-z\d+.-]*:/i.test(url) ? url : `https://${url}`
}

function inputOf(values: NewJob) {
  const { application: _application, applied_on: _appliedOn, ...job } = values
  const hasPay = job.salary_min !== '' || job.salary_max !== ''
  return {
    ...job,
    company: job.company.trim(),
    title: job.title.trim(),
    url: address(job.url),
    location: orNull(job.location),
    salary_min: amount(job.salary_min),
    salary_max: amount(job.salary_max),
    salary_period: hasPay ? job.salary_period : null,
    salary_currency: hasPay ? job.salary_currency : null,
    source: orNull(job.source),
    posted_on: orNull(job.posted_on),
    deadline_on: orNull(job.deadline_on),
    description: orNull(job.description),
    notes: orNull(job.notes),
  } as JobInput
}

/** A job and its application in one go. The keys are those of this form, so that pressing twice adds once. */
export async function addWithApplication(values: NewJob, keyFor: (body: object) => string): Promise<Job> {
  const input = inputOf(values)
  const job = await addJob(input, keyFor(input))
  if (values.application !== 'none') {
    const { application: status } = values
    const applied_on = status === 'applied' ? values.applied_on || null : null
    await startApplication(job, { status, applied_on }, { idempotencyKey: keyFor({ job: job.id, status, applied_on }) }).catch((error) =>
      notifyProblem('The job is added, its application is not', error),
    )
  }
  return job
}
