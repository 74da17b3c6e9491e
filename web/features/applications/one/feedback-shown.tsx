import type { Interview } from '../../../../contract/applications.ts'
import classes from './application-details.module.css'
import { ratingWords } from './feedback-form.tsx'

export function FeedbackShown({ feedback }: { feedback: NonNullable<Interview['feedback']> }) {
  const { rating, questions, skill_areas, notes } = feedback
  return (
    <div className={classes.feedback}>
      {rating !== null && (
        <div>
          It went <b>{ratingWords[rating]?.toLowerCase()}</b> <span className="dimmed">({rating} of 5)</span>
        </div>
      )}
      {skill_areas.length > 0 && (
        <ul className={classes.words} aria-label="Skills it was about">
          {skill_areas.map((word) => (
            <li key={word}>{word}</li>
          ))}
        </ul>
      )}
      {questions.length > 0 && (
        <ul className={classes.questions} aria-label="Questions they asked">
          {questions.map((question, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same question may be asked twice, and none has an identity
            <li key={at}>{question}</li>
          ))}
        </ul>
      )}
      {notes && <p className={classes.eventNote}>{notes}</p>}
    </div>
  )
}
