/**
 * Who listens, and what they are told. Notifications are read from the database: a commit only gives a hint that there are new ones,
 * so none is sent that was rolled back, and none is lost. Everything else is a message that nobody needs twice.
 */
import type { ServerMessage } from '../../contract/live.ts'
import type { Notification } from '../../contract/notifications.ts'
import type { App } from '../app.ts'
import { afterCommit } from '../database/transaction.ts'

/** What is told, from the feature that keeps it. */
export type Source = {
  lastSeq(userId: string): Promise<number>
  /** In their order. */
  after(userId: string, seq: number, limit: number): Promise<Notification[]>
  countUnread(userId: string): Promise<number>
}

/** A connection that has said hello and is not behind. */
export type Listener = {
  /** The last notification it was sent. */
  sentSeq: number
  send(text: string): void
}

type Room = { listeners: Set<Listener>; isReading: boolean; hasMore: boolean }

export type Live = {
  rooms: Map<string, Room>
  source: Source | null
}

const readAtOnce = 500
const readAgainAfterMs = 1_000

export const createLive = (): Live => ({ rooms: new Map(), source: null })

export function join(app: App, userId: string, listener: Listener): () => void {
  const { rooms } = app.live
  const room = rooms.get(userId) ?? { listeners: new Set(), isReading: false, hasMore: false }
  rooms.set(userId, room)
  room.listeners.add(listener)
  // For what was committed between its last look and now.
  pump(app, userId)
  return () => {
    room.listeners.delete(listener)
    if (room.listeners.size === 0 && rooms.get(userId) === room) rooms.delete(userId)
  }
}

/** After the commit: there are new notifications. */
export const hintNotifications = (app: App, userId: string) => afterCommit(app, () => pump(app, userId))

/** After the commit: some were read, deleted or put away. */
export const hintChanged = (app: App, userId: string) =>
  afterCommit(app, () => {
    if (!app.live.rooms.has(userId)) return
    void app.live.source
      ?.countUnread(userId)
      .then((unread) => send(app, userId, { type: 'notifications_changed', unread }))
      .catch((error: unknown) => app.log.warn({ err: error }, 'nobody could be told that notifications changed'))
  })

/** After the commit: the record is another now. */
export const hintRecord = (app: App, userId: string, kind: 'job' | 'application', id: string, version: number | null) =>
  afterCommit(app, () => send(app, userId, { type: 'record_changed', kind, id, version }))

/** Now, to everybody of this person who listens. */
export function send(app: App, userId: string, message: ServerMessage): void {
  const room = app.live.rooms.get(userId)
  if (!room) return
  const text = JSON.stringify(message)
  for (const listener of room.listeners) listener.send(text)
}

/** Sends what is new, one reader a person: the next hint waits for the end of this one. */
function pump(app: App, userId: string): void {
  const room = app.live.rooms.get(userId)
  if (!room) return
  room.hasMore = true
  if (room.isReading) return
  room.isReading = true
  void readAndSend(app, userId, room).catch((error: unknown) => {
    app.log.warn({ err: error }, 'new notifications could not be read; trying again')
    setTimeout(() => pump(app, userId), readAgainAfterMs).unref()
  })
}

async function readAndSend({ live }: App, userId: string, room: Room): Promise<void> {
  try {
    while (room.hasMore && room.listeners.size > 0) {
      room.hasMore = false
      const from = Math.min(...[...room.listeners].map(({ sentSeq }) => sentSeq))
      const found = (await live.source?.after(userId, from, readAtOnce)) ?? []
      if (found.length === readAtOnce) room.hasMore = true
      for (const notification of found) sendOnce(room, from, notification)
    }
  } finally {
    // Here, not in whatever runs next: a hint in between would be for nobody.
    room.isReading = false
  }
}

function sendOnce({ listeners }: Room, from: number, notification: Notification): void {
  const text = notificationText(notification)
  for (const listener of listeners) {
    // Who came while this was read may lack what was before `from`: it waits for the look that its coming asked for.
    if (listener.sentSeq < from || listener.sentSeq >= notification.seq) continue
    listener.sentSeq = notification.seq
    listener.send(text)
  }
}

export const notificationText = (notification: Notification) =>
  JSON.stringify({ type: 'notification', seq: notification.seq, notification } satisfies ServerMessage)
