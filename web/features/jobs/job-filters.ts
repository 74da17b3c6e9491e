import type { Job, JobSort } from '../../../contract/jobs.ts'
import type { Filter } from '../../ui/filter-bar.tsx'
import { applicationStatusWords, jobStatusWords, jobTypeWords, optionsOf, remoteWords, salaryPeriodWords } from '../../ui/words.ts'
import { type JobSearch, sortIn } from './search.ts'

export const named = (jobs: Job[], read: (job: Job) => string[] | string | null) =>
  [...new Set(jobs.flatMap((job) => read(job) ?? []))].sort((a, b) => a.localeCompare(b)).slice(0, 200)

const usualCurrencies = ['EUR', 'USD', 'GBP', 'CHF']
const currenciesOf = (jobs: Job[]) =>
  [...new Set([...usualCurrencies, ...named(jobs, (job) => job.salary_currency)])].map((code) => ({ value: code, label: code }))

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
  {
    kind: 'words',
    name: 'tech_stack_any',
    label: 'Any of the skills',
    placeholder: 'TypeScript',
    suggestions: named(jobs, (job) => job.tech_stack),
  },
  { kind: 'choice', name: 'salary_currency', label: 'Currency', options: currenciesOf(jobs) },
  { kind: 'choice', name: 'salary_period', label: 'Paid for', options: optionsOf(salaryPeriodWords) },
  { kind: 'words', name: 'source', label: 'Found via', suggestions: named(jobs, (job) => job.source) },
  { kind: 'days', name: 'posted', label: 'Posted' },
  { kind: 'days', name: 'created', label: 'Added' },
]

export const alwaysShown = 5

/** Also those that no header can be pressed for. */
const sortOptions: { value: JobSort; label: string }[] = [
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
]
const byHit: { value: JobSort; label: string } = { value: 'relevance', label: 'Best hit first' }

/** What one may choose here, and what is chosen, by a header or an address. */
export function sortOptionsFor(search: JobSearch) {
  const offered = search.q ? [byHit, ...sortOptions] : sortOptions
  const chosen = sortIn(search)
  if (offered.some(({ value }) => value === chosen)) return offered
  return [...offered, { value: chosen, label: chosen === byHit.value ? byHit.label : otherWay(chosen) }]
}

const otherWay = (sort: JobSort) => {
  const turned = sortOptions.find(({ value }) => value.replace('-', '') === sort.replace('-', ''))
  return turned ? `${turned.label}, turned round` : sort
}
