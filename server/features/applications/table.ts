import type { ColumnType, Generated } from 'kysely'
import type { Application, ApplicationEvent, Interview } from '../../../contract/applications.ts'

// A JS array would become a PostgreSQL array, so JSON goes in as text.
type Json<T> = ColumnType<T, string, string>

export type ApplicationsTable = Omit<Application, 'job' | 'interviews' | 'interview_at' | 'contacts' | 'version'> & {
  user_id: string
  contacts: Json<Application['contacts']>
  /** When the newest event happened: silence is counted from here. */
  last_event_at: string
  deleted_with_job: Generated<boolean>
  version: Generated<number>
}

export type EventsTable = Omit<ApplicationEvent, 'from_status'> & { user_id: string; application_id: string }

export type SupersededEventsTable = {
  user_id: string
  id: string
  application_id: string
  event_id: string
  superseded_at: string
  was: Json<Omit<ApplicationEvent, 'from_status'>>
}

export type InterviewsTable = Omit<Interview, 'feedback'> & {
  user_id: string
  application_id: string
  feedback: Json<Interview['feedback']> | null
}
