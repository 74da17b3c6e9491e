import { useSyncExternalStore } from 'react'
import { connectLive, type LiveState } from '../../client/live.ts'
import type { LiveEvents } from '../../client/live-intake.ts'
import { client } from './client.ts'
import { noteReachable, noteUnreachable } from './connection.ts'

/**
 * The live channel of this tab. Each tab has its own: a connection costs the server a few kilobytes, while one that is shared
 * through a leading tab goes silent for all of them when the browser freezes that one.
 */
let state: LiveState = 'connecting'
const listeners = new Set<() => void>()

export function startLive(events: LiveEvents): () => void {
  const connection = connectLive({
    ...events,
    onState: (next) => {
      state = next
      if (next === 'live' || next === 'polling') noteReachable()
      if (next === 'away' || next === 'offline') noteUnreachable()
      // Answered once somebody has signed in again, here or on the page for it.
      if (next === 'signed_out') void client.account.me().then(connection.reconnect, () => {})
      for (const listener of listeners) listener()
    },
  })
  return connection.close
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
export const useLiveState = () => useSyncExternalStore(subscribe, () => state)

/** For what is told live: asked for every `ms` only while nothing is told, and ever so often to be sure. */
export const unlessLive = (ms: number, sureMs = 5_000) => (state === 'live' ? sureMs : ms)
