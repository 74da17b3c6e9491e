import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { Application } from '../../../../contract/applications.ts'
import classes from './application-details.module.css'
import { InterviewForm } from './interview-form.tsx'
import { InterviewItem } from './interview-item.tsx'
import { Section } from './section.tsx'
import { useInterviews } from './use-interviews.ts'

export type DoingInterview = { id: string; what: 'changing' | 'feedback' } | 'adding' | null

type InterviewsProps = { application: Application; doing: DoingInterview; onDo: (doing: DoingInterview) => void }

export function Interviews({ application, doing, onDo }: InterviewsProps) {
  const interviews = useInterviews(application)
  const inOrder = application.interviews.toSorted((a, b) => (a.starts_at < b.starts_at ? 1 : -1))
  return (
    <Section
      title="Interviews"
      action={
        doing !== 'adding' && (
          <Button variant="subtle" color="gray" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={() => onDo('adding')}>
            Add an interview
          </Button>
        )
      }
    >
      {doing === 'adding' && <InterviewForm application={application} onDone={() => onDo(null)} />}
      {inOrder.length === 0 && doing !== 'adding' && (
        <p className={classes.hint}>Rounds go here, with the questions they asked. They help you prepare the next one.</p>
      )}
      {inOrder.length > 0 && (
        <ul className={classes.list} aria-label="Interviews">
          {inOrder.map((interview) => (
            <InterviewItem
              key={interview.id}
              application={application}
              interview={interview}
              interviews={interviews}
              doing={doing !== null && doing !== 'adding' && doing.id === interview.id ? doing.what : 'nothing'}
              onDo={(what) => onDo(what === 'nothing' ? null : { id: interview.id, what })}
            />
          ))}
        </ul>
      )}
    </Section>
  )
}
