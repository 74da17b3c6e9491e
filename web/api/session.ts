import { useSyncExternalStore } from 'react'

/**
 * A session that ends while a page is open takes nothing along: what was sent waits until the same person has signed in again,
 * in a dialog over the page, and goes out then.
 */
let hasBeenIn = false
let waiting: { until: Promise<void>; goOn: () => void } | null = null
const listeners = new Set<() => void>()

function set(next: typeof waiting) {
  waiting = next
  for (const listener of listeners) listener()
}

/** An answer came that takes somebody who has signed in. */
export function noteSignedIn() {
  hasBeenIn = true
}

/** Ends when somebody has signed in again. Who never was in here goes to the page for it: nothing can be lost yet. */
export function untilSignedIn(): Promise<void> {
  if (!hasBeenIn) {
    // In place of this page, so that "back" does not lead to it again.
    location.replace(`/sign-in?${new URLSearchParams({ next: location.pathname + location.search })}`)
    return new Promise(() => {})
  }
  if (!waiting) {
    const { promise, resolve } = Promise.withResolvers<void>()
    set({ until: promise, goOn: resolve })
  }
  return waiting?.until ?? Promise.resolve()
}

export function goOnSignedIn() {
  waiting?.goOn()
  set(null)
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useIsSignedOut = () => useSyncExternalStore(subscribe, () => waiting !== null)
