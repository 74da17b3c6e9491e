import { useSyncExternalStore } from 'react'
import type { Notification } from '../../../contract/notifications.ts'
import { notifyProblem } from '../../ui/notify.tsx'
import { deleteForGood, deleteWhileLeaving, readInboxAnew } from './api.ts'

/**
 * Deleting has no way back on the server: so it waits until nobody can take it back here any more. Until then they are only hidden.
 * A tab that crashes leaves them; one that is closed deletes them.
 */
let hidden: ReadonlySet<string> = new Set()
const listeners = new Set<() => void>()

function set(next: ReadonlySet<string>) {
  hidden = next
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
export const useHidden = () => useSyncExternalStore(subscribe, () => hidden)

export const hide = (items: readonly Notification[]) => set(hidden.union(new Set(items.map(({ id }) => id))))
export const unhide = (items: readonly Notification[]) => set(hidden.difference(new Set(items.map(({ id }) => id))))

export async function deleteHidden(items: readonly Notification[]) {
  const ids = items.map(({ id }) => id).filter((id) => hidden.has(id))
  if (ids.length === 0) return
  try {
    await deleteForGood(ids)
    await readInboxAnew()
  } catch (error) {
    notifyProblem('They were not deleted', error)
  } finally {
    unhide(items)
  }
}

if (typeof window !== 'undefined') {
  window.addEventListener('pagehide', () => {
    if (hidden.size > 0) deleteWhileLeaving([...hidden].slice(0, 1_000))
  })
}
