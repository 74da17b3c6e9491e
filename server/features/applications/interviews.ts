import { isDeepStrictEqual } from 'node:util'
import type { EventType, Interview, InterviewChanges, InterviewInput } from '../../../contract/applications.ts'
import type { App } from '../../app.ts'
import { inTransaction } from '../../database/transaction.ts'
import { notFound } from '../../errors.ts'
import type { Via } from '../../http/mount.ts'
import type { User } from '../../http/who-is-asking.ts'
import { changeHistory, getApplication, lockLive, markChanged, newInterview } from './applications.ts'
import { newEvent } from './history.ts'
import { deleteInterviewRow, findInterviews, insertInterviews, setInterview } from './interview-queries.ts'

export async function listInterviews(app: App, user: User, applicationId: string) {
  await getApplication(app, user, applicationId)
  const items = await findInterviews(app.db, user.id, applicationId)
  return { items, next_cursor: null, total: { value: items.length, relation: 'exact' as const } }
}

export function addInterview(app: App, user: User, applicationId: string, input: InterviewInput, via: Via): Promise<Interview> {
  return inTransaction(app, async (app) => {
    await lockLive(app, user, applicationId, undefined)
    const present = await findInterviews(app.db, user.id, applicationId)
    const interview = newInterview(input, present)
    await insertInterviews(app.db, user.id, applicationId, [interview])
    await record(app, user, applicationId, added[interview.status], interview, via)
    return interview
  })
}

export function changeInterview(
  app: App,
  user: User,
  applicationId: string,
  id: string,
  changes: InterviewChanges,
  via: Via,
): Promise<Interview> {
  return inTransaction(app, async (app) => {
    const present = await lockInterview(app, user, applicationId, id)
    const interview = { ...present, ...changes }
    if (isDeepStrictEqual(interview, present)) return present
    await setInterview(app.db, user.id, interview)
    const changedTo = interview.status === present.status ? null : added[interview.status]
    const moved = interview.starts_at === present.starts_at ? null : 'interview_moved'
    const type = changedTo ?? moved
    if (type) await record(app, user, applicationId, type, interview, via)
    else await markChanged(app, user, applicationId, via)
    return interview
  })
}

export function deleteInterview(app: App, user: User, applicationId: string, id: string, via: Via): Promise<void> {
  return inTransaction(app, async (app) => {
    const interview = await lockInterview(app, user, applicationId, id)
    await deleteInterviewRow(app.db, user.id, id)
    if (interview.status === 'scheduled') await record(app, user, applicationId, 'interview_cancelled', interview, via)
    else await markChanged(app, user, applicationId, via)
  })
}

const added = { scheduled: 'interview_scheduled', held: 'interview_held', cancelled: 'interview_cancelled' } as const

async function lockInterview(app: App, user: User, applicationId: string, id: string): Promise<Interview> {
  await lockLive(app, user, applicationId, undefined)
  const interview = (await findInterviews(app.db, user.id, applicationId)).find((interview) => interview.id === id)
  if (!interview) throw notFound('interview')
  return interview
}

const record = (app: App, user: User, applicationId: string, type: EventType, interview: Interview, via: Via) =>
  changeHistory(
    app,
    user,
    applicationId,
    (events, clock) => {
      const note = `Round ${interview.round}, ${interview.kind.replace('_', ' ')}, ${interview.starts_at}`
      return { events: [...events, newEvent(events, { type, note }, clock)], result: undefined }
    },
    via,
  )
