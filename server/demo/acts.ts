import { ApplicationInput, type ApplicationStatus, InterviewFeedback, InterviewInput } from '../../contract/applications.ts'
import { JobInput } from '../../contract/jobs.ts'
import type { App } from '../app.ts'
import { changeApplication, createApplication } from '../features/applications/applications.ts'
import { addEvent } from '../features/applications/events.ts'
import { addInterview, changeInterview } from '../features/applications/interviews.ts'
import { changeJob, createJob, deleteJob } from '../features/jobs/jobs.ts'
import type { User } from '../http/who-is-asking.ts'
import type { Days } from './days.ts'
import type { InterviewStory, Step, Story, When } from './story.ts'

/** One thing the person did, and when. */
export type Act = { at: string; run(app: App, user: User): Promise<unknown> }

/** What the person did because of one job, in order. A later act counts on the earlier ones having run. */
export function actsOf(story: Story, days: Days): Act[] {
  const { job, application, steps = [], later, deleted } = story
  const optionalDay = (day: number | undefined) => (day === undefined ? null : days.day(day))
  let jobId = ''
  let applicationId = ''
  const acts: Act[] = []
  acts.push({
    at: days.done(story.found),
    run: async (app, user) => {
      const input = { ...job, posted_on: optionalDay(story.posted), deadline_on: optionalDay(story.deadline) }
      jobId = (await createJob(app, user, JobInput.parse(input), 'web')).id
    },
  })
  if (application) {
    const { written, muted = false, ...rest } = application
    acts.push({
      at: days.done(written),
      run: async (app, user) => {
        const input = ApplicationInput.parse({ ...rest, job_id: jobId, reminders_muted: muted })
        applicationId = (await createApplication(app, user, input)).id
      },
    })
  }
  acts.push(...steps.flatMap((step) => actsOfStep(step, days, () => applicationId)))
  if (later) {
    const { when, ...changes } = later
    acts.push({ at: days.done(when), run: (app, user) => changeJob(app, user, jobId, changes, undefined, 'web') })
  }
  if (deleted) acts.push({ at: days.done(deleted), run: (app, user) => deleteJob(app, user, jobId, {}, undefined) })
  return acts
}

function actsOfStep(step: Step, days: Days, application: () => string): Act[] {
  if ('interview' in step) return actsOfInterview(step.when, step.interview, days, application)
  const at = 'to' in step && theirs.includes(step.to) && !step.happened ? days.office(step.when) : days.done(step.when)
  if ('followUp' in step) {
    const follow_up_on = days.day(step.followUp)
    return [{ at, run: (app, user) => changeApplication(app, user, application(), { follow_up_on }, undefined, 'web') }]
  }
  if ('to' in step) {
    const { to, note = null, happened } = step
    const moment = happened ? { occurred_at: days.office(happened) } : {}
    return [{ at, run: (app, user) => addEvent(app, user, application(), { to_status: to, note, ...moment }, 'web') }]
  }
  return [{ at, run: (app, user) => addEvent(app, user, application(), { note: step.note }, 'web') }]
}

/** Where a company brings an application. */
const theirs: ApplicationStatus[] = ['screening', 'interview', 'offer', 'rejected']

function actsOfInterview(when: When, story: InterviewStory, days: Days, application: () => string): Act[] {
  const { starts, moved, cancelled, held, ...rest } = story
  let id = ''
  const change =
    (changes: Parameters<typeof changeInterview>[4]): Act['run'] =>
    (app, user) =>
      changeInterview(app, user, application(), id, changes, 'web')
  const acts: Act[] = [
    {
      at: days.office(when),
      run: async (app, user) => {
        id = (await addInterview(app, user, application(), InterviewInput.parse({ ...rest, starts_at: days.office(starts) }), 'web')).id
      },
    },
  ]
  if (moved) acts.push({ at: days.office(moved.when), run: change({ starts_at: days.office(moved.starts) }) })
  if (cancelled) acts.push({ at: days.office(cancelled), run: change({ status: 'cancelled' }) })
  if (held) {
    const [day, time] = moved?.starts ?? starts
    const over = minutesAfter(days.office([day, time]), (rest.duration_minutes ?? 60) + 25)
    acts.push({ at: over, run: change({ status: 'held', feedback: InterviewFeedback.parse(held) }) })
  }
  return acts
}

const minutesAfter = (instant: string, minutes: number) => new Date(Date.parse(instant) + minutes * 60_000).toISOString()
