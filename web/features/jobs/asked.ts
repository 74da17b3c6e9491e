import { useEffect } from 'react'

/** What the list asks of a job's panel, which may have to open first. */
export type Act = 'edit' | 'apply'

let asked: { id: string; act: Act } | null = null
const listeners = new Set<() => void>()

export function askJob(id: string, act: Act, open: () => void) {
  asked = { id, act }
  open()
  for (const listener of listeners) listener()
}

/** Does what was asked of this job, now or as soon as it is shown. */
export function useAsked(id: string, acts: Record<Act, () => void>) {
  useEffect(() => {
    const take = () => {
      if (asked?.id !== id) return
      const { act } = asked
      asked = null
      acts[act]()
    }
    take()
    listeners.add(take)
    return () => {
      listeners.delete(take)
    }
  })
}
