/** The files of other trackers, known by the names in their header: never by position, for that changes. */
import type { ApplicationStatus } from '../../../../contract/applications.ts'
import type { DateFormat, ImportKind, ImportTarget } from '../../../../contract/imports.ts'
import { foldName } from './names.ts'

export type Preset = {
  name: string
  kind: ImportKind
  /** Every one of these must be there, and one of `any`. */
  needs: string[]
  any?: string[]
  columns: Record<string, ImportTarget | null>
  /** Beyond those that are null everywhere. */
  nullWords?: string[]
  dateFormat?: DateFormat
  /** The source of rows that name none. */
  source?: string
  /** Words that mean something else here than elsewhere. */
  statuses?: Record<string, ApplicationStatus>
}

export const presets: Preset[] = [
  {
    name: 'linkedin_applications',
    kind: 'applications',
    needs: ['Application Date', 'Company Name', 'Job Title', 'Job Url'],
    columns: {
      'Application Date': 'applied_on',
      'Contact Email': 'contact_email',
      'Contact Phone Number': 'contact_phone',
      'Company Name': 'company',
      'Job Title': 'title',
      'Job Url': 'url',
      'Resume Name': null,
      'Question And Answers': 'answers',
    },
    dateFormat: 'mdy',
    source: 'LinkedIn',
  },
  {
    name: 'linkedin_saved_jobs',
    kind: 'jobs',
    needs: ['Saved Date', 'Job Url', 'Job Title', 'Company Name'],
    columns: { 'Saved Date': 'created_at', 'Job Url': 'url', 'Job Title': 'title', 'Company Name': 'company' },
    dateFormat: 'mdy',
    source: 'LinkedIn',
  },
  {
    name: 'huntr',
    kind: 'applications',
    needs: ['title', 'companyName', 'listName'],
    any: ['htmlDescription', 'boardName', 'lastMovedAt'],
    columns: {
      id: 'source_id',
      createdAt: 'created_at',
      title: 'title',
      salary: 'salary',
      location: 'location',
      url: 'url',
      htmlDescription: 'description',
      deadline: 'deadline_on',
      lastMovedAt: 'status_since',
      listName: 'status',
      companyName: 'company',
    },
  },
  {
    name: 'teal',
    kind: 'applications',
    needs: ['company_name', 'role'],
    any: ['statusName', 'excitement', 'salary_pay_period'],
    columns: {
      id: 'source_id',
      company_name: 'company',
      role: 'title',
      location: 'location',
      url: 'url',
      excitement: 'priority',
      source: 'source',
      min_salary: 'salary_min',
      max_salary: 'salary_max',
      salary_currency: 'salary_currency',
      salary_pay_period: 'salary_period',
      added_at: 'created_at',
      applied_at: 'applied_on',
      follow_up_at: 'follow_up_on',
      archived_at: 'archived',
      statusName: 'status',
      status: 'status',
    },
  },
  {
    name: 'simplify',
    kind: 'applications',
    needs: ['Job Title', 'Company Name', 'Applied Date', 'Status'],
    any: ['Status Date', 'Date Archived'],
    columns: {
      'Job Title': 'title',
      'Company Name': 'company',
      Location: 'location',
      'Job URL': 'url',
      'Applied Date': 'applied_on',
      Status: 'status',
      'Status Date': 'status_since',
      Archived: 'archived',
      'Date Archived': null,
      Notes: 'notes',
      job_type: 'job_type',
    },
  },
  {
    name: 'careerflow',
    kind: 'applications',
    needs: ['Company Name', 'Job Title', 'Status', 'Date Applied (UTC)'],
    columns: {
      Id: 'source_id',
      'Company Name': 'company',
      'Job Title': 'title',
      Status: 'status',
      'Date Added (UTC)': 'created_at',
      'Date Applied (UTC)': 'applied_on',
      'Date Interviewed (UTC)': 'interview_on',
      'Date Offered (UTC)': 'offer_on',
      'Date Rejected (UTC)': 'rejected_on',
      Location: 'location',
      Salary: 'salary',
      'Job Link': 'url',
      Source: 'source',
      Tags: 'tags',
    },
  },
  {
    name: 'jobsync',
    kind: 'applications',
    needs: ['Company', 'JobTitle', 'Status', 'appliedDate'],
    any: ['workplaceType', 'JobSource'],
    columns: {
      createdAt: 'created_at',
      applied: null,
      appliedDate: 'applied_on',
      Company: 'company',
      JobTitle: 'title',
      jobType: 'job_type',
      workplaceType: 'remote_option',
      Location: 'location',
      JobSource: 'source',
      Status: 'status',
    },
    statuses: { Expired: 'ghosted', Archived: 'withdrawn' },
  },
  {
    name: 'career_copilot_jobs',
    kind: 'applications',
    needs: ['company', 'title', 'application_url', 'date_applied'],
    columns: {
      ...Object.fromEntries(
        ['company', 'title', 'location', 'description', 'requirements', 'responsibilities', 'salary_min', 'salary_max'].map((name) => [
          name,
          name as ImportTarget,
        ]),
      ),
      job_type: 'job_type',
      remote_option: 'remote_option',
      tech_stack: 'tech_stack',
      application_url: 'url',
      source: 'source',
      status: 'status',
      date_applied: 'applied_on',
      notes: 'notes',
      currency: 'salary_currency',
    },
  },
  {
    name: 'career_copilot_applications',
    kind: 'applications',
    needs: ['job_id', 'status', 'applied_date', 'response_date'],
    columns: {
      job_id: 'job_id',
      status: 'status',
      applied_date: 'applied_on',
      response_date: 'response_on',
      interview_date: 'interview_on',
      offer_date: 'offer_on',
      follow_up_date: 'follow_up_on',
      notes: 'notes',
      interview_feedback: 'notes',
    },
  },
  {
    name: 'glassdoor',
    kind: 'jobs',
    needs: ['Job Title', 'Salary Estimate', 'Company Name'],
    columns: {
      'Job Title': 'title',
      'Salary Estimate': 'salary',
      'Job Description': 'description',
      'Company Name': 'company',
      Location: 'location',
    },
    nullWords: ['-1', '-1.0'],
    source: 'Glassdoor',
  },
]

/** The known format with these columns. The one that names most of them, where several do. */
export function presetOf(columns: readonly string[]): Preset | null {
  const names = new Set(columns.map(foldName))
  const has = (name: string) => names.has(foldName(name))
  const known = presets.filter((preset) => preset.needs.every(has) && (preset.any?.some(has) ?? true))
  const size = (preset: Preset) => Object.keys(preset.columns).filter(has).length
  return known.toSorted((a, b) => size(b) - size(a))[0] ?? null
}
