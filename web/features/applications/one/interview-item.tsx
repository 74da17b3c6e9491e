import { ActionIcon, Button, Group, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import type { Application, Interview } from '../../../../contract/applications.ts'
import { InstantText } from '../../../ui/day-text.tsx'
import classes from './application-details.module.css'
import { interviewKindWords } from './event-words.ts'
import { FeedbackForm } from './feedback-form.tsx'
import { FeedbackShown } from './feedback-shown.tsx'
import { InterviewForm } from './interview-form.tsx'
import { Place } from './place.tsx'
import type { useInterviews } from './use-interviews.ts'
import { useMinute } from './use-minute.ts'

type InterviewItemProps = {
  application: Application
  interview: Interview
  interviews: ReturnType<typeof useInterviews>
  doing: 'nothing' | 'changing' | 'feedback'
  onDo: (doing: 'nothing' | 'changing' | 'feedback') => void
}

const statusWords = { scheduled: null, held: 'held', cancelled: 'cancelled' } as const

export function InterviewItem({ application, interview, interviews, doing, onDo }: InterviewItemProps) {
  const { round, kind, status, duration_minutes, place, interviewers, feedback } = interview
  const details = [duration_minutes && `${duration_minutes} min`, interviewers.join(', ')].filter(Boolean)
  const hasBegun = interview.starts_at <= useMinute()
  const markHeld = () => {
    void interviews.markHeld(interview)
    onDo('feedback')
  }
  return (
    <li className={classes.interview} data-status={status}>
      <div className={classes.interviewHead}>
        <span className={classes.eventTitle}>
          Round {round}, {interviewKindWords[kind].toLowerCase()}
          {statusWords[status] && <span className="dimmed"> {statusWords[status]}</span>}
        </span>
        <InterviewMenu interview={interview} interviews={interviews} onHeld={markHeld} onDo={onDo} />
      </div>
      <div>
        <InstantText at={interview.starts_at} />
        <span className="dimmed">
          {status === 'scheduled' && (
            <>
              , <InstantText at={interview.starts_at} show="relative" />
            </>
          )}
          {details.length > 0 && ` · ${details.join(' · ')}`}
        </span>
      </div>
      {place && <Place place={place} />}
      {doing === 'changing' && <InterviewForm application={application} interview={interview} onDone={() => onDo('nothing')} />}
      {doing === 'feedback' && (
        <FeedbackForm
          interview={interview}
          save={(feedback) => interviews.change(interview, { feedback })}
          onDone={() => onDo('nothing')}
        />
      )}
      {doing === 'nothing' && feedback && <FeedbackShown feedback={feedback} />}
      {doing === 'nothing' && status === 'scheduled' && (
        <Group gap={8} mt={8}>
          {hasBegun && (
            <Button variant="default" size="compact-sm" onClick={markHeld}>
              Mark as held
            </Button>
          )}
          <Button variant={hasBegun ? 'subtle' : 'default'} color="gray" size="compact-sm" onClick={() => onDo('changing')}>
            Move
          </Button>
        </Group>
      )}
      {doing === 'nothing' && status === 'held' && (
        <Button variant={feedback ? 'subtle' : 'default'} color="gray" size="compact-sm" mt={8} onClick={() => onDo('feedback')}>
          {feedback ? 'Edit feedback' : 'Add feedback'}
        </Button>
      )}
    </li>
  )
}

type InterviewMenuProps = Pick<InterviewItemProps, 'interview' | 'interviews' | 'onDo'> & { onHeld: () => void }

function InterviewMenu({ interview, interviews, onHeld, onDo }: InterviewMenuProps) {
  return (
    <Menu position="bottom-end" width={180}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={28} aria-label={`More on round ${interview.round}`}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onDo('changing')}>Move or edit</Menu.Item>
        <Menu.Item onClick={() => onDo('feedback')}>Feedback</Menu.Item>
        {interview.status === 'scheduled' && (
          <>
            <Menu.Item onClick={onHeld}>Mark as held</Menu.Item>
            <Menu.Item onClick={() => void interviews.cancel(interview)}>Cancel the interview</Menu.Item>
          </>
        )}
        <Menu.Divider />
        <Menu.Item onClick={() => void interviews.remove(interview)}>Remove</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
