import { useSyncExternalStore } from 'react'
import type { BulkKind } from '../../../contract/bulk.ts'
import type { BulkError } from '../../../contract/tasks.ts'
import type { Said } from './change.ts'

/** What did not go through, until it is read. */
export type Notice = { id: string; title: string; kind: BulkKind; errors: readonly BulkError[] }

/** What goes on in the background, and what came of it: shown at the bottom of every page. */
type Background = { tasks: ReadonlyMap<string, Said>; notices: readonly Notice[] }

let now: Background = { tasks: new Map(), notices: [] }
const listeners = new Set<() => void>()

function set(changes: Partial<Background>) {
  now = { ...now, ...changes }
  for (const listener of listeners) listener()
}

/** False: it is watched already. */
export function watchTask(id: string, said: Said): boolean {
  if (now.tasks.has(id)) return false
  set({ tasks: new Map(now.tasks).set(id, said) })
  return true
}
export const forgetTask = (id: string) => set({ tasks: new Map([...now.tasks].filter(([one]) => one !== id)) })

export const tell = (notice: Omit<Notice, 'id'>) => set({ notices: [...now.notices, { ...notice, id: crypto.randomUUID() }] })
export const dismiss = (id: string) => set({ notices: now.notices.filter((notice) => notice.id !== id) })

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
export const useBackground = () => useSyncExternalStore(subscribe, () => now)
