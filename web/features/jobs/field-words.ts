import type { JobChanges } from '../../../contract/jobs.ts'

export type FieldName = Exclude<keyof JobChanges, 'version'>

/** What the fields of a job are called on the screen. */
export const fieldWords: Record<FieldName, string> = {
  company: 'Company',
  title: 'Title',
  location: 'Place',
  remote_option: 'Remote',
  job_type: 'Kind',
  description: 'The job',
  requirements: 'What they ask for',
  responsibilities: 'What you would do',
  salary_min: 'Pay from',
  salary_max: 'Pay up to',
  salary_currency: 'Currency',
  salary_period: 'Paid for',
  tech_stack: 'Skills',
  tags: 'Tags',
  url: 'Address',
  source: 'Found via',
  status: 'Posting',
  priority: 'Priority',
  notes: 'Your notes',
  posted_on: 'Posted',
  deadline_on: 'Deadline',
}
