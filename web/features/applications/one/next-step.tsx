import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Application, ApplicationStatus } from '../../../../contract/applications.ts'
import { dayOf, todayIn } from '../../../ui/days.ts'
import { useUserLocale } from '../../../ui/user-locale.tsx'
import { useSettings } from '../../settings/api.ts'
import { eventsQuery } from '../api.ts'
import classes from './application-details.module.css'
import { EventForm } from './event-form.tsx'
import type { DoingInterview } from './interviews.tsx'
import { nextSteps } from './next-steps.ts'
import { StepLine } from './step-line.tsx'
import { useHistory } from './use-history.ts'
import { useMinute } from './use-minute.ts'

type NextStepProps = { application: Application; onInterview: (doing: DoingInterview) => void }

const answersTo: Partial<Record<ApplicationStatus, ApplicationStatus[]>> = {
  applied: ['screening', 'interview', 'offer', 'rejected'],
  screening: ['interview', 'offer', 'rejected'],
  interview: ['offer', 'rejected'],
  offer: ['accepted', 'declined', 'rejected'],
}

/** What to do now, and the way to write down what they said. */
export function NextStep({ application, onInterview }: NextStepProps) {
  const { timezone } = useUserLocale()
  const settings = useSettings()
  const now = useMinute()
  const { data: events } = useQuery(eventsQuery(application.id))
  const history = useHistory(application.id)
  const [isLogging, setLogging] = useState(false)
  const answers = answersTo[application.status]
  const last = events?.at(-1)
  const steps = nextSteps(application, {
    at: now,
    today: todayIn(timezone),
    lastHeard: last ? dayOf(last.occurred_at, timezone) : application.status_since,
    followUpAfter: settings.follow_up_after_days,
    ghostedAfter: settings.ghosted_after_days,
  })
  return (
    <section className={classes.next} aria-label="Next step">
      {steps.map((step, at) => (
        <StepLine
          key={step.kind === 'interview' || step.kind === 'how_was_it' ? step.interview.id : step.kind}
          application={application}
          step={step}
          isFirst={at === 0}
          log={at === 0 && answers && !isLogging ? () => setLogging(true) : undefined}
          onInterview={onInterview}
        />
      ))}
      {answers && isLogging && events && (
        <EventForm
          others={events}
          among={answers}
          save={({ to_status, ...said }, key) => history.add(to_status ? { to_status, ...said } : said, key)}
          onDone={() => setLogging(false)}
        />
      )}
    </section>
  )
}
