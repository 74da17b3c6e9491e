import { Button, Group, Select, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import type { ApplicationEvent, ApplicationStatus } from '../../../../contract/applications.ts'
import { DayInput } from '../../../ui/day-input.tsx'
import { todayIn } from '../../../ui/days.ts'
import { FormProblem } from '../../../ui/problem-form.tsx'
import { fieldMessageOf } from '../../../ui/problem-text.ts'
import { useUserLocale } from '../../../ui/user-locale.tsx'
import { applicationStatusWords, optionsOf } from '../../../ui/words.ts'
import { instantOf } from '../../../ui/zoned-time.ts'
import { useFocusFirst } from '../focus-first.ts'
import classes from './application-details.module.css'
import type { Moment } from './what-follows.ts'
import { WhatFollows } from './what-follows-text.tsx'

export type EventValues = { to_status: ApplicationStatus | null; note: string | null } & Moment

type EventFormProps = {
  /** The history without the event that is being written. */
  others: ApplicationEvent[]
  /** The one to correct. */
  event?: ApplicationEvent
  /** Statuses to choose from; all of them when left out. */
  among?: ApplicationStatus[]
  /** Chosen at first. */
  initial?: ApplicationStatus | null
  save: (values: EventValues, key: string) => Promise<unknown>
  onDone: () => void
}

const nothing = 'note'

/** What happened and when: a bare day, or an instant when the time is known. Says what would follow before it is saved. */
export function EventForm({ others, event, among, initial = null, save, onDone }: EventFormProps) {
  const form = useRef<HTMLFormElement>(null)
  useFocusFirst(form)
  const { timezone } = useUserLocale()
  const [status, setStatus] = useState<ApplicationStatus | null>(event ? event.to_status : initial)
  const [day, setDay] = useState<string>(event?.occurred_on ?? todayIn(timezone))
  const [time, setTime] = useState('')
  const [note, setNote] = useState(event?.note ?? '')
  const [problem, setProblem] = useState<unknown>(null)
  const [isSending, setSending] = useState(false)
  const key = useRef({ sent: '', key: '' })

  const isMoved = day !== event?.occurred_on || time !== ''
  const moment: Moment = !isMoved ? {} : time ? { occurred_at: instantOf(day, time, timezone) } : { occurred_on: day }
  const keepsStatus = event !== undefined && event.to_status === null
  const options = optionsOf(applicationStatusWords).filter(({ value }) => !among || among.includes(value))
  const says = status !== null || note.trim() !== '' || keepsStatus

  const submit = async (submitted: FormEvent) => {
    submitted.preventDefault()
    const values = { to_status: status, note: note.trim() === '' ? null : note, ...moment }
    // The same again after an answer that never came must not happen twice.
    const sent = JSON.stringify(values)
    if (key.current.sent !== sent) key.current = { sent, key: crypto.randomUUID() }
    setProblem(null)
    setSending(true)
    try {
      await save(values, key.current.key)
      onDone()
    } catch (error) {
      setProblem(error)
      setSending(false)
    }
  }
  const wrong = (field: string) => fieldMessageOf(problem, field)
  return (
    <form ref={form} className={classes.form} onSubmit={submit}>
      {!keepsStatus && (
        <Select
          label="What happened"
          error={wrong('to_status')}
          data={[...(event || among ? [] : [{ value: nothing, label: 'A note, no change' }]), ...options]}
          value={status ?? (among ? null : nothing)}
          placeholder="Choose"
          onChange={(value) => setStatus(value === null || value === nothing ? null : (value as ApplicationStatus))}
          allowDeselect={false}
        />
      )}
      <Group gap={12} grow align="flex-start">
        <DayInput label="Day" value={day} onChange={setDay} error={wrong('occurred_on')} />
        <TextInput
          type="time"
          label="Time, if known"
          value={time}
          onChange={(e) => setTime(e.currentTarget.value)}
          error={wrong('occurred_at')}
        />
      </Group>
      <Textarea
        label="Note"
        autosize
        minRows={2}
        maxRows={10}
        value={note}
        onChange={(e) => setNote(e.currentTarget.value)}
        error={wrong('note')}
      />
      <WhatFollows others={others} event={event} to={keepsStatus ? null : status} moment={moment} />
      <FormProblem problem={problem} />
      <Group gap={8}>
        <Button type="submit" loading={isSending} disabled={!says || day === ''}>
          Save
        </Button>
        <Button variant="subtle" color="gray" onClick={onDone}>
          Cancel
        </Button>
      </Group>
    </form>
  )
}
