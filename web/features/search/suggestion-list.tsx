// biome-ignore-all lint/a11y/useKeyWithClickEvents: the keys are the box's
import { useEffect, useRef } from 'react'
import type { QueryProblem } from '../../../contract/query-syntax.ts'
import classes from './query-box.module.css'
import type { Suggestion } from './use-suggestions.ts'

type SuggestionListProps = {
  id: string
  options: Suggestion[]
  active: number | null
  problems: QueryProblem[]
  hint: string | null
  onTake: (option: Suggestion) => void
}

/** Under the box, over what is below it: nothing moves when it comes. The focus stays in the box. */
export function SuggestionList({ id, options, active, problems, hint, onTake }: SuggestionListProps) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (active !== null) list.current?.children[active]?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <div className={classes.list}>
      {problems.map(({ at, message }) => (
        <p key={at} className={classes.problem} aria-hidden>
          {message}
        </p>
      ))}
      {hint && <p className={classes.hint}>{hint}</p>}
      <div ref={list} id={id} role="listbox" aria-label="Suggestions">
        {options.map((option, index) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are the box's
          <div
            key={`${option.what} ${option.label}`}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className={classes.option}
            data-apart={(index > 0 && options[index - 1]?.what !== option.what) || undefined}
            // The focus stays in the box.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onTake(option)}
          >
            <span className={classes.label}>{option.label}</span>
            <span className={classes.what}>{option.what}</span>
          </div>
        ))}
      </div>
    </div>
  )
}
