import { useEffect, useRef, useState } from 'react'
import { onConnectionChange } from '../api/connection.ts'
import { announce } from './announce.tsx'
import { fieldMessageOf, isPassing, messageOf } from './problem-text.ts'
import { useLatest } from './use-latest.ts'

/** `waiting`: not saved yet, and kept, because the server is away or busy. */
export type SaveState = 'idle' | 'saving' | 'saved' | 'failed' | 'waiting'

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
 * it is kept, and sent again, when the server is away. When it is refused for another reason, the saved value comes back and the error
 * says so.
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
      const waits = isPassing(problem)
      if (wrong === null && !waits) setDraft(null)
      if (wrong !== null) setError(`Not saved: ${wrong}`)
      else if (waits) setError(`Not saved yet, and kept here. ${messageOf(problem)}`)
      else setError(`Not saved, so the earlier value is back. ${messageOf(problem)}`)
      setState(waits ? 'waiting' : 'failed')
    }
  }

  // What could not be sent goes out when the server is there again. It says what the field is to be, so twice is as good as once.
  const latestCommit = useLatest(() => void commit())
  useEffect(() => {
    if (state !== 'waiting') return
    return onConnectionChange((now) => {
      if (now === 'up') latestCommit.current()
    })
  }, [state, latestCommit])

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
