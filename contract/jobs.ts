import { z } from 'zod'
import type { Endpoints } from './endpoint.ts'
import * as f from './fields.ts'
import { DidYouMean, Highlight, JobHighlights } from './search.ts'

export const RemoteOption = z.enum(['onsite', 'hybrid', 'remote'])
export const JobType = z.enum(['full_time', 'part_time', 'contract', 'internship', 'temporary', 'freelance'])
export const SalaryPeriod = z.enum(['year', 'month', 'week', 'day', 'hour'])
export const JobStatus = z.enum(['open', 'closed', 'archived'])
export const ApplicationStatus = z
  .enum(['interested', 'applied', 'screening', 'interview', 'offer', 'accepted', 'rejected', 'declined', 'withdrawn', 'ghosted'])
  .meta({ id: 'ApplicationStatus' })
export type ApplicationStatus = z.output<typeof ApplicationStatus>

/** What a person may write. */
const writable = {
  company: f.Line.meta({ examples: ['Northwind Labs'] }),
  title: f.Line.meta({ examples: ['Platform Engineer'] }),
  location: f.OptionalLine.meta({ examples: ['Lisbon, Portugal'] }),
  remote_option: RemoteOption.nullable(),
  job_type: JobType.nullable(),
  description: f.OptionalText.meta({ examples: ['You will run the platform that our teams build on.'] }),
  requirements: f.OptionalText,
  responsibilities: f.OptionalText,
  salary_min: f.Money.nullable().meta({ examples: [62000] }),
  salary_max: f.Money.nullable().meta({ examples: [74000] }),
  salary_currency: f.Currency.nullable(),
  salary_period: SalaryPeriod.nullable(),
  tech_stack: f.Words.meta({ examples: [['TypeScript', 'PostgreSQL']] }),
  tags: f.Words.meta({ examples: [['dream job']] }),
  url: f.OptionalUrl,
  source: f.OptionalLine.meta({ examples: ['Referral'] }),
  status: JobStatus,
  priority: z.int().min(0).max(5).meta({ description: '0 (none) to 5 (first)' }),
  notes: f.OptionalText.meta({ examples: ['Ana works there.'] }),
  posted_on: f.Day.nullable(),
  deadline_on: f.Day.nullable(),
}

const lists = { tech_stack: f.orEmpty(writable.tech_stack), tags: f.orEmpty(writable.tags) }

export const salaryInOrder = (job: { salary_min?: number | null; salary_max?: number | null }) =>
  job.salary_min == null || job.salary_max == null || job.salary_min <= job.salary_max
export const salaryMessage = { path: ['salary_min'], error: 'must not be more than salary_max' }

export const JobInput = z
  .strictObject({
    ...writable,
    location: writable.location.default(null),
    remote_option: writable.remote_option.default(null),
    job_type: writable.job_type.default(null),
    description: writable.description.default(null),
    requirements: writable.requirements.default(null),
    responsibilities: writable.responsibilities.default(null),
    salary_min: writable.salary_min.default(null),
    salary_max: writable.salary_max.default(null),
    salary_currency: writable.salary_currency.default(null),
    salary_period: writable.salary_period.default(null),
    tech_stack: lists.tech_stack.default([]),
    tags: lists.tags.default([]),
    url: writable.url.default(null),
    source: writable.source.default(null),
    status: writable.status.default('open'),
    priority: writable.priority.default(0),
    notes: writable.notes.default(null),
    posted_on: writable.posted_on.default(null),
    deadline_on: writable.deadline_on.default(null),
  })
  .refine(salaryInOrder, salaryMessage)
  .meta({ id: 'JobInput' })
export type JobInput = z.output<typeof JobInput>

/** `null` clears, arrays replace, what is left out stays; `version` is a precondition. */
export const JobChanges = z
  .strictObject({ ...writable, ...lists, version: z.int() })
  .partial()
  .refine(salaryInOrder, salaryMessage)
  .meta({ id: 'JobChanges' })
export type JobChanges = z.output<typeof JobChanges>

export const Job = z
  .strictObject({
    id: f.Id,
    ...writable,
    match_score: z
      .int()
      .nullable()
      .meta({ description: '0 to 100 against the profile; kept apart from the record', examples: [82] }),
    application_status: ApplicationStatus.nullable().meta({
      description: 'Of its open application, else of its newest; kept apart from the record',
      examples: ['applied'],
    }),
    version: z.int().meta({ examples: [1] }),
    created_at: f.Instant,
    updated_at: f.Instant,
    deleted_at: f.Instant.nullable(),
  })
  .meta({ id: 'Job' })
