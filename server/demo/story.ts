import type { z } from 'zod'
import type { ApplicationStatus, Contact, InterviewFeedback, InterviewInput } from '../../contract/applications.ts'
import type { JobChanges, JobInput } from '../../contract/jobs.ts'

/** Days from today, past ones negative, and the time of day in the sample's time zone. */
export type When = readonly [day: number, time: string]

/** A job of the sample and what came of it. Bare days are counted from today, too. */
export type Story = {
  found: When
  posted?: number
  deadline?: number
  job: Omit<z.input<typeof JobInput>, 'posted_on' | 'deadline_on' | 'status'>
  application?: {
    written: When
    status: ApplicationStatus
    notes?: string
    contacts?: z.input<typeof Contact>[]
    muted?: true
  }
  /** After the application was written down, in the order it happened. */
  steps?: Step[]
  later?: { when: When } & Pick<JobChanges, 'status' | 'notes'>
  /** Went into the trash. */
  deleted?: When
}

export type Step = { when: When } & (
  | { to: ApplicationStatus; note?: string /** When it happened, if it was written down later. */; happened?: When }
  | { note: string }
  | { followUp: number }
  | { interview: InterviewStory }
)

export type InterviewStory = Pick<z.input<typeof InterviewInput>, 'kind' | 'duration_minutes' | 'place' | 'interviewers'> & {
  starts: When
  moved?: { when: When; starts: When }
  cancelled?: When
  held?: z.input<typeof InterviewFeedback>
}

export const paragraphs = (...texts: string[]) => texts.join('\n\n')

export const list = (...points: string[]) => points.map((point) => `- ${point}`).join('\n')
