import { Alert, Button, Group, NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import type { ApplicationStatus } from '../../../../contract/applications.ts'
import type { Job } from '../../../../contract/jobs.ts'
import { DayInput } from '../../../ui/day-input.tsx'
import { todayIn } from '../../../ui/days.ts'
import { FormProblem } from '../../../ui/problem-form.tsx'
import { fieldMessageOf } from '../../../ui/problem-text.ts'
import { useUserLocale } from '../../../ui/user-locale.tsx'
import { applicationStatusWords, optionsOf } from '../../../ui/words.ts'
import { useFocusFirst } from '../focus-first.ts'
import { isAlreadyOpen } from '../use-move.ts'
import classes from './add-application.module.css'
import { useAddApplication } from './use-add-application.ts'

type AddFormProps = {
  /** Null for a new one. */
  job: Job | null
  /** What was searched for, as the new job's title to begin with. */
  typed?: string
  onBack: () => void
  onAdded: (id: string) => void
  /** Opens the application that stands in the way. */
  onExisting: () => void
}

export function AddForm({ job, typed = '', onBack, onAdded, onExisting }: AddFormProps) {
  const form = useRef<HTMLFormElement>(null)
  useFocusFirst(form)
  const { timezone } = useUserLocale()
  const [company, setCompany] = useState('')
  const [title, setTitle] = useState(typed)
  const [status, setStatus] = useState<ApplicationStatus>('applied')
  const [appliedOn, setAppliedOn] = useState(todayIn(timezone))
  const { add, problem, isSending, keptJob } = useAddApplication()

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const added = await add({
      job: job ?? { company: company.trim(), title: title.trim() },
      status,
      applied_on: status === 'interested' ? null : appliedOn || null,
    })
    if (added) onAdded(added.id)
  }
  const wrong = (field: string) => fieldMessageOf(problem, field)
  return (
    <form ref={form} className={classes.form} onSubmit={submit}>
      {job ? (
        <div>
          <div className={classes.name}>{job.title}</div>
          <div className="dimmed">{[job.company, job.location].filter(Boolean).join(', ')}</div>
        </div>
      ) : (
        <>
          <TextInput
            label="Company"
            error={wrong('company')}
            required
            withAsterisk={false}
            maxLength={500}
            value={company}
            onChange={(event) => setCompany(event.currentTarget.value)}
          />
          <TextInput
            label="Title"
            error={wrong('title')}
            required
            withAsterisk={false}
            maxLength={500}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
        </>
      )}
      <Group gap={12} grow align="flex-start">
        <NativeSelect
          label="Where does it stand?"
          error={wrong('status')}
          data={optionsOf(applicationStatusWords)}
          value={status}
          onChange={(event) => setStatus(event.currentTarget.value as ApplicationStatus)}
        />
        {status !== 'interested' && (
          <DayInput label="Applied on" value={appliedOn} max={todayIn(timezone)} onChange={setAppliedOn} error={wrong('applied_on')} />
        )}
      </Group>
      {problem !== null && keptJob && (
        <Alert variant="outline" title="The job is kept, the application is not there yet">
          {keptJob.title} at {keptJob.company} is among your jobs. “Add” tries only the application again.
        </Alert>
      )}
      <FormProblem problem={problem} />
      <Group gap={8}>
        <Button type="submit" loading={isSending}>
          Add
        </Button>
        {isAlreadyOpen(problem) && (
          <Button variant="default" onClick={onExisting}>
            Open that one
          </Button>
        )}
        <Button variant="subtle" color="gray" onClick={onBack}>
          Back
        </Button>
      </Group>
    </form>
  )
}
