import { useSyncExternalStore } from 'react'
import type { Notification } from '../../../contract/notifications.ts'

/**
 * What was marked here stays where it stands until the list is looked at anew, so that no row goes from under the finger
 * that has just marked it: by its id, in which part it stands and what it is now.
 */
type Pin = { isAmongUnread: boolean; item: Notification }

let pins: ReadonlyMap<string, Pin> = new Map()
const listeners = new Set<() => void>()

function set(next: ReadonlyMap<string, Pin>) {
  pins = next
  for (const listener of listeners) listener()
}

export function pin(items: readonly Notification[], read: boolean) {
  const next = new Map(pins)
  const read_at = read ? new Date().toISOString() : null
  for (const item of items) {
    const isAmongUnread = pins.get(item.id)?.isAmongUnread ?? item.read_at === null
    next.set(item.id, { isAmongUnread, item: { ...item, read_at } })
  }
  set(next)
}

export function unpin(items: readonly Notification[]) {
  const next = new Map(pins)
  for (const { id } of items) next.delete(id)
  set(next)
}

/** False: there was nothing. */
export function unpinAll(): boolean {
  const had = pins.size > 0
  if (had) set(new Map())
  return had
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
export const usePins = () => useSyncExternalStore(subscribe, () => pins)
