import { Button, Group, Radio, TagsInput, Textarea } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import type { Interview } from '../../../../contract/applications.ts'
import { FormProblem } from '../../../ui/problem-form.tsx'
import { fieldMessageOf } from '../../../ui/problem-text.ts'
import { useFocusFirst } from '../focus-first.ts'
import classes from './application-details.module.css'
import { useDraft } from './use-draft.ts'

type Feedback = NonNullable<Interview['feedback']>
type FeedbackFormProps = { interview: Interview; save: (feedback: Feedback) => Promise<unknown>; onDone: () => void }

export const ratingWords = ['', 'Badly', 'Not so well', 'All right', 'Well', 'Very well'] as const

/** Kept on this device from the first letter on, so that closing it loses nothing. */
export function FeedbackForm({ interview, save, onDone }: FeedbackFormProps) {
  const form = useRef<HTMLFormElement>(null)
  useFocusFirst(form)
  const saved = interview.feedback ?? { questions: [], skill_areas: [], rating: null, notes: null }
  const draft = useDraft(`feedback-${interview.id}`, { ...saved, questions: saved.questions.join('\n'), notes: saved.notes ?? '' })
  const [problem, setProblem] = useState<unknown>(null)
  const [isSending, setSending] = useState(false)
  const written = draft.value
  const write = (changes: Partial<typeof written>) => draft.write({ ...written, ...changes })

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setProblem(null)
    setSending(true)
    const lines = written.questions.split('\n').map((line) => line.trim())
    try {
      await save({ ...written, questions: lines.filter((line) => line !== ''), notes: written.notes.trim() === '' ? null : written.notes })
      draft.drop()
      onDone()
    } catch (error) {
      setProblem(error)
      setSending(false)
    }
  }
  const wrong = (field: string) => fieldMessageOf(problem, `feedback.${field}`)
  return (
    <form ref={form} className={classes.form} onSubmit={submit} aria-label={`Feedback on round ${interview.round}`}>
      <Radio.Group
        label="How did it go?"
        value={written.rating === null ? '' : String(written.rating)}
        onChange={(value) => write({ rating: Number(value) })}
      >
        <Group gap={12} mt={4}>
          {[1, 2, 3, 4, 5].map((rating) => (
            <Radio key={rating} value={String(rating)} label={`${rating}, ${ratingWords[rating]?.toLowerCase()}`} />
          ))}
        </Group>
      </Radio.Group>
      <Textarea
        label="Questions they asked"
        error={wrong('questions')}
        description="One on each line"
        autosize
        minRows={3}
        maxRows={14}
        value={written.questions}
        onChange={(event) => write({ questions: event.currentTarget.value })}
      />
      <TagsInput
        label="Skills it was about"
        error={wrong('skill_areas')}
        placeholder={written.skill_areas.length > 0 ? undefined : 'System design, then Enter'}
        value={written.skill_areas}
        onChange={(skill_areas) => write({ skill_areas })}
        splitChars={[',', ';']}
        acceptValueOnBlur
      />
      <Textarea
        label="Notes on the round"
        error={wrong('notes')}
        autosize
        minRows={2}
        maxRows={14}
        value={written.notes}
        onChange={(event) => write({ notes: event.currentTarget.value })}
      />
      <FormProblem problem={problem} />
      <Group gap={8}>
        <Button type="submit" loading={isSending}>
          Save feedback
        </Button>
        <Button variant="subtle" color="gray" onClick={onDone}>
          {draft.isDraft ? 'Later' : 'Cancel'}
        </Button>
        {draft.isDraft && <span className="dimmed">Kept on this device until you save it</span>}
      </Group>
    </form>
  )
}