export type Job = z.output<typeof Job>

export const FoundJob = Job.extend({ highlights: JobHighlights.optional() }).meta({ id: 'FoundJob' })
export type FoundJob = z.output<typeof FoundJob>

export const jobFilter = {
  q: f.QueryWords.meta({
    description:
      'Words in title, company, tech_stack, location, description or notes; "phrases", -not, `or`; the last word matches as a beginning until a space follows',
    examples: ['platform'],
  }),
  company: f.many(f.queryText(500)),
  location: f.many(f.queryText(500)),
  remote_option: f.many(RemoteOption),
  job_type: f.many(JobType),
  salary_currency: f.many(f.Currency),
  salary_period: f.many(SalaryPeriod),
  status: f.many(JobStatus),
  application_status: f.many(ApplicationStatus),
  source: f.many(f.queryText(500)),
  tech_stack: f.many(f.queryText(200)).meta({ description: 'All of these' }),
  tech_stack_any: f.many(f.queryText(200)).meta({ description: 'Any of these' }),
  tags: f.many(f.queryText(200)).meta({ description: 'All of these' }),
  salary_min: f.QueryNumber.meta({ description: 'Pay reaches at least this; compared by the year' }),
  salary_max: f.QueryNumber.meta({ description: 'Pay begins at most here; compared by the year' }),
  posted_from: f.Day.optional(),
  posted_to: f.Day.optional(),
  created_from: f.Day.optional(),
  created_to: f.Day.optional(),
  has_application: f.QueryFlag,
  deleted: f.Deleted,
}
export const JobFilter = z.strictObject(jobFilter)
export type JobFilter = z.output<typeof JobFilter>

export const jobSorts = [
  'relevance',
  'created_at',
  'updated_at',
  'posted_on',
  'salary',
  'company',
  'title',
  'match_score',
  'deadline_on',
  'priority',
] as const
export const JobSort = f.sortOf(jobSorts)
export type JobSort = z.output<typeof JobSort>

const byId = z.strictObject({ id: f.Id })

export const jobs = {
  list: {
    method: 'GET',
    path: '/jobs',
    summary: 'List jobs',
    description:
      'Filtered, sorted and page by page. Sorts put absent values last; the id breaks ties. `relevance` ranks the newest 500 matches of `q`, the rest follows newest first.',
    access: 'read',
    query: z.strictObject({ ...jobFilter, ...f.page, sort: JobSort.default('-created_at'), highlight: Highlight }),
    returns: f.listOf(FoundJob, { did_you_mean: DidYouMean }).meta({ id: 'JobList' }),
    status: 200,
    problems: ['invalid_query', 'invalid_cursor'],
  },
  create: {
    method: 'POST',
    path: '/jobs',
    summary: 'Add a job',
    access: 'write',
    body: JobInput,
    returns: Job,
    status: 201,
    location: '/jobs/{id}',
    versioned: true,
    idempotent: true,
  },
  get: {
    method: 'GET',
    path: '/jobs/{id}',
    summary: 'Read a job',
    access: 'read',
    params: byId,
    query: z.strictObject({ deleted: f.Deleted }),
    returns: Job,
    status: 200,
    versioned: true,
    problems: ['not_found'],
  },
  update: {
    method: 'PATCH',
    path: '/jobs/{id}',
    summary: 'Change a job',
    description: 'Merges: `null` clears, arrays replace. Send `If-Match` or `version` to be told of a change in between.',
    access: 'write',
    params: byId,
    body: JobChanges,
    returns: Job,
    status: 200,
    versioned: true,
    problems: ['not_found', 'stale_version'],
  },
  delete: {
    method: 'DELETE',
    path: '/jobs/{id}',
    summary: 'Delete a job',
    description: 'Moves it to the trash with its applications; `permanent=true` really deletes it.',
    access: 'write',
    params: byId,
    query: z.strictObject({ permanent: f.QueryFlag }),
    status: 204,
    versioned: true,
    problems: ['not_found', 'stale_version'],
  },
  restore: {
    method: 'POST',
    path: '/jobs/{id}/restore',
    summary: 'Take a job out of the trash',
    description: 'Brings back the applications that went with it. A live job is answered unchanged.',
    access: 'write',
    params: byId,
    returns: Job,
    status: 200,
    versioned: true,
    problems: ['not_found'],
  },
} as const satisfies Endpoints
