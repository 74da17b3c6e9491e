import { useEffect, useRef, useState } from 'react'
import { announce } from './announce.tsx'
import { fieldMessageOf, messageOf } from './problem-text.ts'

export type SaveState = 'idle' | 'saving' | 'saved' | 'failed'

type SavedField<T> = {
  /** What is saved now. */
  value: T
  /** Saves and resolves, or rejects with the problem. */
  save: (value: T) => Promise<unknown>
  /** The field's name in `field_errors`. */
  name: string
  label: string
  isSame?: (a: T, b: T) => boolean
}

const shownFor = 1_500

/**
 * A value that is edited in place. What was typed is kept when the server finds it wrong, so that it can be put right;
 * when saving fails for another reason, the saved value comes back and the error says so.
 */
export function useSavedField<T>({ value, save, name, label, isSame = Object.is }: SavedField<T>) {
  const [draft, setDraft] = useState<{ value: T } | null>(null)
  const [state, setState] = useState<SaveState>('idle')
  const [error, setError] = useState<string | null>(null)
  const turn = useRef(0)

  useEffect(() => {
    if (state !== 'saved') return
    const timer = setTimeout(() => setState('idle'), shownFor)
    return () => clearTimeout(timer)
  }, [state])

  const shown = draft ? draft.value : value

  const cancel = () => {
    setDraft(null)
    setError(null)
    setState('idle')
  }

  const commit = async (next: T = shown) => {
    if (isSame(next, value)) {
      cancel()
      return
    }
    const mine = ++turn.current
    setDraft({ value: next })
    setError(null)
    setState('saving')
    try {
      await save(next)
      if (mine !== turn.current) return
      setDraft(null)
      setState('saved')
      announce(`${label} saved`)
    } catch (problem) {
      if (mine !== turn.current) return
      const wrong = fieldMessageOf(problem, name)
      if (wrong === null) setDraft(null)
      setError(wrong === null ? `Not saved, so the earlier value is back. ${messageOf(problem)}` : `Not saved: ${wrong}`)
      setState('failed')
    }
  }

  return {
    shown,
    state,
    error,
    isDirty: draft !== null && !isSame(draft.value, value),
    edit: (next: T) => setDraft({ value: next }),
    commit,
    cancel,
  }
}
