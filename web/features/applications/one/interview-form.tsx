import { Button, Checkbox, Group, NativeSelect, NumberInput, TagsInput, TextInput } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import type { Application, Interview } from '../../../../contract/applications.ts'
import { DayInput } from '../../../ui/day-input.tsx'
import { addDays, dayOf, todayIn } from '../../../ui/days.ts'
import { FormProblem } from '../../../ui/problem-form.tsx'
import { fieldMessageOf } from '../../../ui/problem-text.ts'
import { useUserLocale } from '../../../ui/user-locale.tsx'
import { optionsOf } from '../../../ui/words.ts'
import { instantOf, timeIn } from '../../../ui/zoned-time.ts'
import { useFocusFirst } from '../focus-first.ts'
import classes from './application-details.module.css'
import { interviewKindWords } from './event-words.ts'
import { isBeforeInterview, useInterviews } from './use-interviews.ts'

type InterviewFormProps = { application: Application; interview?: Interview; onDone: () => void }

export function InterviewForm({ application, interview, onDone }: InterviewFormProps) {
  const form = useRef<HTMLFormElement>(null)
  useFocusFirst(form)
  const { timezone } = useUserLocale()
  const interviews = useInterviews(application)
  const [kind, setKind] = useState<Interview['kind']>(interview?.kind ?? 'video')
  const [day, setDay] = useState(interview ? dayOf(interview.starts_at, timezone) : addDays(todayIn(timezone), 1))
  const [time, setTime] = useState(interview ? timeIn(interview.starts_at, timezone) : '10:00')
  const [minutes, setMinutes] = useState<number | null>(interview ? interview.duration_minutes : 60)
  const [place, setPlace] = useState(interview?.place ?? '')
  const [interviewers, setInterviewers] = useState(interview?.interviewers ?? [])
  const offersMove = !interview && isBeforeInterview(application)
  const [moves, setMoves] = useState(true)
  const [problem, setProblem] = useState<unknown>(null)
  const [isSending, setSending] = useState(false)
  const key = useRef({ sent: '', key: '' })

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const body = { kind, starts_at: instantOf(day, time, timezone), duration_minutes: minutes, place: place.trim() || null, interviewers }
    const sent = JSON.stringify(body)
    if (key.current.sent !== sent) key.current = { sent, key: crypto.randomUUID() }
    setProblem(null)
    setSending(true)
    try {
      if (interview) await interviews.change(interview, body)
      else
        await interviews.add(
          { ...body, status: 'scheduled', feedback: null, round: undefined },
          { idempotencyKey: key.current.key, moves: offersMove && moves },
        )
      onDone()
    } catch (error) {
      setProblem(error)
      setSending(false)
    }
  }
  const wrong = (field: string) => fieldMessageOf(problem, field)
  return (
    <form
      ref={form}
      className={classes.form}
      onSubmit={submit}
      aria-label={interview ? `Change round ${interview.round}` : 'Add an interview'}
    >
      <Group gap={12} grow align="flex-start">
        <NativeSelect
          label="Kind"
          data={optionsOf(interviewKindWords)}
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value as Interview['kind'])}
        />
        <NumberInput
          label="Minutes"
          min={1}
          max={10_080}
          error={wrong('duration_minutes')}
          allowDecimal={false}
          value={minutes ?? ''}
          onChange={(value) => setMinutes(typeof value === 'number' ? value : null)}
          hideControls
        />
      </Group>
      <Group gap={12} grow align="flex-start">
        <DayInput label="Day" value={day} onChange={setDay} error={wrong('starts_at')} />
        <TextInput type="time" label="Time" required withAsterisk={false} value={time} onChange={(e) => setTime(e.currentTarget.value)} />
      </Group>
      <TextInput
        label="Place or link"
        error={wrong('place')}
        placeholder="https://meet.example.com/abc"
        value={place}
        onChange={(event) => setPlace(event.currentTarget.value)}
      />
      <TagsInput
        label="Who you will meet"
        error={wrong('interviewers')}
        placeholder={interviewers.length > 0 ? undefined : 'Ana Moreira, then Enter'}
        value={interviewers}
        onChange={setInterviewers}
        acceptValueOnBlur
      />
      {offersMove && (
        <Checkbox label="Move the application to Interview" checked={moves} onChange={(event) => setMoves(event.currentTarget.checked)} />
      )}
      <FormProblem problem={problem} />
      <Group gap={8}>
        <Button type="submit" loading={isSending} disabled={day === '' || time === ''}>
          {interview ? 'Save' : 'Add interview'}
        </Button>
        <Button variant="subtle" color="gray" onClick={onDone}>
          Cancel
        </Button>
      </Group>
    </form>
  )
}
