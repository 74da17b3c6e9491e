import type { Job } from '../../../contract/jobs.ts'
import type { Filter } from '../../ui/filter-bar.tsx'
import { applicationStatusWords, jobStatusWords, jobTypeWords, optionsOf, remoteWords } from '../../ui/words.ts'

export const named = (jobs: Job[], read: (job: Job) => string[] | string | null) =>
  [...new Set(jobs.flatMap((job) => read(job) ?? []))].sort((a, b) => a.localeCompare(b)).slice(0, 200)

/** What the list can be narrowed by; suggestions are what the loaded rows say. The first ones are always on the screen. */
export const jobFilters = (jobs: Job[]): Filter[] => [
  { kind: 'choice', name: 'application_status', label: 'Application', options: optionsOf(applicationStatusWords) },
  { kind: 'choice', name: 'remote_option', label: 'Remote', options: optionsOf(remoteWords) },
  { kind: 'words', name: 'location', label: 'Place', placeholder: 'Lisbon', suggestions: named(jobs, (job) => job.location) },
  { kind: 'numbers', name: 'salary', label: 'Pay a year' },
  { kind: 'words', name: 'tech_stack', label: 'Skills', placeholder: 'TypeScript', suggestions: named(jobs, (job) => job.tech_stack) },
  { kind: 'flag', name: 'has_application', label: 'Has an application', yes: 'yes', no: 'no' },
  { kind: 'words', name: 'company', label: 'Company', suggestions: named(jobs, (job) => job.company) },
  { kind: 'choice', name: 'job_type', label: 'Kind', options: optionsOf(jobTypeWords) },
  { kind: 'choice', name: 'status', label: 'Posting', options: optionsOf(jobStatusWords) },
  { kind: 'words', name: 'tags', label: 'Tags', suggestions: named(jobs, (job) => job.tags) },
  { kind: 'words', name: 'source', label: 'Found via', suggestions: named(jobs, (job) => job.source) },
  { kind: 'days', name: 'posted', label: 'Posted' },
  { kind: 'days', name: 'created', label: 'Added' },
]

export const alwaysShown = 5

/** In the phone's sheet, where there are no headers to press. */
export const sortOptions = [
  { value: '-created_at', label: 'Newest first' },
  { value: 'created_at', label: 'Oldest first' },
  { value: '-updated_at', label: 'Changed last' },
  { value: '-match_score', label: 'Best match' },
  { value: '-salary', label: 'Highest pay' },
  { value: 'company', label: 'Company' },
  { value: 'title', label: 'Title' },
  { value: 'deadline_on', label: 'Deadline' },
  { value: '-posted_on', label: 'Posted last' },
  { value: '-priority', label: 'Priority' },
  { value: 'relevance', label: 'Best hit for the search' },
]
