import { useSyncExternalStore } from 'react'

/** Whether the server answers: `away` until it does again, asked every few seconds. */
export type Connection = 'up' | 'away'

const askAgainAfter = 4_000
let connection: Connection = 'up'
let asking: ReturnType<typeof setTimeout> | null = null
const listeners = new Set<(now: Connection) => void>()

function set(next: Connection) {
  if (connection === next) return
  connection = next
  for (const listener of listeners) listener(next)
}

export function noteReachable() {
  if (asking !== null) clearTimeout(asking)
  asking = null
  set('up')
}

export function noteUnreachable() {
  set('away')
  asking ??= setTimeout(ask, askAgainAfter)
}

async function ask() {
  asking = null
  try {
    const response = await fetch('/health/live', { cache: 'no-store' })
    if (response.ok) noteReachable()
    else noteUnreachable()
  } catch {
    noteUnreachable()
  }
}

export function onConnectionChange(listener: (now: Connection) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useConnection = () => useSyncExternalStore(onConnectionChange, () => connection)

if (typeof window !== 'undefined') {
  window.addEventListener('offline', noteUnreachable)
  window.addEventListener('online', ask)
}
