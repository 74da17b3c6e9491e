import { type Kysely, sql } from 'kysely'
import type { Interview } from '../../../contract/applications.ts'
import type { Tables } from '../../database/tables.ts'

type Db = Kysely<Tables>

const columns = ['id', 'round', 'kind', 'starts_at', 'duration_minutes', 'place', 'interviewers', 'status', 'feedback'] as const

/** The interviews of `applications` as JSON in the shape of the contract, first one first. */
export const interviewsOfApplication = sql`
  select coalesce(json_agg(json_build_object(
    'id', i.id, 'round', i.round, 'kind', i.kind,
    'starts_at', to_char(i.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'duration_minutes', i.duration_minutes, 'place', i.place, 'interviewers', i.interviewers,
    'status', i.status, 'feedback', i.feedback) order by i.starts_at, i.id), '[]')
  from interviews i where i.user_id = applications.user_id and i.application_id = applications.id`

export function findInterviews(db: Db, userId: string, applicationId: string): Promise<Interview[]> {
  return db
    .selectFrom('interviews')
    .select(columns)
    .where('user_id', '=', userId)
    .where('application_id', '=', applicationId)
    .orderBy('starts_at')
    .orderBy('id')
    .execute()
}

export async function insertInterviews(db: Db, userId: string, applicationId: string, interviews: readonly Interview[]): Promise<void> {
  if (interviews.length === 0) return
  await db
    .insertInto('interviews')
    .values(interviews.map((interview) => ({ user_id: userId, application_id: applicationId, ...asRow(interview) })))
    .execute()
}

export async function setInterview(db: Db, userId: string, { id, ...interview }: Interview): Promise<void> {
  await db.updateTable('interviews').set(asRow(interview)).where('user_id', '=', userId).where('id', '=', id).execute()
}

export async function deleteInterviewRow(db: Db, userId: string, id: string): Promise<void> {
  await db.deleteFrom('interviews').where('user_id', '=', userId).where('id', '=', id).execute()
}

const asRow = <T extends { feedback: Interview['feedback'] }>(interview: T) => ({
  ...interview,
  feedback: interview.feedback === null ? null : JSON.stringify(interview.feedback),
})
