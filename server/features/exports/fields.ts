import { type RawBuilder, sql } from 'kysely'
import type { Application } from '../../../contract/applications.ts'
import type { Job } from '../../../contract/jobs.ts'
import { interviewsOfApplication } from '../applications/applications.ts'

/** A field of a record: where a selection has it, and what has to be done to it in a file. */
export type Field = {
  source: RawBuilder<unknown>
  kind: 'text' | 'instant' | 'words' | 'flag' | 'plain'
}

const jobKinds: Record<keyof Job, Field['kind']> = {
  id: 'plain',
  company: 'text',
  title: 'text',
  location: 'text',
  remote_option: 'plain',
  job_type: 'plain',
  description: 'text',
  requirements: 'text',
  responsibilities: 'text',
  salary_min: 'plain',
  salary_max: 'plain',
  salary_currency: 'plain',
  salary_period: 'plain',
  tech_stack: 'words',
  tags: 'words',
  url: 'text',
  source: 'text',
  status: 'plain',
  priority: 'plain',
  notes: 'text',
  posted_on: 'plain',
  deadline_on: 'plain',
  match_score: 'plain',
  application_status: 'plain',
  version: 'plain',
  created_at: 'instant',
  updated_at: 'instant',
  deleted_at: 'instant',
}

export const jobFields: Record<string, Field> = Object.fromEntries(
  Object.entries(jobKinds).map(([name, kind]) => [name, { source: sql.ref(`jobs.${name}`), kind }]),
)

const own = (name: string, kind: Field['kind'] = 'plain'): Field => ({ source: sql.ref(`applications.${name}`), kind })
const ofJob = (name: string): Field => ({ source: sql.ref(`jobs.${name}`), kind: 'text' })

// json_agg sets line breaks between its entries; inside JSON strings they are escaped, so taking them out is safe.
const interviews: Field = { source: sql`replace((${interviewsOfApplication})::text, e'\\n', '')::json`, kind: 'plain' }

const applicationRecord: Record<keyof Application, Field> = {
  id: own('id'),
  job_id: own('job_id'),
  job: { source: sql`json_build_object('id', jobs.id, 'company', jobs.company, 'title', jobs.title)`, kind: 'plain' },
  status: own('status'),
  applied_on: own('applied_on'),
  response_on: own('response_on'),
  offer_on: own('offer_on'),
  interview_at: { source: sql`ahead.interview_at`, kind: 'instant' },
  status_since: own('status_since'),
  follow_up_on: own('follow_up_on'),
  reminders_muted: own('reminders_muted', 'flag'),
  notes: own('notes', 'text'),
  interviews,
  contacts: own('contacts'),
  version: own('version'),
  created_at: own('created_at', 'instant'),
  updated_at: own('updated_at', 'instant'),
  deleted_at: own('deleted_at', 'instant'),
}

export const applicationFields: Record<string, Field> = {
  ...applicationRecord,
  company: ofJob('company'),
  title: ofJob('title'),
  interview_feedback: interviews,
}
