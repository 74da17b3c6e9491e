import { Button, Group } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Application } from '../../../../contract/applications.ts'
import { DayText, InstantText } from '../../../ui/day-text.tsx'
import { daysBetween, todayIn } from '../../../ui/days.ts'
import { Keys } from '../../../ui/keys-shown.tsx'
import { useUserLocale } from '../../../ui/user-locale.tsx'
import { applicationStatusWords } from '../../../ui/words.ts'
import { useFollowUp } from '../use-follow-up.ts'
import { useMove } from '../use-move.ts'
import classes from './application-details.module.css'
import { interviewKindWords } from './event-words.ts'
import type { DoingInterview } from './interviews.tsx'
import type { NextStep } from './next-steps.ts'
import { Place } from './place.tsx'
import { useInterviews } from './use-interviews.ts'

type StepLineProps = {
  application: Application
  step: NextStep
  isFirst: boolean
  onInterview: (doing: DoingInterview) => void
  /** Writes down what they said. */
  log: (() => void) | undefined
}

export function StepLine({ application, step, isFirst, onInterview, log }: StepLineProps) {
  const followUp = useFollowUp()
  const move = useMove()
  const interviews = useInterviews(application)
  const { timezone } = useUserLocale()
  const variant = isFirst ? 'filled' : 'default'
  const moveTo = (to: Application['status'], label: string, look: 'filled' | 'default' = 'default', keys?: string) => (
    <Button key={to} size="xs" variant={look} onClick={() => void move(application, to)} rightSection={keys && <Keys keys={keys} />}>
      {label}
    </Button>
  )
  const snooze = (
    <>
      <Button size="xs" variant="default" onClick={() => void followUp.snooze(application, 3)}>
        +3 days
      </Button>
      <Button size="xs" variant="default" onClick={() => void followUp.snooze(application, 7)}>
        +7 days
      </Button>
    </>
  )
  switch (step.kind) {
    case 'interview':
      return (
        <Line
          log={log}
          title={
            <>
              Interview <InstantText at={step.interview.starts_at} show="relative" />
            </>
          }
          text={
            <>
              <InstantText at={step.interview.starts_at} />, round {step.interview.round},{' '}
              {interviewKindWords[step.interview.kind].toLowerCase()}
              {step.interview.place && <Place place={step.interview.place} />}
            </>
          }
        >
          <Button size="xs" variant="default" onClick={() => onInterview({ id: step.interview.id, what: 'changing' })}>
            Move the interview
          </Button>
        </Line>
      )
    case 'how_was_it':
      return (
        <Line
          log={log}
          title={`How was round ${step.interview.round}?`}
          text={
            <>
              It was <InstantText at={step.interview.starts_at} />. Write down what they asked while you remember it.
            </>
          }
        >
          <Button
            size="xs"
            variant={variant}
            onClick={() => {
              void interviews.markHeld(step.interview)
              onInterview({ id: step.interview.id, what: 'feedback' })
            }}
          >
            It was held
          </Button>
          <Button size="xs" variant="default" onClick={() => void interviews.cancel(step.interview)}>
            It was cancelled
          </Button>
        </Line>
      )
    case 'follow_up':
      return (
        <Line
          log={log}
          title={
            step.isDue ? (
              'Follow up'
            ) : (
              <>
                Follow up <DayText day={step.day} show="relative" />
              </>
            )
          }
          text={<DayText day={step.day} />}
          isDue={step.isDue}
        >
          {step.isDue && (
            <Button size="xs" variant={variant} onClick={() => void followUp.set(application, null)}>
              Done
            </Button>
          )}
          {snooze}
        </Line>
      )
    case 'decide':
      return (
        <Line
          log={log}
          title="Decide on the offer"
          text={
            <>
              They made it <DayText day={application.offer_on ?? application.status_since} show="relative" />.
            </>
          }
        >
          {moveTo('accepted', 'Accept', variant)}
          {moveTo('declined', 'Decline')}
        </Line>
      )
    case 'apply':
      return (
        <Line log={log} title="Apply" text="You are interested and have not applied yet.">
          {moveTo('applied', 'I have applied', variant, 'a')}
        </Line>
      )
    case 'silent':
      return (
        <Line
          log={log}
          title={`Silent for ${step.days} days`}
          text={step.isLong ? 'You may let it go. An answer later on opens it again.' : 'A short, friendly question does no harm.'}
        >
          {step.isLong ? moveTo('ghosted', 'Ghosted') : null}
          {snooze}
        </Line>
      )
    case 'wait':
      return (
        <Line
          log={log}
          title="Wait for their answer"
          text={step.days <= 0 ? 'Nothing to do today.' : `Last news ${step.days === 1 ? 'yesterday' : `${step.days} days ago`}.`}
        >
          {snooze}
        </Line>
      )
    case 'finished':
      return (
        <Line
          log={log}
          title={applicationStatusWords[application.status]}
          text={
            <>
              Finished <DayText day={application.status_since} />
              {application.applied_on && daysBetween(application.applied_on, todayIn(timezone)) >= 0 && (
                <>, {daysBetween(application.applied_on, application.status_since)} days after you applied</>
              )}
              .
            </>
          }
        />
      )
  }
}

type LineProps = { title: ReactNode; text: ReactNode; isDue?: boolean; log?: (() => void) | undefined; children?: ReactNode }

const Line = ({ title, text, isDue = false, log, children }: LineProps) => (
  <div className={classes.step} data-due={isDue || undefined}>
    <div>
      <div className={classes.stepTitle}>{title}</div>
      <div className="dimmed">{text}</div>
    </div>
    <Group gap={8}>
      {children}
      {log && (
        <Button size="xs" variant="default" onClick={log}>
          Log an answer
        </Button>
      )}
    </Group>
  </div>
)
