import type { z } from 'zod'
import type { ApplicationStatus, JobStatus, JobType, RemoteOption, SalaryPeriod } from '../../contract/jobs.ts'

/** What the wire's words are called on the screen. */
export const applicationStatusWords: Record<ApplicationStatus, string> = {
  interested: 'Interested',
  applied: 'Applied',
  screening: 'Screening',
  interview: 'Interview',
  offer: 'Offer',
  accepted: 'Accepted',
  rejected: 'Rejected',
  declined: 'Declined',
  withdrawn: 'Withdrawn',
  ghosted: 'Ghosted',
}

export const jobStatusWords: Record<z.output<typeof JobStatus>, string> = { open: 'Open', closed: 'Closed', archived: 'Archived' }
export const remoteWords: Record<z.output<typeof RemoteOption>, string> = { onsite: 'On site', hybrid: 'Hybrid', remote: 'Remote' }
export const jobTypeWords: Record<z.output<typeof JobType>, string> = {
  full_time: 'Full time',
  part_time: 'Part time',
  contract: 'Contract',
  internship: 'Internship',
  temporary: 'Temporary',
  freelance: 'Freelance',
}
export const salaryPeriodWords: Record<z.output<typeof SalaryPeriod>, string> = {
  year: 'a year',
  month: 'a month',
  week: 'a week',
  day: 'a day',
  hour: 'an hour',
}

/** `{ open: 'Open' }` as the options of a select. */
export const optionsOf = <Value extends string>(words: Record<Value, string>) =>
  (Object.entries(words) as [Value, string][]).map(([value, label]) => ({ value, label }))
