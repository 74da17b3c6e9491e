import { useSyncExternalStore } from 'react'

let isOpen = false
const listeners = new Set<() => void>()

function set(next: boolean) {
  isOpen = next
  for (const listener of listeners) listener()
}

/** From anywhere: the form lies over whatever page is shown. */
export const openAddJob = () => set(true)
export const closeAddJob = () => set(false)

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
export const useAddJobIsOpen = () => useSyncExternalStore(subscribe, () => isOpen)
